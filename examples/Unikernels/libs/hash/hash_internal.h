/* What the hash functions share: unaligned loads, rotations, the block functions. */
#pragma once
#include "hash.h"

static inline uint32_t load32(const uint8_t *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static inline uint64_t load64(const uint8_t *p)
{
    return load32(p) | (uint64_t)load32(p + 4) << 32;
}

static inline uint32_t load32_big(const uint8_t *p) { return __builtin_bswap32(load32(p)); }
static inline uint64_t load64_big(const uint8_t *p) { return __builtin_bswap64(load64(p)); }
static inline uint32_t rotate_left32(uint32_t x, unsigned n) { return x << n | x >> (32 - n); }
static inline uint32_t rotate_right32(uint32_t x, unsigned n) { return x >> n | x << (32 - n); }
static inline uint64_t rotate_left64(uint64_t x, unsigned n) { return x << n | x >> (64 - n); }
static inline uint64_t rotate_right64(uint64_t x, unsigned n) { return x >> n | x << (64 - n); }

void hash_md5_block(struct hash_state *state, const uint8_t *block);
void hash_sha1_block(struct hash_state *state, const uint8_t *block);
void hash_sha256_block(struct hash_state *state, const uint8_t *block);
void hash_sha512_block(struct hash_state *state, const uint8_t *block);
void hash_blake2b_block(struct hash_state *state, const uint8_t *block, uint64_t counted,
                        int last);
