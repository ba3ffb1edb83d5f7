/* Powers, divisors, roots and primes. */
#include "bignum.h"
#include "nolibc.h"
#include "primes.h"

void big_power(struct bignum *r, const struct bignum *base, unsigned exponent)
{
    struct bignum square = *base;

    big_set(r, 1);
    for (; exponent > 0; exponent >>= 1) {
        if (exponent & 1)
            big_multiply(r, r, &square);
        if (exponent > 1)
            big_multiply(&square, &square, &square);
    }
}

void big_power_mod(struct bignum *r, const struct bignum *base, const struct bignum *exponent,
                   const struct bignum *modulus)
{
    struct bignum square, result;
    unsigned bits = big_bits(exponent);

    big_divide(NULL, &square, base, modulus);
    big_set(&result, 1);
    for (unsigned i = 0; i < bits; i++) {
        if (exponent->words[i / 32] >> i % 32 & 1) {
            big_multiply(&result, &result, &square);
            big_divide(NULL, &result, &result, modulus);
        }
        big_multiply(&square, &square, &square);
        big_divide(NULL, &square, &square, modulus);
    }
    *r = result;
}

void big_gcd(struct bignum *r, const struct bignum *a, const struct bignum *b)
{
    struct bignum x = *a, y = *b, rest;

    while (!big_is_zero(&y)) {
        big_divide(NULL, &rest, &x, &y);
        x = y;
        y = rest;
    }
    *r = x;
}

/* The extended Euclid, with all coefficients kept between 0 and the modulus. */
bool big_inverse(struct bignum *r, const struct bignum *a, const struct bignum *modulus)
{
    struct bignum old_rest = *modulus, rest, old_factor, factor, quotient, product, next;

    big_divide(NULL, &rest, a, modulus);
    big_set(&old_factor, 0);
    big_set(&factor, 1);
    while (!big_is_zero(&rest)) {
        big_divide(&quotient, &next, &old_rest, &rest);
        old_rest = rest;
        rest = next;
        big_multiply(&product, &quotient, &factor);
        big_divide(NULL, &product, &product, modulus);
        if (big_compare(&old_factor, &product) < 0)
            big_add(&old_factor, &old_factor, modulus);
        big_subtract(&next, &old_factor, &product);
        old_factor = factor;
        factor = next;
    }
    *r = old_factor;
    return old_rest.count == 1 && old_rest.words[0] == 1;
}

/* Newton's iteration from above: it falls until it is there. */
void big_root(struct bignum *r, const struct bignum *a)
{
    struct bignum x, next;

    big_set(&x, 1);
    big_shift_left(&x, &x, (big_bits(a) + 1) / 2);
    for (;;) {
        big_divide(&next, NULL, a, &x);
        big_add(&next, &next, &x);
        big_shift_right(&next, &next, 1);
        if (big_compare(&next, &x) >= 0)
            break;
        x = next;
    }
    *r = x;
}

void big_factorial(struct bignum *r, unsigned n)
{
    big_set(r, 1);
    for (unsigned i = 2; i <= n; i++)
        big_multiply_small(r, i, 0);
}

size_t big_small_factors(struct bignum *n, uint16_t *factors, size_t room)
{
    size_t count = 0;

    for (unsigned i = 0; i < SMALL_PRIMES && count < room && n->count > 0; i++)
        for (;;) {
            struct bignum quotient = *n;
            if (count == room || big_divide_small(&quotient, small_primes[i]) != 0)
                break;
            *n = quotient;
            factors[count++] = small_primes[i];
        }
    return count;
}

static bool is_one(const struct bignum *n)
{
    return n->count == 1 && n->words[0] == 1;
}

/* n - 1 is odd * 2^twos. */
static bool is_witness(const struct bignum *n, const struct bignum *minus_one,
                       const struct bignum *odd, unsigned twos, uint32_t base)
{
    struct bignum x;

    big_set(&x, base);
    big_power_mod(&x, &x, odd, n);
    if (is_one(&x) || big_compare(&x, minus_one) == 0)
        return false;
    for (unsigned i = 1; i < twos; i++) {
        big_multiply(&x, &x, &x);
        big_divide(NULL, &x, &x, n);
        if (big_compare(&x, minus_one) == 0)
            return false;
    }
    return true;
}

bool big_is_prime(const struct bignum *n)
{
    struct bignum one, minus_one, odd;
    unsigned twos = 0;

    if (n->count == 0 || is_one(n))
        return false;
    for (unsigned i = 0; i < SMALL_PRIMES && i < 500; i++) {
        struct bignum quotient = *n;
        if (n->count == 1 && n->words[0] == small_primes[i])
            return true;
        if (big_divide_small(&quotient, small_primes[i]) == 0)
            return false;
    }
    big_set(&one, 1);
    big_subtract(&minus_one, n, &one);
    while (!(minus_one.words[twos / 32] >> twos % 32 & 1))
        twos++;
    big_shift_right(&odd, &minus_one, twos);
    for (unsigned i = 0; i < 12; i++)
        if (is_witness(n, &minus_one, &odd, twos, small_primes[i]))
            return false;
    return true;
}

void big_next_prime(struct bignum *r, const struct bignum *n)
{
    struct bignum step;
    bool even = n->count == 0 || !(n->words[0] & 1);

    big_set(&step, even ? 1 : 2);
    if (n->count == 0 || (n->count == 1 && n->words[0] < 2)) {
        big_set(r, 2);
        return;
    }
    big_add(r, n, &step);
    big_set(&step, 2);
    while (!big_is_prime(r))
        big_add(r, r, &step);
}
