/* Formatted output, messages with a level, and hexadecimal dumps. */
#include "console.h"
#include "nolibc.h"

static enum console_level minimum_level = CONSOLE_INFO;

static void to_console(void *context, const char *text, size_t size)
{
    (void)context;
    console_write(text, size);
}

void console_vprintf(const char *format, va_list arguments)
{
    format_to(to_console, NULL, format, arguments);
}

void console_printf(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    console_vprintf(format, arguments);
    va_end(arguments);
}

void console_puts(const char *text)
{
    console_write(text, strlen(text));
    console_put('\n');
}

void console_set_level(enum console_level level)
{
    minimum_level = level;
}

void console_log(enum console_level level, const char *component, const char *format, ...)
{
    static const char *const names[] = {"debug", "info", "warning", "error"};
    va_list arguments;

    if (level < minimum_level || level > CONSOLE_ERROR)
        return;
    console_printf("[%-7s] %s: ", names[level], component);
    va_start(arguments, format);
    console_vprintf(format, arguments);
    va_end(arguments);
    console_put('\n');
}

static void dump_line(size_t offset, const uint8_t *bytes, size_t count)
{
    console_printf("%06zx ", offset);
    for (size_t i = 0; i < 16; i++) {
        if (i == 8)
            console_put(' ');
        if (i < count)
            console_printf(" %02x", bytes[i]);
        else
            console_write("   ", 3);
    }
    console_write("  |", 3);
    for (size_t i = 0; i < count; i++)
        console_put(isprint(bytes[i]) ? (char)bytes[i] : '.');
    console_write("|\n", 2);
}

void console_hexdump(const void *data, size_t size)
{
    const uint8_t *bytes = data;

    for (size_t offset = 0; offset < size; offset += 16)
        dump_line(offset, bytes + offset, size - offset < 16 ? size - offset : 16);
}
