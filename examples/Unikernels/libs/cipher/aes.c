/* AES: a round is four table look-ups a column. */
#include "cipher.h"
#include "nolibc.h"
#include "aes_tables.h"

static uint32_t load(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static void store(uint8_t *p, uint32_t word)
{
    for (unsigned i = 0; i < 4; i++)
        p[i] = (uint8_t)(word >> (24 - 8 * i));
}

static uint32_t substitute(const uint8_t *box, uint32_t a, uint32_t b, uint32_t c, uint32_t d)
{
    return (uint32_t)box[a >> 24] << 24 | (uint32_t)box[b >> 16 & 0xff] << 16 |
           (uint32_t)box[c >> 8 & 0xff] << 8 | box[d & 0xff];
}

static uint32_t mix(const uint32_t tables[4][256], uint32_t a, uint32_t b, uint32_t c, uint32_t d)
{
    return tables[0][a >> 24] ^ tables[1][b >> 16 & 0xff] ^ tables[2][c >> 8 & 0xff] ^
           tables[3][d & 0xff];
}

/* The inverse of the mixing step alone: the substitution cancels out. */
static uint32_t unmix(uint32_t word)
{
    uint32_t boxed = substitute(aes_box, word, word, word, word);

    return mix(aes_inverse, boxed, boxed, boxed, boxed);
}

bool aes_key(struct aes *aes, const uint8_t *key, size_t size)
{
    unsigned words = (unsigned)size / 4, total;
    uint32_t constant = 1;

    if (size != 16 && size != 24 && size != 32)
        return false;
    aes->rounds = words + 6;
    total = 4 * (aes->rounds + 1);
    for (unsigned i = 0; i < words; i++)
        aes->encrypt[i] = load(key + 4 * i);
    for (unsigned i = words; i < total; i++) {
        uint32_t word = aes->encrypt[i - 1];
        if (i % words == 0) {
            word = word << 8 | word >> 24;
            word = substitute(aes_box, word, word, word, word) ^ constant << 24;
            constant = (constant << 1 ^ (constant & 0x80 ? 0x11b : 0)) & 0xff;
        } else if (words > 6 && i % words == 4) {
            word = substitute(aes_box, word, word, word, word);
        }
        aes->encrypt[i] = aes->encrypt[i - words] ^ word;
    }
    for (unsigned i = 0; i < total; i++) {
        unsigned round = i / 4;
        uint32_t word = aes->encrypt[4 * (aes->rounds - round) + i % 4];
        aes->decrypt[i] = round == 0 || round == aes->rounds ? word : unmix(word);
    }
    return true;
}

void aes_encrypt(const struct aes *aes, const uint8_t in[16], uint8_t out[16])
{
    const uint32_t *k = aes->encrypt;
    uint32_t a = load(in) ^ k[0], b = load(in + 4) ^ k[1], c = load(in + 8) ^ k[2];
    uint32_t d = load(in + 12) ^ k[3], w, x, y;

    for (unsigned round = 1; round < aes->rounds; round++) {
        k += 4;
        w = mix(aes_forward, a, b, c, d) ^ k[0];
        x = mix(aes_forward, b, c, d, a) ^ k[1];
        y = mix(aes_forward, c, d, a, b) ^ k[2];
        d = mix(aes_forward, d, a, b, c) ^ k[3];
        a = w;
        b = x;
        c = y;
    }
    k += 4;
    store(out, substitute(aes_box, a, b, c, d) ^ k[0]);
    store(out + 4, substitute(aes_box, b, c, d, a) ^ k[1]);
    store(out + 8, substitute(aes_box, c, d, a, b) ^ k[2]);
    store(out + 12, substitute(aes_box, d, a, b, c) ^ k[3]);
}

void aes_decrypt(const struct aes *aes, const uint8_t in[16], uint8_t out[16])
{
    const uint32_t *k = aes->decrypt;
    uint32_t a = load(in) ^ k[0], b = load(in + 4) ^ k[1], c = load(in + 8) ^ k[2];
    uint32_t d = load(in + 12) ^ k[3], w, x, y;

    for (unsigned round = 1; round < aes->rounds; round++) {
        k += 4;
        w = mix(aes_inverse, a, d, c, b) ^ k[0];
        x = mix(aes_inverse, b, a, d, c) ^ k[1];
        y = mix(aes_inverse, c, b, a, d) ^ k[2];
        d = mix(aes_inverse, d, c, b, a) ^ k[3];
        a = w;
        b = x;
        c = y;
    }
    k += 4;
    store(out, substitute(aes_back, a, d, c, b) ^ k[0]);
    store(out + 4, substitute(aes_back, b, a, d, c) ^ k[1]);
    store(out + 8, substitute(aes_back, c, b, a, d) ^ k[2]);
    store(out + 12, substitute(aes_back, d, c, b, a) ^ k[3]);
}
