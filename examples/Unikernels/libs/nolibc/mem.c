/* Memory blocks. Words where alignment allows, bytes elsewhere. */
#include "nolibc.h"

void *memcpy(void *restrict to, const void *restrict from, size_t size)
{
    void *start = to;

    __asm__ volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(size) : : "memory");
    return start;
}

void *memset(void *to, int value, size_t size)
{
    void *start = to;

    __asm__ volatile("rep stosb" : "+D"(to), "+c"(size) : "a"(value) : "memory");
    return start;
}

static void move_up(uint8_t *to, const uint8_t *from, size_t size)
{
    while (size >= 8) {
        size -= 8;
        *(uint64_t __attribute__((may_alias, aligned(1))) *)(to + size) =
            *(const uint64_t __attribute__((may_alias, aligned(1))) *)(from + size);
    }
    while (size-- > 0)
        to[size] = from[size];
}

void *memmove(void *to, const void *from, size_t size)
{
    if ((uintptr_t)to - (uintptr_t)from >= size)
        return memcpy(to, from, size);
    move_up(to, from, size);
    return to;
}

int memcmp(const void *a, const void *b, size_t size)
{
    const uint8_t *x = a, *y = b;

    for (; size > 0; size--, x++, y++)
        if (*x != *y)
            return *x - *y;
    return 0;
}

void *memchr(const void *data, int value, size_t size)
{
    const uint8_t *bytes = data;

    for (; size > 0; size--, bytes++)
        if (*bytes == (uint8_t)value)
            return (void *)bytes;
    return NULL;
}

/* Horspool: the last byte under the window says how far it may jump. */
static const uint8_t *search_long(const uint8_t *data, size_t size, const uint8_t *part,
                                  size_t part_size)
{
    size_t jump[256], last = part_size - 1;

    for (size_t i = 0; i < 256; i++)
        jump[i] = part_size;
    for (size_t i = 0; i < last; i++)
        jump[part[i]] = last - i;
    for (size_t at = 0; at + part_size <= size; at += jump[data[at + last]])
        if (data[at + last] == part[last] && memcmp(data + at, part, last) == 0)
            return data + at;
    return NULL;
}

void *memmem(const void *data, size_t size, const void *part, size_t part_size)
{
    const uint8_t *bytes = data, *first = part;

    if (part_size == 0)
        return (void *)data;
    if (part_size > 8 && size > 256)
        return (void *)search_long(bytes, size, first, part_size);
    for (; size >= part_size; bytes++, size--)
        if (*bytes == *first && memcmp(bytes, first, part_size) == 0)
            return (void *)bytes;
    return NULL;
}
