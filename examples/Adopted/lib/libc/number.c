#include "libc.h"

static int digit_of(char c)
{
    return isdigit(c) ? c - '0' : isalpha(c) ? tolower(c) - 'a' + 10 : 99;
}

static uint64_t parse(const char *s, char **end, int base, bool *negative, uint64_t limit)
{
    const char *start = s;
    uint64_t value = 0;
    bool any = false, over = false;

    while (isspace(*s))
        s++;
    *negative = *s == '-';
    if (*s == '-' || *s == '+')
        s++;
    if ((base == 0 || base == 16) && s[0] == '0' && tolower(s[1]) == 'x' && isxdigit(s[2])) {
        s += 2;
        base = 16;
    } else if (base == 0) {
        base = *s == '0' ? 8 : 10;
    }
    for (; digit_of(*s) < base; s++) {
        uint64_t digit = (uint64_t)digit_of(*s);
        any = true;
        if (value > (limit - digit) / (uint64_t)base)
            over = true;
        else
            value = value * (uint64_t)base + digit;
    }
    if (end != NULL)
        *end = (char *)(any ? s : start);
    if (over) {
        errno = ERANGE;
        return limit;
    }
    return value;
}

unsigned long strtoul(const char *s, char **end, int base)
{
    bool negative;
    uint64_t value = parse(s, end, base, &negative, ULONG_MAX);

    return negative ? -value : value;
}

long strtol(const char *s, char **end, int base)
{
    bool negative;
    const char *p = s;

    while (isspace(*p))
        p++;
    uint64_t value = parse(s, end, base, &negative, *p == '-' ? (uint64_t)LONG_MAX + 1 : LONG_MAX);
    return negative ? (long)-value : (long)value;
}

int atoi(const char *s)
{
    return (int)strtol(s, NULL, 10);
}

double strtod(const char *s, char **end)
{
    const char *start = s;
    bool negative, any = false;
    double value = 0, scale = 1;
    int exponent = 0;

    while (isspace(*s))
        s++;
    negative = *s == '-';
    if (*s == '-' || *s == '+')
        s++;
    for (; isdigit(*s); s++, any = true)
        value = value * 10 + (*s - '0');
    if (*s == '.')
        for (s++; isdigit(*s); s++, any = true) {
            value = value * 10 + (*s - '0');
            scale *= 10;
        }
    if (any && (*s == 'e' || *s == 'E')) {
        char *after;
        long e = strtol(s + 1, &after, 10);
        if (after != s + 1) {
            exponent = (int)(e < -400 ? -400 : e > 400 ? 400 : e);
            s = after;
        }
    }
    value /= scale;
    for (; exponent > 0; exponent--)
        value *= 10;
    for (; exponent < 0; exponent++)
        value /= 10;
    if (end != NULL)
        *end = (char *)(any ? s : start);
    return negative ? -value : value;
}
