/* Properties of characters: each from one sorted table of ranges. */
#include "nolibc.h"
#include "unicode.h"
#include "unicode_internal.h"
#include "unicode_tables.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* The value of the last range that begins at or before the character. */
static unsigned range_value(const uint32_t *ranges, size_t count, uint32_t code)
{
    size_t low = 0, high = count;

    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (ranges[middle] >> 8 <= code)
            low = middle;
        else
            high = middle;
    }
    return ranges[low] & 0xff;
}

enum unicode_category unicode_category(uint32_t code)
{
    if (code > 0x10ffff)
        return UNICODE_CN;
    return (enum unicode_category)range_value(category_ranges, COUNT(category_ranges), code);
}

const char *unicode_category_name(enum unicode_category category)
{
    static const char names[][3] = {
        "Cn", "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Pc", "Pd", "Ps",
        "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co",
    };

    return names[category];
}

bool unicode_is_letter(uint32_t code)
{
    enum unicode_category c = unicode_category(code);

    return c >= UNICODE_LU && c <= UNICODE_LO;
}

bool unicode_is_mark(uint32_t code)
{
    enum unicode_category c = unicode_category(code);

    return c >= UNICODE_MN && c <= UNICODE_ME;
}

bool unicode_is_space(uint32_t code)
{
    return (code >= '\t' && code <= '\r') || unicode_category(code) == UNICODE_ZS ||
           code == 0x85 || code == 0x2028 || code == 0x2029;
}

unsigned unicode_combining_class(uint32_t code)
{
    return range_value(combining_ranges, COUNT(combining_ranges), code);
}

unsigned unicode_width(uint32_t code)
{
    return range_value(width_ranges, COUNT(width_ranges), code);
}

static int in_case_range(const void *key, const void *element)
{
    uint32_t code = *(const uint32_t *)key;
    const struct case_range *range = element;

    return code < range->first ? -1 : code > range->last;
}

static const struct case_range *case_of(uint32_t code)
{
    return bsearch(&code, case_ranges, COUNT(case_ranges), sizeof case_ranges[0], in_case_range);
}

uint32_t unicode_to_upper(uint32_t code)
{
    const struct case_range *range = case_of(code);

    return range == NULL ? code : (uint32_t)((int64_t)code + range->to_upper);
}

uint32_t unicode_to_lower(uint32_t code)
{
    const struct case_range *range = case_of(code);

    return range == NULL ? code : (uint32_t)((int64_t)code + range->to_lower);
}

size_t unicode_fold_one(uint32_t code, uint32_t to[3])
{
    size_t count = 1;

    for (size_t i = 0; code > 127 && i < COUNT(long_folds); i++)
        if (long_folds[i].code == code) {
            for (count = 0; count < 3 && long_folds[i].to[count] != 0; count++)
                to[count] = long_folds[i].to[count];
            return count;
        }
    /* By way of upper case, so that final and other sigmas meet. */
    to[0] = unicode_to_lower(unicode_to_upper(code));
    return count;
}

static int by_code(const void *key, const void *element)
{
    return (int)*(const uint32_t *)key - ((const struct decomposition *)element)->code;
}

bool unicode_decompose(uint32_t code, uint32_t *first, uint32_t *second)
{
    const struct decomposition *found =
        bsearch(&code, decompositions, COUNT(decompositions), sizeof decompositions[0], by_code);

    if (found == NULL)
        return false;
    *first = found->first;
    *second = found->second;
    return true;
}

uint32_t unicode_compose(uint32_t first, uint32_t second)
{
    for (size_t i = 0; i < COUNT(decompositions); i++) {
        const struct decomposition *d = &decompositions[i];
        if (d->first == first && d->second == second && !d->excluded)
            return d->code;
    }
    return 0;
}
