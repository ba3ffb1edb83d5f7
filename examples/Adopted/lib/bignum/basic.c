#include "bignum.h"
#include "libc.h"

static void trim(struct big *r)
{
    while (r->count > 0 && r->words[r->count - 1] == 0)
        r->count--;
}

void big_set(struct big *r, uint64_t value)
{
    memset(r, 0, sizeof *r);
    r->words[0] = (uint32_t)value;
    r->words[1] = (uint32_t)(value >> 32);
    r->count = 2;
    trim(r);
}

int big_compare(const struct big *a, const struct big *b)
{
    if (a->count != b->count)
        return a->count < b->count ? -1 : 1;
    for (unsigned i = a->count; i-- > 0;)
        if (a->words[i] != b->words[i])
            return a->words[i] < b->words[i] ? -1 : 1;
    return 0;
}

unsigned big_bits(const struct big *a)
{
    return a->count == 0 ? 0 : a->count * 32 - (unsigned)__builtin_clz(a->words[a->count - 1]);
}

bool big_bit(const struct big *a, unsigned index)
{
    return index / 32 < a->count && (a->words[index / 32] >> index % 32 & 1);
}

void big_add(struct big *r, const struct big *a, const struct big *b)
{
    uint64_t carry = 0;
    unsigned n = a->count > b->count ? a->count : b->count;
    struct big sum;

    memset(&sum, 0, sizeof sum);
    for (unsigned i = 0; i < BIG_WORDS && (i < n || carry != 0); i++) {
        carry += (i < a->count ? a->words[i] : 0ul) + (i < b->count ? b->words[i] : 0ul);
        sum.words[i] = (uint32_t)carry;
        sum.count = i + 1;
        carry >>= 32;
    }
    trim(&sum);
    *r = sum;
}

void big_sub(struct big *r, const struct big *a, const struct big *b)
{
    int64_t borrow = 0;
    struct big rest = *a;

    for (unsigned i = 0; i < a->count; i++) {
        borrow += (int64_t)a->words[i] - (i < b->count ? b->words[i] : 0);
        rest.words[i] = (uint32_t)borrow;
        borrow >>= 32;
    }
    trim(&rest);
    *r = rest;
}

void big_mul(struct big *r, const struct big *a, const struct big *b)
{
    struct big product;

    memset(&product, 0, sizeof product);
    for (unsigned i = 0; i < a->count; i++) {
        uint64_t carry = 0;
        for (unsigned j = 0; i + j < BIG_WORDS && (j < b->count || carry != 0); j++) {
            carry += product.words[i + j] + (uint64_t)a->words[i] * (j < b->count ? b->words[j] : 0);
            product.words[i + j] = (uint32_t)carry;
            carry >>= 32;
        }
    }
    product.count = a->count + b->count < BIG_WORDS ? a->count + b->count : BIG_WORDS;
    trim(&product);
    *r = product;
}
