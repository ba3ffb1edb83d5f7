#include "crypto.h"
#include "heap.h"
#include "libc.h"

void hmac_sha256(const void *key, size_t key_size, const void *data, size_t size, uint8_t mac[32])
{
    uint8_t padded[64] = {0}, outer[96], *inner = malloc(64 + size);

    if (inner == NULL) {
        memset(mac, 0, 32);
        return;
    }
    if (key_size > 64)
        sha256(key, key_size, padded);
    else
        memcpy(padded, key, key_size);
    for (int i = 0; i < 64; i++) {
        inner[i] = padded[i] ^ 0x36;
        outer[i] = padded[i] ^ 0x5c;
    }
    memcpy(inner + 64, data, size);
    sha256(inner, 64 + size, outer + 64);
    sha256(outer, 96, mac);
    free(inner);
}

void hkdf_sha256(const void *secret, size_t size, const char *info, uint8_t *to, size_t to_size)
{
    uint8_t none[32] = {0}, key[32], block[32 + 64 + 1];
    size_t length = strnlen(info, 64), used = 0;

    hmac_sha256(none, 32, secret, size, key);
    for (uint8_t i = 1; to_size > 0; i++) {
        size_t part = to_size < 32 ? to_size : 32;
        memcpy(block + used, info, length);
        block[used + length] = i;
        hmac_sha256(key, 32, block, used + length + 1, block);
        memcpy(to, block, part);
        to += part;
        to_size -= part;
        used = 32;
    }
}
