#include "json.h"
#include "libc.h"

struct output { char *to; size_t room, size; };

static void put(struct output *out, const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++, out->size++)
        if (out->size + 1 < out->room)
            out->to[out->size] = text[i];
}

static void put_text(struct output *out, const char *text)
{
    char escape[8];

    put(out, "\"", 1);
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\')
            put(out, escape, (size_t)snprintf(escape, sizeof escape, "\\%c", *text));
        else if ((unsigned char)*text < ' ')
            put(out, escape, (size_t)snprintf(escape, sizeof escape, "\\u%04x", *text));
        else
            put(out, text, 1);
    }
    put(out, "\"", 1);
}

static void print(struct output *out, const struct json *value)
{
    char number[40];

    switch (value->kind) {
    case JSON_NULL: put(out, "null", 4); break;
    case JSON_FALSE: put(out, "false", 5); break;
    case JSON_TRUE: put(out, "true", 4); break;
    case JSON_TEXT: put_text(out, value->text); break;
    case JSON_NUMBER: put(out, number, (size_t)snprintf(number, sizeof number, "%.15g", value->number)); break;
    default:
        put(out, value->kind == JSON_ARRAY ? "[" : "{", 1);
        for (const struct json *member = value->first; member != NULL; member = member->next) {
            if (member->name != NULL) {
                put_text(out, member->name);
                put(out, ":", 1);
            }
            print(out, member);
            if (member->next != NULL)
                put(out, ",", 1);
        }
        put(out, value->kind == JSON_ARRAY ? "]" : "}", 1);
    }
}

size_t json_print(const struct json *value, char *to, size_t room)
{
    struct output out = {to, room, 0};

    print(&out, value);
    if (room > 0)
        to[out.size < room ? out.size : room - 1] = '\0';
    return out.size;
}
