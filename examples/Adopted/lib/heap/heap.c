#include "heap.h"
#include "backend.h"
#include "kiln.h"
#include "libc.h"

extern uint8_t _end[];
static struct heap_numbers numbers;

static int heap_init(void)
{
    uint8_t *from = (uint8_t *)(((uintptr_t)_end + 4095) & ~4095ul), *to = (uint8_t *)(kiln_ram_end() & ~4095ul);

    if (to < from + 65536)
        return -ENOMEM;
    numbers.size = backend_init(from, to);
    return 0;
}
KILN_INIT(10, heap_init);

void *malloc(size_t size)
{
    void *block = size > numbers.size ? NULL : backend_take(size != 0 ? size : 1);

    if (block == NULL) {
        errno = ENOMEM;
        return NULL;
    }
#ifdef CONFIG_HEAP_POISON
    memset(block, 0xa5, backend_size(block));
#endif
    numbers.used += backend_size(block);
    numbers.blocks++;
    if (numbers.used > numbers.peak)
        numbers.peak = numbers.used;
    return block;
}

void free(void *block)
{
    if (block == NULL)
        return;
    numbers.used -= backend_size(block);
    numbers.blocks--;
#ifdef CONFIG_HEAP_POISON
    memset(block, 0x5a, backend_size(block));
#endif
    backend_give(block);
}

void *calloc(size_t count, size_t size)
{
    size_t bytes;
    void *block;

    if (__builtin_mul_overflow(count, size, &bytes)) {
        errno = ENOMEM;
        return NULL;
    }
    block = malloc(bytes);
    return block != NULL ? memset(block, 0, bytes) : NULL;
}

void *realloc(void *block, size_t size)
{
    void *moved;
    size_t old;

    if (block == NULL)
        return malloc(size);
    old = backend_size(block);
    if (size <= old && size * 2 >= old)
        return block;
    moved = malloc(size);
    if (moved != NULL) {
        memcpy(moved, block, old < size ? old : size);
        free(block);
    }
    return moved;
}

char *strdup(const char *s)
{
    size_t size = strlen(s) + 1;
    char *copy = malloc(size);

    return copy != NULL ? memcpy(copy, s, size) : NULL;
}

struct heap_numbers heap_numbers(void)
{
    return numbers;
}
