/* Hashes for hash tables: SipHash-2-4, xxHash64, Murmur3. */
#include "hash_internal.h"

static void sip_round(uint64_t v[4])
{
    v[0] += v[1]; v[1] = rotate_left64(v[1], 13) ^ v[0]; v[0] = rotate_left64(v[0], 32);
    v[2] += v[3]; v[3] = rotate_left64(v[3], 16) ^ v[2];
    v[0] += v[3]; v[3] = rotate_left64(v[3], 21) ^ v[0];
    v[2] += v[1]; v[1] = rotate_left64(v[1], 17) ^ v[2]; v[2] = rotate_left64(v[2], 32);
}

static uint64_t load_tail(const uint8_t *p, size_t size)
{
    uint64_t word = 0;

    for (size_t i = 0; i < size; i++)
        word |= (uint64_t)p[i] << 8 * i;
    return word;
}

uint64_t siphash24(const uint8_t key[16], const void *data, size_t size)
{
    uint64_t k0 = load64(key), k1 = load64(key + 8), last = (uint64_t)size << 56;
    uint64_t v[4] = {k0 ^ 0x736f6d6570736575, k1 ^ 0x646f72616e646f6d,
                     k0 ^ 0x6c7967656e657261, k1 ^ 0x7465646279746573};
    const uint8_t *p = data;

    for (;; p += 8, size -= 8) {
        uint64_t word = size >= 8 ? load64(p) : last | load_tail(p, size);
        v[3] ^= word;
        sip_round(v);
        sip_round(v);
        v[0] ^= word;
        if (size < 8)
            break;
    }
    v[2] ^= 0xff;
    for (unsigned i = 0; i < 4; i++)
        sip_round(v);
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}

#define XX1 0x9e3779b185ebca87ull
#define XX2 0xc2b2ae3d27d4eb4full
#define XX3 0x165667b19e3779f9ull
#define XX4 0x85ebca77c2b2ae63ull
#define XX5 0x27d4eb2f165667c5ull

static uint64_t xx_round(uint64_t lane, uint64_t word)
{
    return rotate_left64(lane + word * XX2, 31) * XX1;
}

static uint64_t xx_merge(uint64_t hash, uint64_t lane)
{
    return (hash ^ xx_round(0, lane)) * XX1 + XX4;
}

uint64_t xxhash64(uint64_t seed, const void *data, size_t size)
{
    const uint8_t *p = data;
    uint64_t hash = seed + XX5, total = size;

    if (size >= 32) {
        uint64_t a = seed + XX1 + XX2, b = seed + XX2, c = seed, d = seed - XX1;
        for (; size >= 32; size -= 32, p += 32) {
            a = xx_round(a, load64(p));
            b = xx_round(b, load64(p + 8));
            c = xx_round(c, load64(p + 16));
            d = xx_round(d, load64(p + 24));
        }
        hash = rotate_left64(a, 1) + rotate_left64(b, 7) + rotate_left64(c, 12) +
               rotate_left64(d, 18);
        hash = xx_merge(xx_merge(xx_merge(xx_merge(hash, a), b), c), d);
    }
    hash += total;
    for (; size >= 8; size -= 8, p += 8)
        hash = rotate_left64(hash ^ xx_round(0, load64(p)), 27) * XX1 + XX4;
    if (size >= 4) {
        hash = rotate_left64(hash ^ load32(p) * XX1, 23) * XX2 + XX3;
        size -= 4;
        p += 4;
    }
    for (; size > 0; size--)
        hash = rotate_left64(hash ^ *p++ * XX5, 11) * XX1;
    hash = (hash ^ hash >> 33) * XX2;
    hash = (hash ^ hash >> 29) * XX3;
    return hash ^ hash >> 32;
}

uint32_t murmur32(uint32_t seed, const void *data, size_t size)
{
    const uint8_t *p = data;
    uint32_t hash = seed, total = (uint32_t)size;

    for (; size >= 4; size -= 4, p += 4) {
        hash ^= rotate_left32(load32(p) * 0xcc9e2d51, 15) * 0x1b873593;
        hash = rotate_left32(hash, 13) * 5 + 0xe6546b64;
    }
    if (size > 0)
        hash ^= rotate_left32((uint32_t)load_tail(p, size) * 0xcc9e2d51, 15) * 0x1b873593;
    hash ^= total;
    hash = (hash ^ hash >> 16) * 0x85ebca6b;
    hash = (hash ^ hash >> 13) * 0xc2b2ae35;
    return hash ^ hash >> 16;
}
