/* bignum: whole numbers of up to 4,096 bits, without sign. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { BIGNUM_WORDS = 128 }; /* products of two numbers of 2,048 bits fit */

struct bignum {
    unsigned count; /* words in use; the highest one is not zero */
    uint32_t words[BIGNUM_WORDS];
};

void big_set(struct bignum *n, uint64_t value);
bool big_parse(struct bignum *n, const char *text, unsigned base); /* 2 to 36 */
size_t big_format(const struct bignum *n, unsigned base, char *to, size_t room);
int big_compare(const struct bignum *a, const struct bignum *b);
bool big_is_zero(const struct bignum *n);
unsigned big_bits(const struct bignum *n);

/* Results may be the same object as an operand. They are cut off at the size above. */
void big_add(struct bignum *r, const struct bignum *a, const struct bignum *b);
void big_subtract(struct bignum *r, const struct bignum *a, const struct bignum *b); /* a >= b */
void big_multiply(struct bignum *r, const struct bignum *a, const struct bignum *b);
void big_divide(struct bignum *quotient, struct bignum *rest, const struct bignum *a,
                const struct bignum *b); /* either result may be NULL */
void big_shift_left(struct bignum *r, const struct bignum *a, unsigned bits);
void big_shift_right(struct bignum *r, const struct bignum *a, unsigned bits);
uint32_t big_divide_small(struct bignum *r, uint32_t divisor); /* returns the rest */
void big_multiply_small(struct bignum *r, uint32_t factor, uint32_t add);

void big_power(struct bignum *r, const struct bignum *base, unsigned exponent);
void big_power_mod(struct bignum *r, const struct bignum *base, const struct bignum *exponent,
                   const struct bignum *modulus);
void big_gcd(struct bignum *r, const struct bignum *a, const struct bignum *b);
bool big_inverse(struct bignum *r, const struct bignum *a, const struct bignum *modulus);
void big_root(struct bignum *r, const struct bignum *a); /* square root, rounded down */
void big_factorial(struct bignum *r, unsigned n);

bool big_is_prime(const struct bignum *n); /* Miller-Rabin with the first twelve primes */
void big_next_prime(struct bignum *r, const struct bignum *n);
/* The prime factors below 2^15; what is left stays in n. Returns how many. */
size_t big_small_factors(struct bignum *n, uint16_t *factors, size_t room);
