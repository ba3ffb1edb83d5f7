/* The four operations. Words of 32 bits, so that products fit into 64. */
#include "bignum.h"
#include "nolibc.h"

static void trim(struct bignum *n)
{
    while (n->count > 0 && n->words[n->count - 1] == 0)
        n->count--;
}

void big_set(struct bignum *n, uint64_t value)
{
    n->words[0] = (uint32_t)value;
    n->words[1] = (uint32_t)(value >> 32);
    n->count = 2;
    trim(n);
}

bool big_is_zero(const struct bignum *n)
{
    return n->count == 0;
}

unsigned big_bits(const struct bignum *n)
{
    return n->count == 0 ? 0 : n->count * 32 - (unsigned)__builtin_clz(n->words[n->count - 1]);
}

int big_compare(const struct bignum *a, const struct bignum *b)
{
    if (a->count != b->count)
        return a->count < b->count ? -1 : 1;
    for (unsigned i = a->count; i-- > 0;)
        if (a->words[i] != b->words[i])
            return a->words[i] < b->words[i] ? -1 : 1;
    return 0;
}

void big_add(struct bignum *r, const struct bignum *a, const struct bignum *b)
{
    unsigned count = a->count > b->count ? a->count : b->count, i;
    uint64_t carry = 0;

    for (i = 0; i < count; i++) {
        carry += (uint64_t)(i < a->count ? a->words[i] : 0) + (i < b->count ? b->words[i] : 0);
        r->words[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry != 0 && i < BIGNUM_WORDS)
        r->words[i++] = (uint32_t)carry;
    r->count = i;
    trim(r);
}

void big_subtract(struct bignum *r, const struct bignum *a, const struct bignum *b)
{
    unsigned count = a->count;
    int64_t borrow = 0;

    for (unsigned i = 0; i < count; i++) {
        borrow += (int64_t)a->words[i] - (i < b->count ? b->words[i] : 0);
        r->words[i] = (uint32_t)borrow;
        borrow >>= 32;
    }
    r->count = count;
    trim(r);
}

void big_multiply(struct bignum *r, const struct bignum *a, const struct bignum *b)
{
    struct bignum product;
    unsigned count = a->count + b->count;

    if (count > BIGNUM_WORDS)
        count = BIGNUM_WORDS;
    memset(product.words, 0, count * sizeof product.words[0]);
    for (unsigned i = 0; i < a->count; i++) {
        uint64_t carry = 0;
        for (unsigned k = 0; k < b->count && i + k < count; k++) {
            carry += (uint64_t)a->words[i] * b->words[k] + product.words[i + k];
            product.words[i + k] = (uint32_t)carry;
            carry >>= 32;
        }
        if (i + b->count < count)
            product.words[i + b->count] = (uint32_t)carry;
    }
    product.count = count;
    trim(&product);
    r->count = product.count;
    memcpy(r->words, product.words, product.count * sizeof r->words[0]);
}

void big_multiply_small(struct bignum *r, uint32_t factor, uint32_t add)
{
    uint64_t carry = add;

    for (unsigned i = 0; i < r->count; i++) {
        carry += (uint64_t)r->words[i] * factor;
        r->words[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry != 0 && r->count < BIGNUM_WORDS)
        r->words[r->count++] = (uint32_t)carry;
}

uint32_t big_divide_small(struct bignum *r, uint32_t divisor)
{
    uint64_t rest = 0;

    for (unsigned i = r->count; i-- > 0;) {
        rest = rest << 32 | r->words[i];
        r->words[i] = (uint32_t)(rest / divisor);
        rest %= divisor;
    }
    trim(r);
    return (uint32_t)rest;
}

void big_shift_left(struct bignum *r, const struct bignum *a, unsigned bits)
{
    unsigned words = bits / 32, rest = bits % 32, count = a->count + words + 1;

    if (count > BIGNUM_WORDS)
        count = BIGNUM_WORDS;
    for (unsigned i = count; i-- > 0;) {
        uint64_t high = i >= words && i - words < a->count ? a->words[i - words] : 0;
        uint64_t low = i > words && i - words - 1 < a->count ? a->words[i - words - 1] : 0;
        r->words[i] = (uint32_t)((high << 32 | low) << rest >> 32);
    }
    r->count = count;
    trim(r);
}

void big_shift_right(struct bignum *r, const struct bignum *a, unsigned bits)
{
    unsigned words = bits / 32, rest = bits % 32, count = a->count > words ? a->count - words : 0;

    for (unsigned i = 0; i < count; i++) {
        uint64_t high = i + words + 1 < a->count ? a->words[i + words + 1] : 0;
        r->words[i] = (uint32_t)((high << 32 | a->words[i + words]) >> rest);
    }
    r->count = count;
    trim(r);
}

/* Subtracts q times the divisor from the words at u; false if that was too much. */
static bool multiply_subtract(uint32_t *u, const struct bignum *v, uint64_t q)
{
    uint64_t carry = 0;
    int64_t borrow = 0;

    for (unsigned i = 0; i <= v->count; i++) {
        carry += i < v->count ? q * v->words[i] : 0;
        borrow += (int64_t)u[i] - (uint32_t)carry;
        u[i] = (uint32_t)borrow;
        borrow >>= 32;
        carry >>= 32;
    }
    return borrow == 0;
}

static void add_back(uint32_t *u, const struct bignum *v)
{
    uint64_t carry = 0;

    for (unsigned i = 0; i <= v->count; i++) {
        carry += (uint64_t)u[i] + (i < v->count ? v->words[i] : 0);
        u[i] = (uint32_t)carry;
        carry >>= 32;
    }
}

/* Knuth's algorithm D: the highest two words make a guess that is at most two too large. */
static void divide_long(struct bignum *quotient, struct bignum *rest, const struct bignum *a,
                        const struct bignum *b)
{
    unsigned shift = (unsigned)__builtin_clz(b->words[b->count - 1]), n = b->count;
    uint32_t u[BIGNUM_WORDS + 1];
    struct bignum v, q = {.count = a->count - n + 1};

    big_shift_left(&v, b, shift);
    for (unsigned i = a->count + 1; i-- > 0;) {
        uint64_t high = i < a->count ? a->words[i] : 0, low = i > 0 ? a->words[i - 1] : 0;
        u[i] = (uint32_t)((high << 32 | low) << shift >> 32);
    }
    for (unsigned i = a->count - n + 1; i-- > 0;) {
        uint64_t top = (uint64_t)u[i + n] << 32 | u[i + n - 1];
        uint64_t guess = top / v.words[n - 1], left = top % v.words[n - 1];
        while (guess > UINT32_MAX || guess * v.words[n - 2] > (left << 32 | u[i + n - 2])) {
            guess--;
            left += v.words[n - 1];
            if (left > UINT32_MAX)
                break;
        }
        if (!multiply_subtract(u + i, &v, guess)) {
            guess--;
            add_back(u + i, &v);
        }
        q.words[i] = (uint32_t)guess;
    }
    trim(&q);
    if (rest != NULL) {
        rest->count = n;
        memcpy(rest->words, u, n * sizeof u[0]);
        trim(rest);
        big_shift_right(rest, rest, shift);
    }
    if (quotient != NULL)
        *quotient = q;
}

void big_divide(struct bignum *quotient, struct bignum *rest, const struct bignum *a,
                const struct bignum *b)
{
    struct bignum copy;
    uint32_t small;

    if (big_compare(a, b) < 0) {
        if (rest != NULL && rest != a)
            *rest = *a;
        if (quotient != NULL)
            big_set(quotient, 0);
        return;
    }
    if (b->count > 1) {
        divide_long(quotient, rest, a, b);
        return;
    }
    copy = *a;
    small = big_divide_small(&copy, b->words[0]);
    if (quotient != NULL)
        *quotient = copy;
    if (rest != NULL)
        big_set(rest, small);
}
