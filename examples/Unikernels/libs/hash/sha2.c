/* SHA-256 and SHA-512. Rounds are unrolled by eight, so that no value ever moves. */
#include "hash_internal.h"
#include "sha_tables.h"

#define CHOOSE(e, f, g) ((g) ^ ((e) & ((f) ^ (g))))
#define MAJORITY(a, b, c) (((a) & (b)) | ((c) & ((a) | (b))))

#define S256_A(x) (rotate_right32(x, 2) ^ rotate_right32(x, 13) ^ rotate_right32(x, 22))
#define S256_E(x) (rotate_right32(x, 6) ^ rotate_right32(x, 11) ^ rotate_right32(x, 25))
#define S256_0(x) (rotate_right32(x, 7) ^ rotate_right32(x, 18) ^ (x) >> 3)
#define S256_1(x) (rotate_right32(x, 17) ^ rotate_right32(x, 19) ^ (x) >> 10)

#define S512_A(x) (rotate_right64(x, 28) ^ rotate_right64(x, 34) ^ rotate_right64(x, 39))
#define S512_E(x) (rotate_right64(x, 14) ^ rotate_right64(x, 18) ^ rotate_right64(x, 41))
#define S512_0(x) (rotate_right64(x, 1) ^ rotate_right64(x, 8) ^ (x) >> 7)
#define S512_1(x) (rotate_right64(x, 19) ^ rotate_right64(x, 61) ^ (x) >> 6)

#define ROUND(bits, type, a, b, c, d, e, f, g, h, i)                                   \
    do {                                                                               \
        type sum = h + S##bits##_E(e) + CHOOSE(e, f, g) + sha##bits##_constants[i] + w[i]; \
        d += sum;                                                                      \
        h = sum + S##bits##_A(a) + MAJORITY(a, b, c);                                  \
    } while (0)

#define EIGHT_ROUNDS(bits, type, i)                          \
    ROUND(bits, type, a, b, c, d, e, f, g, h, i);            \
    ROUND(bits, type, h, a, b, c, d, e, f, g, (i) + 1);      \
    ROUND(bits, type, g, h, a, b, c, d, e, f, (i) + 2);      \
    ROUND(bits, type, f, g, h, a, b, c, d, e, (i) + 3);      \
    ROUND(bits, type, e, f, g, h, a, b, c, d, (i) + 4);      \
    ROUND(bits, type, d, e, f, g, h, a, b, c, (i) + 5);      \
    ROUND(bits, type, c, d, e, f, g, h, a, b, (i) + 6);      \
    ROUND(bits, type, b, c, d, e, f, g, h, a, (i) + 7)

void hash_sha256_block(struct hash_state *state, const uint8_t *block)
{
    uint32_t w[64], *s = state->chain.words;
    uint32_t a = s[0], b = s[1], c = s[2], d = s[3], e = s[4], f = s[5], g = s[6], h = s[7];

    for (unsigned i = 0; i < 16; i++)
        w[i] = load32_big(block + 4 * i);
    for (unsigned i = 16; i < 64; i++)
        w[i] = S256_1(w[i - 2]) + w[i - 7] + S256_0(w[i - 15]) + w[i - 16];
    for (unsigned i = 0; i < 64; i += 8) {
        EIGHT_ROUNDS(256, uint32_t, i);
    }
    s[0] += a; s[1] += b; s[2] += c; s[3] += d;
    s[4] += e; s[5] += f; s[6] += g; s[7] += h;
}

void hash_sha512_block(struct hash_state *state, const uint8_t *block)
{
    uint64_t w[80], *s = state->chain.longs;
    uint64_t a = s[0], b = s[1], c = s[2], d = s[3], e = s[4], f = s[5], g = s[6], h = s[7];

    for (unsigned i = 0; i < 16; i++)
        w[i] = load64_big(block + 8 * i);
    for (unsigned i = 16; i < 80; i++)
        w[i] = S512_1(w[i - 2]) + w[i - 7] + S512_0(w[i - 15]) + w[i - 16];
    for (unsigned i = 0; i < 80; i += 8) {
        EIGHT_ROUNDS(512, uint64_t, i);
    }
    s[0] += a; s[1] += b; s[2] += c; s[3] += d;
    s[4] += e; s[5] += f; s[6] += g; s[7] += h;
}
