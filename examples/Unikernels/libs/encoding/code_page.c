/* Eight-bit character sets. */
#include "encoding.h"
#include "nolibc.h"
#include "code_pages.h"

int code_page_find(const char *name)
{
    for (int page = 0; page < CODE_PAGES; page++)
        if (strcasecmp(name, code_page_names[page]) == 0)
            return page;
    return -ERROR_NO_ENTRY;
}

int64_t code_page_decode(int page, const uint8_t *data, size_t size, char *to, size_t room)
{
    size_t length = 0;

    for (size_t i = 0; i < size; i++) {
        uint32_t code = data[i] < 128 ? data[i] : code_pages[page][data[i] - 128];
        if (length + 5 > room)
            return -ERROR_TOO_LARGE;
        if (code == 0 && data[i] != 0)
            return -ERROR_SYNTAX;
        length += utf8_encode(code, to + length);
    }
    to[length] = '\0';
    return (int64_t)length;
}

int64_t code_page_encode(int page, const char *text, size_t size, uint8_t *to, size_t room)
{
    size_t count = 0;

    for (; size > 0; count++) {
        uint32_t code;
        size_t length = utf8_decode(text, size, &code);
        unsigned i = 0;
        if (length == 0)
            return -ERROR_SYNTAX;
        if (count == room)
            return -ERROR_TOO_LARGE;
        if (code < 128) {
            to[count] = (uint8_t)code;
        } else {
            while (i < 128 && code_pages[page][i] != code)
                i++;
            to[count] = i == 128 ? '?' : (uint8_t)(i + 128);
        }
        text += length;
        size -= length;
    }
    return (int64_t)count;
}
