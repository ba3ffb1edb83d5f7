/* Whole numbers without sign, up to 2,048 bits. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { BIG_WORDS = 64 };
struct big { unsigned count; uint32_t words[BIG_WORDS]; };

void big_set(struct big *r, uint64_t value);
int big_compare(const struct big *a, const struct big *b);
unsigned big_bits(const struct big *a);
bool big_bit(const struct big *a, unsigned index);
void big_add(struct big *r, const struct big *a, const struct big *b);
void big_sub(struct big *r, const struct big *a, const struct big *b);  /* a >= b */
void big_mul(struct big *r, const struct big *a, const struct big *b);
void big_div(struct big *quotient, struct big *rest, const struct big *a, const struct big *b);
bool big_from_text(struct big *r, const char *text);                    /* decimal, or 0x... */
void big_to_text(const struct big *a, char *to, size_t room);
void big_pow_mod(struct big *r, const struct big *a, const struct big *e, const struct big *m);
void big_gcd(struct big *r, const struct big *a, const struct big *b);
bool big_inverse(struct big *r, const struct big *a, const struct big *m);
bool big_prime(const struct big *a);
