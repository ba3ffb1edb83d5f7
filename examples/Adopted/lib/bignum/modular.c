#include "bignum.h"
#include "libc.h"

void big_pow_mod(struct big *r, const struct big *a, const struct big *e, const struct big *m)
{
    struct big base, result;

    big_set(&result, 1);
    big_div(NULL, &base, a, m);
    for (unsigned i = 0, bits = big_bits(e); i < bits; i++) {
        if (big_bit(e, i)) {
            big_mul(&result, &result, &base);
            big_div(NULL, &result, &result, m);
        }
        big_mul(&base, &base, &base);
        big_div(NULL, &base, &base, m);
    }
    *r = result;
}

void big_gcd(struct big *r, const struct big *a, const struct big *b)
{
    struct big x = *a, y = *b, rest;

    while (y.count > 0) {
        big_div(NULL, &rest, &x, &y);
        x = y;
        y = rest;
    }
    *r = x;
}

bool big_inverse(struct big *r, const struct big *a, const struct big *m)
{
    struct big old, now = *m, s, next, q, rest, t;

    /* All multipliers are kept modulo m, so that none is negative. */
    big_div(NULL, &old, a, m);
    big_set(&s, 1);
    big_set(&next, 0);
    while (now.count > 0) {
        big_div(&q, &rest, &old, &now);
        old = now;
        now = rest;
        big_mul(&t, &q, &next);
        big_div(NULL, &t, &t, m);
        if (big_compare(&s, &t) < 0)
            big_add(&s, &s, m);
        big_sub(&t, &s, &t);
        s = next;
        next = t;
    }
    *r = s;
    return old.count == 1 && old.words[0] == 1;
}

bool big_prime(const struct big *a)
{
    static const uint8_t bases[] = {2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37};
    struct big one, d, less, x, base;
    unsigned twos = 0;

    big_set(&one, 1);
    if (big_compare(a, &one) <= 0)
        return false;
    for (unsigned i = 0; i < sizeof bases; i++) {
        big_set(&base, bases[i]);
        if (big_compare(a, &base) == 0)
            return true;
        big_div(NULL, &x, a, &base);
        if (x.count == 0)
            return false;
    }
    big_sub(&less, a, &one);
    while (!big_bit(&less, twos))
        twos++;
    big_set(&x, 1ul << (twos & 63));
    big_div(&d, NULL, &less, &x);
    for (unsigned i = 0; i < sizeof bases; i++) {
        bool passed = false;
        big_set(&base, bases[i]);
        big_pow_mod(&x, &base, &d, a);
        if (big_compare(&x, &one) == 0)
            continue;
        for (unsigned k = 0; k < twos && !passed; k++) {
            passed = big_compare(&x, &less) == 0;
            big_mul(&x, &x, &x);
            big_div(NULL, &x, &x, a);
        }
        if (!passed)
            return false;
    }
    return true;
}
