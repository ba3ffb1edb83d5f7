/* Case of whole texts. */
#include "encoding.h"
#include "nolibc.h"
#include "unicode.h"
#include "unicode_internal.h"

typedef size_t (*mapping)(uint32_t code, bool first, uint32_t to[3]);

static size_t to_upper(uint32_t code, bool first, uint32_t to[3])
{
    (void)first;
    to[0] = code == 0xdf ? 'S' : unicode_to_upper(code);
    to[1] = 'S';
    return code == 0xdf ? 2 : 1; /* the German sharp s has no capital of its own */
}

static size_t to_lower(uint32_t code, bool first, uint32_t to[3])
{
    (void)first;
    to[0] = unicode_to_lower(code);
    return 1;
}

static size_t to_title(uint32_t code, bool first, uint32_t to[3])
{
    return first ? to_upper(code, first, to) : to_lower(code, first, to);
}

static size_t to_folded(uint32_t code, bool first, uint32_t to[3])
{
    (void)first;
    return unicode_fold_one(code, to);
}

static int64_t map(const char *text, char *to, size_t room, mapping mapping)
{
    size_t length = 0, size = strlen(text);
    bool in_word = false;

    while (size > 0) {
        uint32_t code, mapped[3];
        size_t taken = utf8_decode(text, size, &code), count;
        if (taken == 0)
            return -ERROR_SYNTAX;
        count = mapping(code, !in_word, mapped);
        in_word = unicode_is_letter(code) || unicode_is_mark(code);
        for (size_t i = 0; i < count; i++) {
            if (length + 5 > room)
                return -ERROR_TOO_LARGE;
            length += utf8_encode(mapped[i], to + length);
        }
        text += taken;
        size -= taken;
    }
    to[length] = '\0';
    return (int64_t)length;
}

int64_t unicode_upper(const char *text, char *to, size_t room)
{
    return map(text, to, room, to_upper);
}

int64_t unicode_lower(const char *text, char *to, size_t room)
{
    return map(text, to, room, to_lower);
}

int64_t unicode_title(const char *text, char *to, size_t room)
{
    return map(text, to, room, to_title);
}

int64_t unicode_fold(const char *text, char *to, size_t room)
{
    return map(text, to, room, to_folded);
}

bool unicode_equal_folded(const char *a, const char *b)
{
    char x[512], y[512];

    return unicode_fold(a, x, sizeof x) >= 0 && unicode_fold(b, y, sizeof y) >= 0 &&
           strcmp(x, y) == 0;
}
