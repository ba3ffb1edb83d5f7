#include "bignum.h"
#include "libc.h"

bool big_from_text(struct big *r, const char *text)
{
    uint64_t base = 10;
    struct big digit, by;

    if (text[0] == '0' && text[1] == 'x') {
        base = 16;
        text += 2;
    }
    big_set(r, 0);
    big_set(&by, base);
    if (*text == '\0')
        return false;
    for (; *text != '\0'; text++) {
        if (!(base == 16 ? isxdigit(*text) : isdigit(*text)))
            return false;
        big_set(&digit, (uint64_t)(isdigit(*text) ? *text - '0' : tolower(*text) - 'a' + 10));
        big_mul(r, r, &by);
        big_add(r, r, &digit);
    }
    return true;
}

void big_to_text(const struct big *a, char *to, size_t room)
{
    char digits[BIG_WORDS * 10 + 1];
    size_t n = sizeof digits;
    struct big left = *a;

    digits[--n] = '\0';
    do {
        uint64_t rest = 0;
        for (unsigned i = left.count; i-- > 0;) {
            rest = rest << 32 | left.words[i];
            left.words[i] = (uint32_t)(rest / 10);
            rest %= 10;
        }
        while (left.count > 0 && left.words[left.count - 1] == 0)
            left.count--;
        digits[--n] = (char)('0' + rest);
    } while (left.count > 0);
    strlcpy(to, digits + n, room);
}
