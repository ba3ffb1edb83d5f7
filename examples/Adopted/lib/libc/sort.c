#include "libc.h"

static void swap(char *a, char *b, size_t size)
{
    for (; size > 0; size--, a++, b++) {
        char c = *a;
        *a = *b;
        *b = c;
    }
}

static void sift(char *base, size_t from, size_t count, size_t size, int (*compare)(const void *, const void *))
{
    for (size_t child; (child = from * 2 + 1) < count; from = child) {
        if (child + 1 < count && compare(base + child * size, base + (child + 1) * size) < 0)
            child++;
        if (compare(base + from * size, base + child * size) >= 0)
            return;
        swap(base + from * size, base + child * size, size);
    }
}

/* Heap sort for long runs, insertion for short ones: no recursion, no worst case. */
void qsort(void *base, size_t count, size_t size, int (*compare)(const void *, const void *))
{
    char *b = base;

    if (count < 12) {
        for (size_t i = 1; i < count; i++)
            for (size_t j = i; j > 0 && compare(b + (j - 1) * size, b + j * size) > 0; j--)
                swap(b + (j - 1) * size, b + j * size, size);
        return;
    }
    for (size_t i = count / 2; i-- > 0;)
        sift(b, i, count, size, compare);
    for (size_t last = count - 1; last > 0; last--) {
        swap(b, b + last * size, size);
        sift(b, 0, last, size, compare);
    }
}

void *bsearch(const void *key, const void *base, size_t count, size_t size, int (*compare)(const void *, const void *))
{
    for (size_t low = 0, high = count; low < high;) {
        size_t middle = (low + high) / 2;
        const char *at = (const char *)base + middle * size;
        int order = compare(key, at);
        if (order == 0)
            return (void *)at;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}
