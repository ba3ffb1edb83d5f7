/* UTF-8 and UTF-16. */
#include "encoding.h"
#include "nolibc.h"

size_t utf8_decode(const char *text, size_t size, uint32_t *code)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    uint8_t first;
    size_t length;

    if (size == 0)
        return 0;
    first = (uint8_t)text[0];
    if (first < 0x80) {
        *code = first;
        return 1;
    }
    length = first >= 0xf8 ? 0 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 0;
    if (length == 0 || length > size)
        return 0;
    *code = first & (0x7fu >> length);
    for (size_t i = 1; i < length; i++) {
        if ((text[i] & 0xc0) != 0x80)
            return 0;
        *code = *code << 6 | (text[i] & 0x3f);
    }
    /* Too long forms, surrogates and values past the end are not characters. */
    if (*code < least[length] || *code > 0x10ffff || (*code >= 0xd800 && *code < 0xe000))
        return 0;
    return length;
}

size_t utf8_encode(uint32_t code, char to[4])
{
    static const uint8_t marks[] = {0, 0, 0xc0, 0xe0, 0xf0};
    size_t length = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;

    if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000))
        return 0;
    for (size_t i = length - 1; i > 0; i--, code >>= 6)
        to[i] = (char)(0x80 | (code & 0x3f));
    to[0] = (char)(marks[length] | code);
    return length;
}

size_t utf8_count(const char *text, size_t size)
{
    size_t count = 0;

    for (size_t i = 0; i < size; i++)
        count += (text[i] & 0xc0) != 0x80;
    return count;
}

bool utf8_valid(const char *text, size_t size)
{
    while (size > 0) {
        uint32_t code;
        size_t length = utf8_decode(text, size, &code);
        if (length == 0)
            return false;
        text += length;
        size -= length;
    }
    return true;
}

int64_t utf16_to_utf8(const uint16_t *units, size_t count, char *to, size_t room)
{
    size_t length = 0;

    for (size_t i = 0; i < count; i++) {
        uint32_t code = units[i];
        if (code >= 0xd800 && code < 0xdc00) {
            if (i + 1 == count || (units[i + 1] & 0xfc00) != 0xdc00)
                return -ERROR_SYNTAX;
            code = 0x10000 + ((code & 0x3ff) << 10) + (units[++i] & 0x3ff);
        }
        if (length + 5 > room)
            return -ERROR_TOO_LARGE;
        if (code >= 0xdc00 && code < 0xe000)
            return -ERROR_SYNTAX;
        length += utf8_encode(code, to + length);
    }
    to[length] = '\0';
    return (int64_t)length;
}

int64_t utf8_to_utf16(const char *text, size_t size, uint16_t *to, size_t room)
{
    size_t count = 0;

    while (size > 0) {
        uint32_t code;
        size_t length = utf8_decode(text, size, &code);
        if (length == 0)
            return -ERROR_SYNTAX;
        if (count + 2 > room)
            return -ERROR_TOO_LARGE;
        if (code >= 0x10000) {
            to[count++] = (uint16_t)(0xd800 + ((code - 0x10000) >> 10));
            code = 0xdc00 + (code & 0x3ff);
        }
        to[count++] = (uint16_t)code;
        text += length;
        size -= length;
    }
    return (int64_t)count;
}
