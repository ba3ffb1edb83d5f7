/* BLAKE2b without a key. */
#include "hash_internal.h"
#include "sha_tables.h"

static const uint8_t orders[10][16] = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
    {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
    {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4},
    {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
    {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13},
    {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
    {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11},
    {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
    {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5},
    {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0},
};

#define MIX(a, b, c, d, x, y)                     \
    do {                                          \
        v[a] += v[b] + (x);                       \
        v[d] = rotate_right64(v[d] ^ v[a], 32);   \
        v[c] += v[d];                             \
        v[b] = rotate_right64(v[b] ^ v[c], 24);   \
        v[a] += v[b] + (y);                       \
        v[d] = rotate_right64(v[d] ^ v[a], 16);   \
        v[c] += v[d];                             \
        v[b] = rotate_right64(v[b] ^ v[c], 63);   \
    } while (0)

void hash_blake2b_block(struct hash_state *state, const uint8_t *block, uint64_t counted,
                        int last)
{
    uint64_t m[16], v[16];

    for (unsigned i = 0; i < 16; i++)
        m[i] = load64(block + 8 * i);
    for (unsigned i = 0; i < 8; i++) {
        v[i] = state->chain.longs[i];
        v[i + 8] = sha512_start[i];
    }
    v[12] ^= counted;
    if (last)
        v[14] = ~v[14];
    for (unsigned round = 0; round < 12; round++) {
        const uint8_t *o = orders[round % 10];
        MIX(0, 4, 8, 12, m[o[0]], m[o[1]]);
        MIX(1, 5, 9, 13, m[o[2]], m[o[3]]);
        MIX(2, 6, 10, 14, m[o[4]], m[o[5]]);
        MIX(3, 7, 11, 15, m[o[6]], m[o[7]]);
        MIX(0, 5, 10, 15, m[o[8]], m[o[9]]);
        MIX(1, 6, 11, 12, m[o[10]], m[o[11]]);
        MIX(2, 7, 8, 13, m[o[12]], m[o[13]]);
        MIX(3, 4, 9, 14, m[o[14]], m[o[15]]);
    }
    for (unsigned i = 0; i < 8; i++)
        state->chain.longs[i] ^= v[i] ^ v[i + 8];
}
