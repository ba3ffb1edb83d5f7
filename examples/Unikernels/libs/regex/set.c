/* Sets of characters: one bit each. */
#include "nolibc.h"
#include "regex_internal.h"

void set_add(struct set *set, unsigned first, unsigned last)
{
    for (unsigned i = first; i <= last; i++)
        set->bits[i / 64] |= 1ull << i % 64;
}

void set_invert(struct set *set)
{
    for (unsigned i = 0; i < 4; i++)
        set->bits[i] = ~set->bits[i];
}

bool set_add_class(char letter, struct set *to)
{
    struct set set = {{0}};

    switch (tolower(letter)) {
    case 'd': set_add(&set, '0', '9'); break;
    case 's': set_add(&set, '\t', '\r'); set_add(&set, ' ', ' '); break;
    case 'w':
        set_add(&set, '0', '9'); set_add(&set, 'a', 'z'); set_add(&set, 'A', 'Z');
        set_add(&set, '_', '_');
        break;
    default: return false;
    }
    if (isupper(letter))
        set_invert(&set);
    for (unsigned i = 0; i < 4; i++)
        to->bits[i] |= set.bits[i];
    return true;
}

void set_fold_case(struct set *set)
{
    for (unsigned i = 'a'; i <= 'z'; i++)
        if ((set->bits[i / 64] >> i % 64 | set->bits[(i - 32) / 64] >> (i - 32) % 64) & 1) {
            set_add(set, i, i);
            set_add(set, i - 32, i - 32);
        }
}
