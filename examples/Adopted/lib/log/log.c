/* Every line starts with the application's name, so this object differs between images. */
#include "log.h"
#include "libc.h"

static unsigned counts[3];

int log_write(enum log_level level, const char *format, ...)
{
    static const char *const words[] = {"error", "info", "debug"};
    char line[160];
    va_list arguments;
    int n = snprintf(line, sizeof line, "[" CONFIG_APP_NAME "] %s: ", words[level]);

    va_start(arguments, format);
    vsnprintf(line + n, sizeof line - (size_t)n, format, arguments);
    va_end(arguments);
    counts[level]++;
    log_ring_add(line);
    return printf("%s\n", line);
}

unsigned log_count(enum log_level level)
{
    return counts[level];
}
