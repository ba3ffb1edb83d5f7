/* ChaCha20. */
#include "nolibc.h"
#include "random.h"

static uint32_t load32(const uint8_t *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static inline uint32_t rotate(uint32_t x, unsigned n)
{
    return x << n | x >> (32 - n);
}

#define QUARTER(a, b, c, d)                            \
    do {                                               \
        x[a] += x[b]; x[d] = rotate(x[d] ^ x[a], 16);  \
        x[c] += x[d]; x[b] = rotate(x[b] ^ x[c], 12);  \
        x[a] += x[b]; x[d] = rotate(x[d] ^ x[a], 8);   \
        x[c] += x[d]; x[b] = rotate(x[b] ^ x[c], 7);   \
    } while (0)

void chacha20_block(const uint8_t key[32], uint32_t counter, const uint8_t nonce[12],
                    uint8_t block[64])
{
    uint32_t start[16] = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574}, x[16];

    for (unsigned i = 0; i < 8; i++)
        start[4 + i] = load32(key + 4 * i);
    start[12] = counter;
    for (unsigned i = 0; i < 3; i++)
        start[13 + i] = load32(nonce + 4 * i);
    memcpy(x, start, sizeof x);
    for (unsigned i = 0; i < 10; i++) {
        QUARTER(0, 4, 8, 12);
        QUARTER(1, 5, 9, 13);
        QUARTER(2, 6, 10, 14);
        QUARTER(3, 7, 11, 15);
        QUARTER(0, 5, 10, 15);
        QUARTER(1, 6, 11, 12);
        QUARTER(2, 7, 8, 13);
        QUARTER(3, 4, 9, 14);
    }
    for (unsigned i = 0; i < 16; i++) {
        uint32_t word = x[i] + start[i];
        memcpy(block + 4 * i, &word, 4);
    }
}

void chacha20(const uint8_t key[32], uint32_t counter, const uint8_t nonce[12], void *data,
              size_t size)
{
    uint8_t *p = data, block[64];

    for (; size > 0; counter++) {
        size_t take = size < 64 ? size : 64;
        chacha20_block(key, counter, nonce, block);
        for (size_t i = 0; i < take; i++)
            p[i] ^= block[i];
        p += take;
        size -= take;
    }
}
