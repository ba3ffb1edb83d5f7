/* JSON values to text. */
#include "json.h"
#include "nolibc.h"

static void print_text(const char *text, size_t size, struct buffer *to)
{
    static const char letters[] = "btnvfr";

    buffer_char(to, '"');
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c == '"' || c == '\\') {
            buffer_char(to, '\\');
            buffer_char(to, (char)c);
        } else if (c >= '\b' && c <= '\r' && c != '\v') {
            buffer_char(to, '\\');
            buffer_char(to, letters[c - '\b']);
        } else if (c < 0x20) {
            buffer_printf(to, "\\u%04x", c);
        } else {
            buffer_char(to, (char)c);
        }
    }
    buffer_char(to, '"');
}

static void print_number(const struct json *number, struct buffer *to)
{
    char digits[24];
    int length, point;

    if (number->exponent >= 0 && number->exponent <= 18) {
        buffer_printf(to, "%ld", number->mantissa);
        for (int i = 0; i < number->exponent; i++)
            buffer_char(to, '0');
        return;
    }
    if (number->exponent < -18 || number->exponent > 18) {
        buffer_printf(to, "%lde%d", number->mantissa, number->exponent);
        return;
    }
    length = snprintf(digits, sizeof digits, "%0*lu", 1 - number->exponent,
                      number->mantissa < 0 ? 0 - (uint64_t)number->mantissa
                                           : (uint64_t)number->mantissa);
    point = length + number->exponent;
    buffer_printf(to, "%s%.*s.%s", number->mantissa < 0 ? "-" : "", point, digits,
                  digits + point);
}

static void new_line(struct buffer *to, unsigned indent, unsigned depth)
{
    if (indent > 0)
        buffer_printf(to, "\n%*s", (int)(indent * depth), "");
}

static void print(const struct json *value, struct buffer *to, unsigned indent, unsigned depth)
{
    bool object = value->kind == JSON_OBJECT;

    switch (value->kind) {
    case JSON_NULL: buffer_text(to, "null"); return;
    case JSON_BOOLEAN: buffer_text(to, value->boolean ? "true" : "false"); return;
    case JSON_NUMBER: print_number(value, to); return;
    case JSON_STRING: print_text(value->text, value->size, to); return;
    default: break;
    }
    buffer_char(to, object ? '{' : '[');
    for (const struct json *child = value->first; child != NULL; child = child->next) {
        new_line(to, indent, depth + 1);
        if (object) {
            print_text(child->name, strlen(child->name), to);
            buffer_text(to, indent > 0 ? ": " : ":");
        }
        print(child, to, indent, depth + 1);
        if (child->next != NULL)
            buffer_char(to, ',');
    }
    if (value->first != NULL)
        new_line(to, indent, depth);
    buffer_char(to, object ? '}' : ']');
}

void json_print(const struct json *value, struct buffer *to, unsigned indent)
{
    print(value, to, indent, 0);
}
