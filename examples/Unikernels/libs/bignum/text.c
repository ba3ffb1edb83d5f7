/* Numbers as text in any base. */
#include "bignum.h"
#include "nolibc.h"

static unsigned digit_of(char c)
{
    if (isdigit((unsigned char)c))
        return (unsigned)(c - '0');
    return isalpha((unsigned char)c) ? (unsigned)(tolower((unsigned char)c) - 'a' + 10) : 99;
}

bool big_parse(struct bignum *n, const char *text, unsigned base)
{
    big_set(n, 0);
    if (*text == '\0')
        return false;
    for (; *text != '\0'; text++) {
        if (*text == '_')
            continue;
        if (digit_of(*text) >= base || n->count == BIGNUM_WORDS)
            return false;
        big_multiply_small(n, base, digit_of(*text));
    }
    return true;
}

size_t big_format(const struct bignum *n, unsigned base, char *to, size_t room)
{
    struct bignum rest = *n;
    size_t length = 0;

    do {
        if (length + 1 >= room)
            return 0;
        to[length++] = "0123456789abcdefghijklmnopqrstuvwxyz"[big_divide_small(&rest, base)];
    } while (!big_is_zero(&rest));
    to[length] = '\0';
    for (size_t i = 0; i < length / 2; i++) {
        char c = to[i];
        to[i] = to[length - 1 - i];
        to[length - 1 - i] = c;
    }
    return length;
}
