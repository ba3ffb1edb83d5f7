/* Poly1305: a polynomial modulo 2^130 - 5, in limbs of 26 bits. */
#include "cipher.h"
#include "nolibc.h"
#include "random.h"

enum { LIMB = 0x3ffffff };

struct poly {
    uint32_t r[5], h[5];
};

static uint32_t load32(const uint8_t *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static void to_limbs(uint32_t limbs[5], const uint8_t p[16], uint32_t top)
{
    limbs[0] = load32(p) & LIMB;
    limbs[1] = load32(p + 3) >> 2 & LIMB;
    limbs[2] = load32(p + 6) >> 4 & LIMB;
    limbs[3] = load32(p + 9) >> 6 & LIMB;
    limbs[4] = load32(p + 12) >> 8 | top << 24;
}

/* h = (h + block) * r; what leaves at the top comes back times five. */
static void add_block(struct poly *poly, const uint8_t block[16], uint32_t top)
{
    uint32_t m[5], *h = poly->h;
    const uint32_t *r = poly->r;
    uint64_t d[5], carry = 0;

    to_limbs(m, block, top);
    for (unsigned i = 0; i < 5; i++)
        h[i] += m[i];
    for (unsigned i = 0; i < 5; i++) {
        d[i] = 0;
        for (unsigned k = 0; k < 5; k++)
            d[i] += (uint64_t)h[k] * (k <= i ? r[i - k] : 5 * r[i + 5 - k]);
    }
    for (unsigned i = 0; i < 5; i++) {
        d[i] += carry;
        h[i] = (uint32_t)d[i] & LIMB;
        carry = d[i] >> 26;
    }
    h[0] += (uint32_t)carry * 5;
    h[1] += h[0] >> 26;
    h[0] &= LIMB;
}

static void start(struct poly *poly, const uint8_t key[32])
{
    static const uint32_t clamp[5] = {0x3ffffff, 0x3ffff03, 0x3ffc0ff, 0x3f03fff, 0x00fffff};

    memset(poly, 0, sizeof *poly);
    to_limbs(poly->r, key, 0);
    for (unsigned i = 0; i < 5; i++)
        poly->r[i] &= clamp[i];
}

static void finish(struct poly *poly, const uint8_t key[32], uint8_t tag[16])
{
    uint32_t *h = poly->h, g[5], carry = 0, mask;
    uint64_t sum = 0;

    for (unsigned round = 0; round < 2; round++) {
        for (unsigned i = 0; i < 5; i++) {
            h[i] += carry;
            carry = h[i] >> 26;
            h[i] &= LIMB;
        }
        carry *= 5;
    }
    h[0] += carry;
    /* g = h + 5 - 2^130: the result if it is not negative. */
    carry = 5;
    for (unsigned i = 0; i < 5; i++) {
        g[i] = h[i] + carry;
        carry = g[i] >> 26;
        g[i] &= LIMB;
    }
    mask = 0 - carry;
    for (unsigned i = 0; i < 5; i++)
        h[i] = (h[i] & ~mask) | (g[i] & mask);
    for (unsigned i = 0; i < 4; i++) {
        uint32_t word = h[i] >> (6 * i) | h[i + 1] << (26 - 6 * i);
        sum += (uint64_t)word + load32(key + 16 + 4 * i);
        for (unsigned k = 0; k < 4; k++)
            tag[4 * i + k] = (uint8_t)(sum >> 8 * k);
        sum >>= 32;
    }
}

/* A short last block ends in a one, or is filled up with zeros when padded is set. */
static void add_data(struct poly *poly, const uint8_t *p, size_t size, bool padded)
{
    for (; size >= 16; p += 16, size -= 16)
        add_block(poly, p, 1);
    if (size > 0) {
        uint8_t block[16] = {0};
        memcpy(block, p, size);
        if (!padded)
            block[size] = 1;
        add_block(poly, block, padded);
    }
}

void poly1305(const uint8_t key[32], const void *data, size_t size, uint8_t tag[16])
{
    struct poly poly;

    start(&poly, key);
    add_data(&poly, data, size, false);
    finish(&poly, key, tag);
}

static void aead_tag(const uint8_t key[32], const uint8_t nonce[12], const void *extra,
                     size_t extra_size, const void *data, size_t size, uint8_t tag[16])
{
    uint8_t block[64], lengths[16];
    struct poly poly;

    chacha20_block(key, 0, nonce, block);
    for (unsigned i = 0; i < 8; i++) {
        lengths[i] = (uint8_t)((uint64_t)extra_size >> 8 * i);
        lengths[8 + i] = (uint8_t)((uint64_t)size >> 8 * i);
    }
    start(&poly, block);
    add_data(&poly, extra, extra_size, true);
    add_data(&poly, data, size, true);
    add_data(&poly, lengths, 16, true);
    finish(&poly, block, tag);
}

void chacha_seal(const uint8_t key[32], const uint8_t nonce[12], const void *extra,
                 size_t extra_size, void *data, size_t size, uint8_t tag[16])
{
    chacha20(key, 1, nonce, data, size);
    aead_tag(key, nonce, extra, extra_size, data, size, tag);
}

bool chacha_open(const uint8_t key[32], const uint8_t nonce[12], const void *extra,
                 size_t extra_size, void *data, size_t size, const uint8_t tag[16])
{
    uint8_t expected[16];

    aead_tag(key, nonce, extra, extra_size, data, size, expected);
    if (!cipher_equal(tag, expected, 16))
        return false;
    chacha20(key, 1, nonce, data, size);
    return true;
}
