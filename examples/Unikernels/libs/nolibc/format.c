/* The printf family over one sink. */
#include "nolibc.h"

struct output {
    format_sink sink;
    void *context;
    int total;
};

struct spec {
    bool left, zero, plus, space, alternate;
    int width, precision; /* precision -1: not given */
    int length;           /* size of the argument in bytes */
};

static void emit(struct output *out, const char *text, size_t size)
{
    if (size == 0)
        return;
    out->sink(out->context, text, size);
    out->total += (int)size;
}

static void repeat(struct output *out, char c, int count)
{
    for (; count > 0; count--)
        emit(out, &c, 1);
}

static void emit_padded(struct output *out, const struct spec *spec, const char *text,
                        size_t size)
{
    int padding = spec->width - (int)size;

    if (!spec->left)
        repeat(out, ' ', padding);
    emit(out, text, size);
    if (spec->left)
        repeat(out, ' ', padding);
}

static void emit_number(struct output *out, const struct spec *spec, const char *prefix,
                        uint64_t value, unsigned base, bool upper)
{
    const char *digits = upper ? "0123456789ABCDEF" : "0123456789abcdef";
    char text[65];
    int at = sizeof text, prefix_size = (int)strlen(prefix), count, zeros, padding;

    for (; value != 0; value /= base)
        text[--at] = digits[value % base];
    count = (int)sizeof text - at;
    zeros = (spec->precision < 0 ? 1 : spec->precision) - count;
    if (spec->zero && !spec->left && spec->precision < 0 &&
        zeros < spec->width - prefix_size - count)
        zeros = spec->width - prefix_size - count;
    if (zeros < 0)
        zeros = 0;
    padding = spec->width - prefix_size - zeros - count;
    if (!spec->left)
        repeat(out, ' ', padding);
    emit(out, prefix, (size_t)prefix_size);
    repeat(out, '0', zeros);
    emit(out, text + at, (size_t)count);
    if (spec->left)
        repeat(out, ' ', padding);
}

static const char *parse_flags(struct spec *spec, const char *at)
{
    for (;; at++) {
        switch (*at) {
        case '-': spec->left = true; break;
        case '0': spec->zero = true; break;
        case '+': spec->plus = true; break;
        case ' ': spec->space = true; break;
        case '#': spec->alternate = true; break;
        default: return at;
        }
    }
}

static const char *parse_length(struct spec *spec, const char *at)
{
    spec->length = 4;
    for (;; at++) {
        switch (*at) {
        case 'h': spec->length /= 2; break;
        case 'l': case 'z': case 'j': case 't': spec->length = 8; break;
        default: return at;
        }
    }
}

static const char *parse_count(const char *at, int *count)
{
    for (*count = 0; isdigit((unsigned char)*at); at++)
        *count = *count * 10 + (*at - '0');
    return at;
}

static int64_t narrow_signed(int64_t value, int length)
{
    switch (length) {
    case 1: return (int8_t)value;
    case 2: return (int16_t)value;
    case 4: return (int32_t)value;
    default: return value;
    }
}

static void emit_signed(struct output *out, const struct spec *spec, int64_t value)
{
    const char *sign = value < 0 ? "-" : spec->plus ? "+" : spec->space ? " " : "";

    value = narrow_signed(value, spec->length);
    sign = value < 0 ? "-" : *sign == '-' ? "" : sign;
    emit_number(out, spec, sign, value < 0 ? 0 - (uint64_t)value : (uint64_t)value, 10, false);
}

static void emit_unsigned(struct output *out, const struct spec *spec, char conversion,
                          uint64_t value)
{
    const char *prefix = "";
    unsigned base = 10;

    if (spec->length < 8)
        value &= (1ull << spec->length * 8) - 1;
    switch (conversion) {
    case 'x': base = 16; prefix = "0x"; break;
    case 'X': base = 16; prefix = "0X"; break;
    case 'o': base = 8; prefix = "0"; break;
    case 'b': base = 2; prefix = "0b"; break;
    }
    emit_number(out, spec, spec->alternate && value != 0 ? prefix : "", value, base,
                conversion == 'X');
}

/* One conversion; arguments is passed by reference because it must advance. */
static void convert(struct output *out, struct spec *spec, char conversion, va_list *arguments)
{
    switch (conversion) {
    case 'd': case 'i':
        emit_signed(out, spec, spec->length == 8 ? va_arg(*arguments, int64_t)
                                                 : va_arg(*arguments, int));
        break;
    case 'u': case 'x': case 'X': case 'o': case 'b':
        emit_unsigned(out, spec, conversion, spec->length == 8
                          ? va_arg(*arguments, uint64_t) : va_arg(*arguments, unsigned));
        break;
    case 'p':
        emit_number(out, spec, "0x", (uint64_t)va_arg(*arguments, void *), 16, false);
        break;
    case 'c': {
        char c = (char)va_arg(*arguments, int);
        emit_padded(out, spec, &c, 1);
        break;
    }
    case 's': {
        const char *text = va_arg(*arguments, const char *);
        if (text == NULL)
            text = "(null)";
        emit_padded(out, spec, text, spec->precision < 0 ? strlen(text)
                        : strnlen(text, (size_t)spec->precision));
        break;
    }
    default:
        emit(out, &conversion, 1);
    }
}

int format_to(format_sink sink, void *context, const char *format, va_list arguments)
{
    struct output out = {sink, context, 0};
    va_list rest;

    va_copy(rest, arguments);
    while (*format != '\0') {
        struct spec spec = {.precision = -1};
        size_t literal = strcspn(format, "%");
        emit(&out, format, literal);
        format += literal;
        if (*format == '\0' || *++format == '\0')
            break;
        format = parse_flags(&spec, format);
        if (*format == '*') {
            spec.width = va_arg(rest, int);
            format++;
        } else {
            format = parse_count(format, &spec.width);
        }
        if (spec.width < 0) {
            spec.left = true;
            spec.width = -spec.width;
        }
        if (*format == '.' && *++format == '*') {
            spec.precision = va_arg(rest, int);
            format++;
        } else if (format[-1] == '.') {
            format = parse_count(format, &spec.precision);
        }
        format = parse_length(&spec, format);
        if (*format != '\0')
            convert(&out, &spec, *format++, &rest);
    }
    va_end(rest);
    return out.total;
}

struct buffer {
    char *at, *end;
};

static void to_buffer(void *context, const char *text, size_t size)
{
    struct buffer *buffer = context;
    size_t room = (size_t)(buffer->end - buffer->at);

    if (size > room)
        size = room;
    memcpy(buffer->at, text, size);
    buffer->at += size;
}

int vsnprintf(char *to, size_t size, const char *format, va_list arguments)
{
    struct buffer buffer = {to, size == 0 ? to : to + size - 1};
    int total = format_to(to_buffer, &buffer, format, arguments);

    if (size > 0)
        *buffer.at = '\0';
    return total;
}

int snprintf(char *to, size_t size, const char *format, ...)
{
    va_list arguments;
    int total;

    va_start(arguments, format);
    total = vsnprintf(to, size, format, arguments);
    va_end(arguments);
    return total;
}
