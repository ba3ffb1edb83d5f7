/* Keys and hashes: HMAC, HKDF, PBKDF2. */
#include "hash.h"
#include "nolibc.h"

struct hmac_state {
    struct hash_state inner, outer;
};

static void hmac_start(struct hmac_state *s, enum hash_kind kind, const void *key, size_t size)
{
    uint8_t block[HASH_MAX_BLOCK] = {0};
    size_t block_size = hash_block_size(kind);

    if (size > block_size)
        hash_data(kind, key, size, block);
    else
        memcpy(block, key, size);
    hash_start(&s->inner, kind);
    hash_start(&s->outer, kind);
    for (size_t i = 0; i < block_size; i++)
        block[i] ^= 0x36;
    hash_add(&s->inner, block, block_size);
    for (size_t i = 0; i < block_size; i++)
        block[i] ^= 0x36 ^ 0x5c;
    hash_add(&s->outer, block, block_size);
}

static void hmac_finish(struct hmac_state *s, uint8_t *mac)
{
    uint8_t digest[HASH_MAX_SIZE];

    hash_finish(&s->inner, digest);
    hash_add(&s->outer, digest, hash_size(s->inner.kind));
    hash_finish(&s->outer, mac);
}

void hmac(enum hash_kind kind, const void *key, size_t key_size, const void *data, size_t size,
          uint8_t *mac)
{
    struct hmac_state state;

    hmac_start(&state, kind, key, key_size);
    hash_add(&state.inner, data, size);
    hmac_finish(&state, mac);
}

void hkdf(enum hash_kind kind, const void *salt, size_t salt_size, const void *key,
          size_t key_size, const void *info, size_t info_size, uint8_t *out, size_t out_size)
{
    uint8_t secret[HASH_MAX_SIZE], part[HASH_MAX_SIZE];
    size_t size = hash_size(kind);
    struct hmac_state state;

    hmac(kind, salt, salt_size, key, key_size, secret);
    for (uint8_t counter = 1; out_size > 0; counter++) {
        size_t take = out_size < size ? out_size : size;
        hmac_start(&state, kind, secret, size);
        if (counter > 1)
            hash_add(&state.inner, part, size);
        hash_add(&state.inner, info, info_size);
        hash_add(&state.inner, &counter, 1);
        hmac_finish(&state, part);
        memcpy(out, part, take);
        out += take;
        out_size -= take;
    }
}

void pbkdf2(enum hash_kind kind, const char *password, const void *salt, size_t salt_size,
            unsigned rounds, uint8_t *out, size_t out_size)
{
    size_t size = hash_size(kind);
    struct hmac_state keyed, state;

    hmac_start(&keyed, kind, password, strlen(password));
    for (uint32_t index = 1; out_size > 0; index++) {
        uint8_t number[4] = {(uint8_t)(index >> 24), (uint8_t)(index >> 16),
                             (uint8_t)(index >> 8), (uint8_t)index};
        uint8_t link[HASH_MAX_SIZE], sum[HASH_MAX_SIZE];
        size_t take = out_size < size ? out_size : size;
        state = keyed;
        hash_add(&state.inner, salt, salt_size);
        hash_add(&state.inner, number, sizeof number);
        hmac_finish(&state, link);
        memcpy(sum, link, size);
        for (unsigned round = 1; round < rounds; round++) {
            state = keyed;
            hash_add(&state.inner, link, size);
            hmac_finish(&state, link);
            for (size_t i = 0; i < size; i++)
                sum[i] ^= link[i];
        }
        memcpy(out, sum, take);
        out += take;
        out_size -= take;
    }
}
