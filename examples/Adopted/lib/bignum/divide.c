#include "bignum.h"
#include "libc.h"

/* Bit by bit: the divisor is subtracted wherever it fits. */
void big_div(struct big *quotient, struct big *rest, const struct big *a, const struct big *b)
{
    struct big q, r;

    memset(&q, 0, sizeof q);
    big_set(&r, 0);
    for (unsigned i = big_bits(a); i-- > 0;) {
        for (unsigned w = r.count < BIG_WORDS ? r.count : BIG_WORDS - 1; w > 0; w--)
            r.words[w] = r.words[w] << 1 | r.words[w - 1] >> 31;
        r.words[0] = r.words[0] << 1 | big_bit(a, i);
        if (r.count < BIG_WORDS && r.words[r.count] != 0)
            r.count++;
        if (big_compare(&r, b) >= 0) {
            big_sub(&r, &r, b);
            q.words[i / 32] |= 1u << i % 32;
            if (q.count <= i / 32)
                q.count = i / 32 + 1;
        }
    }
    if (quotient != NULL)
        *quotient = q;
    if (rest != NULL)
        *rest = r;
}
