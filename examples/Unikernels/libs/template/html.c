/* HTML's character references, and text without tags. */
#include "encoding.h"
#include "nolibc.h"
#include "template.h"
#include "entities.h"

void html_escape(const char *text, size_t size, struct buffer *to)
{
    for (size_t i = 0; i < size; i++) {
        switch (text[i]) {
        case '&': buffer_text(to, "&amp;"); break;
        case '<': buffer_text(to, "&lt;"); break;
        case '>': buffer_text(to, "&gt;"); break;
        case '"': buffer_text(to, "&quot;"); break;
        case '\'': buffer_text(to, "&#39;"); break;
        default: buffer_char(to, text[i]);
        }
    }
}

static int by_name(const void *name, const void *entity)
{
    return strncmp(name, ((const struct entity *)entity)->name, sizeof entities[0].name);
}

static uint32_t reference(const char *name)
{
    const struct entity *found;

    if (name[0] == '#')
        return (uint32_t)((name[1] | 32) == 'x' ? strtoul(name + 2, NULL, 16)
                                                : strtoul(name + 1, NULL, 10));
    found = bsearch(name, entities, sizeof entities / sizeof entities[0], sizeof entities[0],
                    by_name);
    return found == NULL ? 0 : found->code;
}

void html_unescape(const char *text, size_t size, struct buffer *to)
{
    for (size_t i = 0; i < size; i++) {
        const char *end = text[i] == '&' ? memchr(text + i, ';', size - i < 12 ? size - i : 12) : NULL;
        char name[12] = "", utf8[4];
        uint32_t code = 0;
        if (end != NULL) {
            memcpy(name, text + i + 1, (size_t)(end - text) - i - 1);
            code = reference(name);
        }
        if (code != 0 && utf8_encode(code, utf8) > 0) {
            buffer_add(to, utf8, utf8_encode(code, utf8));
            i = (size_t)(end - text);
        } else {
            buffer_char(to, text[i]);
        }
    }
}

void html_text(const char *html, struct buffer *to)
{
    while (*html != '\0') {
        size_t length = strcspn(html, "<");
        html_unescape(html, length, to);
        html += length;
        if (*html == '<') {
            html += strcspn(html, ">");
            html += *html == '>';
        }
    }
}
