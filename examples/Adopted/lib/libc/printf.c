/* printf and its relatives. Without CONFIG_PRINTF_FLOAT, %f and %g print a question mark. */
#include "libc.h"
#include "kiln.h"

struct output {
    char *to;
    size_t room, count;
    bool console;
};
struct field {
    int width, precision;
    bool left, zero, plus, space, alternate;
};

static void put(struct output *out, char c)
{
    if (out->console)
        kiln_putc(c);
    else if (out->count + 1 < out->room)
        out->to[out->count] = c;
    out->count++;
}

static void put_padded(struct output *out, const struct field *f, const char *prefix, const char *text, size_t length)
{
    size_t total = strlen(prefix) + length;
    int pad = f->width > (int)total ? f->width - (int)total : 0;

    if (!f->left && !f->zero)
        for (; pad > 0; pad--)
            put(out, ' ');
    while (*prefix != '\0')
        put(out, *prefix++);
    if (!f->left)
        for (; pad > 0; pad--)
            put(out, '0');
    for (size_t i = 0; i < length; i++)
        put(out, text[i]);
    for (; pad > 0; pad--)
        put(out, ' ');
}

static void put_number(struct output *out, struct field f, uint64_t value, bool negative, unsigned base, bool upper)
{
    char digits[72], *at = digits + sizeof digits;
    const char *prefix = negative ? "-" : f.plus ? "+" : f.space ? " " : "";

    for (uint64_t v = value; v != 0; v /= base)
        *--at = (upper ? "0123456789ABCDEF" : "0123456789abcdef")[v % base];
    while (digits + sizeof digits - at < (f.precision < 0 ? 1 : f.precision) && at > digits)
        *--at = '0';
    if (f.precision >= 0)
        f.zero = false;
    if (f.alternate && base == 16 && value != 0)
        prefix = upper ? "0X" : "0x";
    put_padded(out, &f, prefix, at, (size_t)(digits + sizeof digits - at));
}

#ifdef CONFIG_PRINTF_FLOAT
static void put_float(struct output *out, struct field f, double value, bool general)
{
    char text[340];
    size_t n = 0;
    int precision = f.precision < 0 ? 6 : f.precision > 17 ? 17 : f.precision, exponent = 0;
    bool negative = value < 0;
    double scale = 1, rest;
    uint64_t whole, digits;

    if (value != value || value > 1e300 || value < -1e300) {
        const char *word = value != value ? "nan" : "inf";
        f.zero = false;
        put_padded(out, &f, negative ? "-" : "", word, 3);
        return;
    }
    if (negative)
        value = -value;
    if (general && value != 0) {
        while (value >= 10 && exponent < 400)
            value /= 10, exponent++;
        while (value < 1 && exponent > -400)
            value *= 10, exponent--;
        precision = precision == 0 ? 0 : precision - 1;
        if (exponent >= -5 && exponent <= precision) {
            for (int e = exponent; e > 0; e--)
                value *= 10;
            for (int e = exponent; e < 0; e++)
                value /= 10;
            precision -= exponent;
            exponent = 0;
        }
    } else {
        while (value >= 1e18)
            value /= 10, exponent++;
    }
    for (int i = 0; i < precision; i++)
        scale *= 10;
    whole = (uint64_t)value;
    rest = (value - (double)whole) * scale + 0.5;
    if (rest >= scale) {
        whole++;
        rest -= scale;
    }
    digits = (uint64_t)rest;
    n += (size_t)snprintf(text + n, sizeof text - n, "%lu", whole);
    if (!general)
        for (; exponent > 0 && n < sizeof text - 20; exponent--)
            text[n++] = '0';
    if (precision > 0) {
        n += (size_t)snprintf(text + n, sizeof text - n, ".%0*lu", precision, digits);
        if (general && !f.alternate) {
            while (text[n - 1] == '0')
                n--;
            if (text[n - 1] == '.')
                n--;
        }
    }
    if (general && exponent != 0)
        n += (size_t)snprintf(text + n, sizeof text - n, "e%c%02d", exponent < 0 ? '-' : '+', exponent < 0 ? -exponent : exponent);
    put_padded(out, &f, negative ? "-" : f.plus ? "+" : "", text, n);
}
#else
static void put_float(struct output *out, struct field f, double value, bool general)
{
    (void)value, (void)general;
    put_padded(out, &f, "", "?", 1);
}
#endif

