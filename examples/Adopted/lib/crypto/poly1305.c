#include "crypto.h"
#include "libc.h"

typedef unsigned __int128 wide;

/* Numbers modulo 2^130 - 5 in words of 44, 44 and 42 bits. */
void poly1305(const uint8_t key[32], const void *data, size_t size, uint8_t tag[16])
{
    const uint64_t m44 = (1ul << 44) - 1, m42 = (1ul << 42) - 1;
    uint64_t t0, t1, r0, r1, r2, s1, s2, h0 = 0, h1 = 0, h2 = 0, c, g0, g1, g2;
    const uint8_t *at = data;

    memcpy(&t0, key, 8);
    memcpy(&t1, key + 8, 8);
    r0 = t0 & 0xffc0fffffff;
    r1 = (t0 >> 44 | t1 << 20) & 0xfffffc0ffff;
    r2 = t1 >> 24 & 0x00ffffffc0f;
    s1 = r1 * 20;
    s2 = r2 * 20;
    while (size > 0) {
        uint8_t block[16] = {0};
        size_t part = size < 16 ? size : 16;
        wide d0, d1, d2;
        memcpy(block, at, part);
        if (part < 16)
            block[part] = 1;
        memcpy(&t0, block, 8);
        memcpy(&t1, block + 8, 8);
        h0 += t0 & m44;
        h1 += (t0 >> 44 | t1 << 20) & m44;
        h2 += (t1 >> 24) | (part == 16 ? 1ul << 40 : 0);
        d0 = (wide)h0 * r0 + (wide)h1 * s2 + (wide)h2 * s1;
        d1 = (wide)h0 * r1 + (wide)h1 * r0 + (wide)h2 * s2;
        d2 = (wide)h0 * r2 + (wide)h1 * r1 + (wide)h2 * r0;
        h0 = (uint64_t)d0 & m44;
        d1 += (uint64_t)(d0 >> 44);
        h1 = (uint64_t)d1 & m44;
        d2 += (uint64_t)(d1 >> 44);
        h2 = (uint64_t)d2 & m42;
        h0 += (uint64_t)(d2 >> 42) * 5;
        h1 += h0 >> 44;
        h0 &= m44;
        at += part;
        size -= part;
    }
    for (int i = 0; i < 2; i++) {
        h2 += h1 >> 44, h1 &= m44;
        h0 += (h2 >> 42) * 5, h2 &= m42;
        h1 += h0 >> 44, h0 &= m44;
    }
    g0 = h0 + 5;
    g1 = h1 + (g0 >> 44);
    g0 &= m44;
    g2 = h2 + (g1 >> 44) - (1ul << 42);
    g1 &= m44;
    if (!(g2 >> 63)) {
        h0 = g0;
        h1 = g1;
        h2 = g2;
    }
    memcpy(&t0, key + 16, 8);
    memcpy(&t1, key + 24, 8);
    h0 += t0 & m44;
    c = h0 >> 44, h0 &= m44;
    h1 += ((t0 >> 44 | t1 << 20) & m44) + c;
    c = h1 >> 44, h1 &= m44;
    h2 = (h2 + (t1 >> 24) + c) & m42;
    t0 = h0 | h1 << 44;
    t1 = h1 >> 20 | h2 << 24;
    memcpy(tag, &t0, 8);
    memcpy(tag + 8, &t1, 8);
}
