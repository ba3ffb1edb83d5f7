/* random: a ChaCha20 generator. Seeded alike in every guest, so that the examples repeat. */
#pragma once
#include <stddef.h>
#include <stdint.h>

void random_seed(const void *seed, size_t size);
void random_bytes(void *to, size_t size);
uint64_t random_u64(void);
uint64_t random_below(uint64_t limit); /* without bias */
int64_t random_range(int64_t low, int64_t high); /* both included */
void random_shuffle(void *base, size_t count, size_t size);
size_t random_weighted(const uint32_t *weights, size_t count);
/* About normal, with mean 0 and a standard deviation of scale. */
int64_t random_normal(int64_t scale);
void random_text(char *to, size_t length, const char *alphabet);
void random_uuid(char text[37]); /* version 4 */

/* The cipher itself, as in RFC 8439; encrypting and decrypting are the same. */
void chacha20_block(const uint8_t key[32], uint32_t counter, const uint8_t nonce[12],
                    uint8_t block[64]);
void chacha20(const uint8_t key[32], uint32_t counter, const uint8_t nonce[12], void *data,
              size_t size);

/* Small generators with their own state, for simulations. */
struct pcg {
    uint64_t state, stream;
};
void pcg_seed(struct pcg *pcg, uint64_t seed, uint64_t stream);
uint32_t pcg_next(struct pcg *pcg);

struct xoshiro {
    uint64_t s[4];
};
void xoshiro_seed(struct xoshiro *x, uint64_t seed);
uint64_t xoshiro_next(struct xoshiro *x);
void xoshiro_jump(struct xoshiro *x); /* 2^128 steps at once */
