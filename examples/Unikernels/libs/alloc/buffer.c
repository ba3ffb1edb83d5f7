/* Buffers that grow, and copies of strings. */
#include "alloc.h"
#include "nolibc.h"

static bool reserve(struct buffer *buffer, size_t more)
{
    size_t needed = buffer->size + more + 1, capacity = buffer->capacity;
    char *data;

    if (needed <= capacity)
        return true;
    capacity = capacity < 64 ? 64 : capacity;
    while (capacity < needed)
        capacity *= 2;
    data = realloc(buffer->data, capacity);
    if (data == NULL) {
        buffer->failed = true;
        return false;
    }
    buffer->data = data;
    buffer->capacity = capacity;
    return true;
}

void buffer_add(struct buffer *buffer, const void *data, size_t size)
{
    if (!reserve(buffer, size))
        return;
    memcpy(buffer->data + buffer->size, data, size);
    buffer->size += size;
    buffer->data[buffer->size] = '\0';
}

void buffer_text(struct buffer *buffer, const char *text)
{
    buffer_add(buffer, text, strlen(text));
}

void buffer_char(struct buffer *buffer, char c)
{
    buffer_add(buffer, &c, 1);
}

static void to_buffer(void *context, const char *text, size_t size)
{
    buffer_add(context, text, size);
}

void buffer_printf(struct buffer *buffer, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    format_to(to_buffer, buffer, format, arguments);
    va_end(arguments);
}

void buffer_free(struct buffer *buffer)
{
    free(buffer->data);
    *buffer = (struct buffer){0};
}

char *strndup(const char *s, size_t size)
{
    size_t length = strnlen(s, size);
    char *copy = malloc(length + 1);

    if (copy != NULL) {
        memcpy(copy, s, length);
        copy[length] = '\0';
    }
    return copy;
}

char *strdup(const char *s)
{
    return strndup(s, SIZE_MAX);
}