static const char *take_number(const char *format, int *value, va_list arguments[1])
{
    if (*format == '*') {
        *value = va_arg(*arguments, int);
        return format + 1;
    }
    for (*value = 0; isdigit(*format); format++)
        *value = *value * 10 + *format - '0';
    return format;
}

static void print(struct output *out, const char *format, va_list arguments)
{
    va_list list;

    va_copy(list, arguments);
    for (; *format != '\0'; format++) {
        struct field f = {.precision = -1};
        int size = 0;
        if (*format != '%') {
            put(out, *format);
            continue;
        }
        for (format++;; format++) {
            if (*format == '-') f.left = true;
            else if (*format == '0') f.zero = true;
            else if (*format == '+') f.plus = true;
            else if (*format == ' ') f.space = true;
            else if (*format == '#') f.alternate = true;
            else break;
        }
        format = take_number(format, &f.width, &list);
        if (f.width < 0) {
            f.left = true;
            f.width = -f.width;
        }
        if (*format == '.')
            format = take_number(format + 1, &f.precision, &list);
        for (; *format == 'l' || *format == 'z' || *format == 'h' || *format == 't'; format++)
            size += *format == 'h' ? -1 : 1;
        switch (*format) {
        case 'd': case 'i': {
            long value = size > 0 ? va_arg(list, long) : va_arg(list, int);
            put_number(out, f, value < 0 ? -(uint64_t)value : (uint64_t)value, value < 0, 10, false);
            break;
        }
        case 'u': case 'x': case 'X': case 'o': case 'b': {
            uint64_t value = size > 0 ? va_arg(list, unsigned long) : va_arg(list, unsigned);
            unsigned base = *format == 'u' ? 10 : *format == 'o' ? 8 : *format == 'b' ? 2 : 16;
            put_number(out, f, value, false, base, *format == 'X');
            break;
        }
        case 'p':
            f.alternate = true;
            put_number(out, f, (uint64_t)va_arg(list, void *), false, 16, false);
            break;
        case 'c': {
            char c = (char)va_arg(list, int);
            f.zero = false;
            put_padded(out, &f, "", &c, 1);
            break;
        }
        case 's': {
            const char *s = va_arg(list, const char *);
            if (s == NULL)
                s = "(null)";
            f.zero = false;
            put_padded(out, &f, "", s, f.precision >= 0 ? strnlen(s, (size_t)f.precision) : strlen(s));
            break;
        }
        case 'f': case 'g':
            put_float(out, f, va_arg(list, double), *format == 'g');
            break;
        case '%':
            put(out, '%');
            break;
        default:
            put(out, '%');
            if (*format == '\0')
                format--;
            else
                put(out, *format);
        }
    }
    va_end(list);
}

int vsnprintf(char *to, size_t room, const char *format, va_list arguments)
{
    struct output out = {to, room, 0, false};

    print(&out, format, arguments);
    if (room > 0)
        to[out.count < room ? out.count : room - 1] = '\0';
    return (int)out.count;
}

int snprintf(char *to, size_t room, const char *format, ...)
{
    va_list arguments;
    int count;

    va_start(arguments, format);
    count = vsnprintf(to, room, format, arguments);
    va_end(arguments);
    return count;
}

int vprintf(const char *format, va_list arguments)
{
    struct output out = {.console = true};

    print(&out, format, arguments);
    return (int)out.count;
}

int printf(const char *format, ...)
{
    va_list arguments;
    int count;

    va_start(arguments, format);
    count = vprintf(format, arguments);
    va_end(arguments);
    return count;
}
