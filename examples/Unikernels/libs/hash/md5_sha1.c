/* MD5 and SHA-1: broken as signatures, still everywhere as names of content. */
#include "hash_internal.h"
#include "sha_tables.h"

#define MD5_F(b, c, d) ((d) ^ ((b) & ((c) ^ (d))))
#define MD5_G(b, c, d) ((c) ^ ((d) & ((b) ^ (c))))
#define MD5_H(b, c, d) ((b) ^ (c) ^ (d))
#define MD5_I(b, c, d) ((c) ^ ((b) | ~(d)))
#define MD5_STEP(f, a, b, c, d, k, i, s)                                     \
    a = b + rotate_left32(a + f(b, c, d) + w[(k) & 15] + md5_constants[i], s)

#define MD5_FOUR(f, step, first, i, s0, s1, s2, s3)                   \
    MD5_STEP(f, a, b, c, d, first + step * (i), i, s0);               \
    MD5_STEP(f, d, a, b, c, first + step * ((i) + 1), (i) + 1, s1);   \
    MD5_STEP(f, c, d, a, b, first + step * ((i) + 2), (i) + 2, s2);   \
    MD5_STEP(f, b, c, d, a, first + step * ((i) + 3), (i) + 3, s3)

#define MD5_SIXTEEN(f, step, first, i, s0, s1, s2, s3)       \
    MD5_FOUR(f, step, first, i, s0, s1, s2, s3);             \
    MD5_FOUR(f, step, first, (i) + 4, s0, s1, s2, s3);       \
    MD5_FOUR(f, step, first, (i) + 8, s0, s1, s2, s3);       \
    MD5_FOUR(f, step, first, (i) + 12, s0, s1, s2, s3)

void hash_md5_block(struct hash_state *state, const uint8_t *block)
{
    uint32_t w[16], *s = state->chain.words, a = s[0], b = s[1], c = s[2], d = s[3];

    for (unsigned i = 0; i < 16; i++)
        w[i] = load32(block + 4 * i);
    MD5_SIXTEEN(MD5_F, 1, 0, 0, 7, 12, 17, 22);
    MD5_SIXTEEN(MD5_G, 5, 1, 16, 5, 9, 14, 20);
    MD5_SIXTEEN(MD5_H, 3, 5, 32, 4, 11, 16, 23);
    MD5_SIXTEEN(MD5_I, 7, 0, 48, 6, 10, 15, 21);
    s[0] += a; s[1] += b; s[2] += c; s[3] += d;
}

#define SHA1_STEP(f, constant, a, b, c, d, e, i)                          \
    do {                                                                  \
        e += rotate_left32(a, 5) + f(b, c, d) + constant + w[i];          \
        b = rotate_left32(b, 30);                                         \
    } while (0)

#define SHA1_PARITY(b, c, d) ((b) ^ (c) ^ (d))
#define SHA1_MAJORITY(b, c, d) (((b) & (c)) | ((d) & ((b) | (c))))

#define SHA1_TWENTY(f, constant, first)                          \
    for (unsigned i = first; i < (first) + 20; i += 5) {         \
        SHA1_STEP(f, constant, a, b, c, d, e, i);                \
        SHA1_STEP(f, constant, e, a, b, c, d, i + 1);            \
        SHA1_STEP(f, constant, d, e, a, b, c, i + 2);            \
        SHA1_STEP(f, constant, c, d, e, a, b, i + 3);            \
        SHA1_STEP(f, constant, b, c, d, e, a, i + 4);            \
    }

void hash_sha1_block(struct hash_state *state, const uint8_t *block)
{
    uint32_t w[80], *s = state->chain.words;
    uint32_t a = s[0], b = s[1], c = s[2], d = s[3], e = s[4];

    for (unsigned i = 0; i < 16; i++)
        w[i] = load32_big(block + 4 * i);
    for (unsigned i = 16; i < 80; i++)
        w[i] = rotate_left32(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    SHA1_TWENTY(MD5_F, 0x5a827999, 0)
    SHA1_TWENTY(SHA1_PARITY, 0x6ed9eba1, 20)
    SHA1_TWENTY(SHA1_MAJORITY, 0x8f1bbcdc, 40)
    SHA1_TWENTY(SHA1_PARITY, 0xca62c1d6, 60)
    s[0] += a; s[1] += b; s[2] += c; s[3] += d; s[4] += e;
}
