/* A small sscanf. */
#include "nolibc.h"

static const char *skip_space(const char *text)
{
    while (isspace((unsigned char)*text))
        text++;
    return text;
}

static void store(void *target, long value, int length)
{
    switch (length) {
    case 1: *(int8_t *)target = (int8_t)value; break;
    case 2: *(int16_t *)target = (int16_t)value; break;
    case 4: *(int32_t *)target = (int32_t)value; break;
    default: *(int64_t *)target = value; break;
    }
}

/* Copies at most width digits, so that "%2d%2d" can split "1234". */
static const char *scan_number(const char *text, int width, int base, long *value)
{
    char digits[40], *end;
    size_t size;

    text = skip_space(text);
    size = width > 0 && width < (int)sizeof digits ? (size_t)width + 1 : sizeof digits;
    strlcpy(digits, text, size);
    *value = strtol(digits, &end, base);
    return end == digits ? NULL : text + (end - digits);
}

static const char *scan_word(const char *text, int width, char *to)
{
    size_t length = 0, limit = width > 0 ? (size_t)width : SIZE_MAX;

    text = skip_space(text);
    for (; length < limit && text[length] != '\0' && !isspace((unsigned char)text[length]);
         length++)
        to[length] = text[length];
    to[length] = '\0';
    return length == 0 ? NULL : text + length;
}

int sscanf(const char *text, const char *format, ...)
{
    va_list arguments;
    int stored = 0;

    va_start(arguments, format);
    for (; *format != '\0' && text != NULL; format++) {
        int width = 0, length = 4;
        if (isspace((unsigned char)*format)) {
            text = skip_space(text);
            continue;
        }
        if (*format != '%') {
            if (*text++ != *format)
                break;
            continue;
        }
        for (format++; isdigit((unsigned char)*format); format++)
            width = width * 10 + (*format - '0');
        for (; *format == 'h' || *format == 'l' || *format == 'z'; format++)
            length = *format == 'h' ? length / 2 : 8;
        if (*format == 'c') {
            if (*text == '\0')
                break;
            *va_arg(arguments, char *) = *text++;
        } else if (*format == 's') {
            text = scan_word(text, width, va_arg(arguments, char *));
        } else {
            long value;
            text = scan_number(text, width, *format == 'x' ? 16 : 10, &value);
            if (text != NULL)
                store(va_arg(arguments, void *), value, length);
        }
        stored += text != NULL;
    }
    va_end(arguments);
    return stored;
}
