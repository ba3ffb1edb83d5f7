#include "crypto.h"
#include "libc.h"

static uint32_t load(const uint8_t *p) { return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24; }

#define ROTATE(x, n) ((x) << (n) | (x) >> (32 - (n)))
#define QUARTER(a, b, c, d)                        \
    a += b, d = ROTATE(d ^ a, 16), c += d, b = ROTATE(b ^ c, 12), a += b, d = ROTATE(d ^ a, 8), c += d, b = ROTATE(b ^ c, 7)

void chacha20(const uint8_t key[32], const uint8_t nonce[12], uint32_t counter, uint8_t *data, size_t size)
{
    uint32_t start[16] = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574}, x[16];

    for (int i = 0; i < 8; i++)
        start[4 + i] = load(key + i * 4);
    for (int i = 0; i < 3; i++)
        start[13 + i] = load(nonce + i * 4);
    for (start[12] = counter; size > 0; start[12]++) {
        size_t part = size < 64 ? size : 64;
        memcpy(x, start, sizeof x);
        for (int i = 0; i < 10; i++) {
            QUARTER(x[0], x[4], x[8], x[12]);
            QUARTER(x[1], x[5], x[9], x[13]);
            QUARTER(x[2], x[6], x[10], x[14]);
            QUARTER(x[3], x[7], x[11], x[15]);
            QUARTER(x[0], x[5], x[10], x[15]);
            QUARTER(x[1], x[6], x[11], x[12]);
            QUARTER(x[2], x[7], x[8], x[13]);
            QUARTER(x[3], x[4], x[9], x[14]);
        }
        for (size_t i = 0; i < part; i++)
            data[i] ^= (uint8_t)((x[i / 4] + start[i / 4]) >> i % 4 * 8);
        data += part;
        size -= part;
    }
}

static void tag_of(const uint8_t key[32], const uint8_t nonce[12], const uint8_t *data, size_t size, uint8_t tag[16])
{
    uint8_t one_time[32] = {0};

    chacha20(key, nonce, 0, one_time, sizeof one_time);
    poly1305(one_time, data, size, tag);
}

void seal_box(const uint8_t key[32], const uint8_t nonce[12], uint8_t *data, size_t size, uint8_t tag[16])
{
    chacha20(key, nonce, 1, data, size);
    tag_of(key, nonce, data, size, tag);
}

bool open_box(const uint8_t key[32], const uint8_t nonce[12], uint8_t *data, size_t size, const uint8_t tag[16])
{
    uint8_t expected[16], difference = 0;

    tag_of(key, nonce, data, size, expected);
    for (int i = 0; i < 16; i++)
        difference |= tag[i] ^ expected[i];
    if (difference != 0)
        return false;
    chacha20(key, nonce, 1, data, size);
    return true;
}
