/* Text to numbers, and small number theory. */
#include "nolibc.h"

static int digit_value(int c)
{
    if (isdigit(c))
        return c - '0';
    if (isalpha(c))
        return tolower(c) - 'a' + 10;
    return 99;
}

/* Reads sign, prefix and digits. Saturates, as the standard asks for. */
static unsigned long scan(const char *s, char **end, int base, unsigned long limit,
                          bool *negative)
{
    const char *at = s, *digits;
    unsigned long value = 0;
    bool overflow = false;

    while (isspace((unsigned char)*at))
        at++;
    *negative = *at == '-';
    if (*at == '-' || *at == '+')
        at++;
    if ((base == 0 || base == 16) && at[0] == '0' && (at[1] | 32) == 'x' &&
        isxdigit((unsigned char)at[2])) {
        at += 2;
        base = 16;
    } else if (base == 0) {
        base = *at == '0' ? 8 : 10;
    }
    limit += *negative && limit == LONG_MAX;
    for (digits = at; digit_value((unsigned char)*at) < base; at++) {
        unsigned long digit = (unsigned long)digit_value((unsigned char)*at);
        if (value > (limit - digit) / (unsigned long)base)
            overflow = true;
        value = value * (unsigned long)base + digit;
    }
    if (end != NULL)
        *end = (char *)(at == digits ? s : at);
    return overflow ? limit : value;
}

long strtol(const char *s, char **end, int base)
{
    bool negative;
    unsigned long value = scan(s, end, base, LONG_MAX, &negative);

    return negative ? (long)(0 - value) : (long)value;
}

unsigned long strtoul(const char *s, char **end, int base)
{
    bool negative;
    unsigned long value = scan(s, end, base, ULONG_MAX, &negative);

    return negative ? 0 - value : value;
}

int atoi(const char *s)
{
    return (int)strtol(s, NULL, 10);
}

bool parse_int64(const char *s, size_t length, int64_t *value)
{
    size_t at = length > 0 && (s[0] == '-' || s[0] == '+');
    bool negative = at == 1 && s[0] == '-';
    uint64_t limit = (uint64_t)INT64_MAX + negative, result = 0;

    if (at == length)
        return false;
    for (; at < length; at++) {
        unsigned digit = (unsigned char)s[at] - '0';
        if (digit > 9 || result > (limit - digit) / 10)
            return false;
        result = result * 10 + digit;
    }
    *value = (int64_t)(negative ? 0 - result : result);
    return true;
}

/* Two bits of the argument give one bit of the root. */
uint64_t isqrt(uint64_t n)
{
    uint64_t root = 0, bit = 1ull << 62;

    while (bit > n)
        bit >>= 2;
    for (; bit != 0; bit >>= 2) {
        if (n >= root + bit) {
            n -= root + bit;
            root = (root >> 1) + bit;
        } else {
            root >>= 1;
        }
    }
    return root;
}

uint64_t gcd(uint64_t a, uint64_t b)
{
    while (b != 0) {
        uint64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}
