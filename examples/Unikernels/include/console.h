/* console: text on the first serial port. */
#pragma once
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

void console_write(const char *text, size_t size);
void console_put(char c);
void console_puts(const char *text); /* adds a new line */
void console_printf(const char *format, ...) __attribute__((format(printf, 1, 2)));
void console_vprintf(const char *format, va_list arguments);
void console_flush(void); /* returns when the last byte has left the port */
int console_get(void);    /* -1 when nothing was typed */

/* Lines of sixteen bytes with offset, hexadecimal and text columns. */
void console_hexdump(const void *data, size_t size);

/* Leveled messages; those below the level are dropped. */
enum console_level { CONSOLE_DEBUG, CONSOLE_INFO, CONSOLE_WARNING, CONSOLE_ERROR };
void console_set_level(enum console_level level);
void console_log(enum console_level level, const char *component, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Tables with columns that are as wide as their widest cell. */
struct console_table {
    unsigned columns, rows, capacity;
    const char **cells;       /* rows * columns, owned by the caller */
    const char *const *heads;
    uint32_t right_aligned;   /* one bit a column */
};
void console_table_row(struct console_table *table, const char *const *cells);
void console_table_print(const struct console_table *table);

/* A bar of 40 characters, for shares and histograms. */
void console_bar(const char *label, uint64_t value, uint64_t maximum);

/* Line editing over any source of characters; returns the length or -1 at its end. */
typedef int (*console_source)(void *context);
int console_read_line(console_source source, void *context, char *line, size_t size);
