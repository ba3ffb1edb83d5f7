/* Columns, graphemes and words. */
#include "encoding.h"
#include "nolibc.h"
#include "unicode.h"

size_t unicode_columns(const char *text)
{
    size_t size = strlen(text), columns = 0, taken;
    uint32_t code;

    for (; (taken = utf8_decode(text, size, &code)) > 0; text += taken, size -= taken)
        columns += unicode_width(code);
    return columns;
}

static bool is_flag(uint32_t code)
{
    return code >= 0x1f1e6 && code <= 0x1f1ff;
}

static bool extends(uint32_t code)
{
    return unicode_is_mark(code) || code == 0x200d || (code >= 0x1f3fb && code <= 0x1f3ff);
}

size_t unicode_graphemes(const char *text)
{
    size_t size = strlen(text), count = 0, taken, flags = 0;
    uint32_t code, before = 0;

    for (; (taken = utf8_decode(text, size, &code)) > 0; text += taken, size -= taken) {
        /* A joiner glues what follows it; two flag letters make one flag. */
        bool joined = before == 0x200d || extends(code) || (before == '\r' && code == '\n');
        flags = is_flag(code) ? flags + 1 : 0;
        if (!(joined && before != 0) && !(is_flag(code) && flags % 2 == 0))
            count++;
        before = code;
    }
    return count;
}

static bool in_word(uint32_t code)
{
    return unicode_is_letter(code) || unicode_is_mark(code) || unicode_category(code) == UNICODE_ND;
}

size_t unicode_words(const char *text, unicode_word visit, void *context)
{
    size_t size = strlen(text), count = 0, taken;
    const char *start = NULL;
    uint32_t code;

    for (; (taken = utf8_decode(text, size, &code)) > 0; text += taken, size -= taken) {
        bool inside = in_word(code);
        if (inside && start == NULL)
            start = text;
        if (!inside && start != NULL) {
            visit(context, start, (size_t)(text - start));
            start = NULL;
            count++;
        }
    }
    if (start != NULL) {
        visit(context, start, (size_t)(text - start));
        count++;
    }
    return count;
}
