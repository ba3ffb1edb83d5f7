/* Sorting: quicksort that falls back to heapsort, so it never gets quadratic. */
#include "nolibc.h"

struct sorter {
    size_t size;
    comparison compare;
};

static void swap(char *a, char *b, size_t size)
{
    for (; size > 0; size--, a++, b++) {
        char c = *a;
        *a = *b;
        *b = c;
    }
}

static void insertion_sort(const struct sorter *s, char *base, size_t count)
{
    for (size_t i = 1; i < count; i++)
        for (char *at = base + i * s->size; at > base && s->compare(at - s->size, at) > 0;
             at -= s->size)
            swap(at - s->size, at, s->size);
}

static void sift_down(const struct sorter *s, char *base, size_t root, size_t count)
{
    for (;;) {
        size_t child = 2 * root + 1;
        if (child >= count)
            return;
        if (child + 1 < count &&
            s->compare(base + child * s->size, base + (child + 1) * s->size) < 0)
            child++;
        if (s->compare(base + root * s->size, base + child * s->size) >= 0)
            return;
        swap(base + root * s->size, base + child * s->size, s->size);
        root = child;
    }
}

static void heap_sort(const struct sorter *s, char *base, size_t count)
{
    for (size_t root = count / 2; root-- > 0;)
        sift_down(s, base, root, count);
    for (size_t last = count; last-- > 1;) {
        swap(base, base + last * s->size, s->size);
        sift_down(s, base, 0, last);
    }
}

/* Moves the median of three to the front and splits around it. */
static size_t partition(const struct sorter *s, char *base, size_t count)
{
    char *middle = base + count / 2 * s->size, *last = base + (count - 1) * s->size;
    size_t split = 0;

    if (s->compare(middle, last) > 0)
        swap(middle, last, s->size);
    if (s->compare(base, last) > 0)
        swap(base, last, s->size);
    if (s->compare(base, middle) < 0)
        swap(base, middle, s->size);
    for (size_t i = 1; i < count; i++)
        if (s->compare(base + i * s->size, base) < 0 && ++split != i)
            swap(base + i * s->size, base + split * s->size, s->size);
    swap(base, base + split * s->size, s->size);
    return split;
}

static void sort(const struct sorter *s, char *base, size_t count, unsigned depth)
{
    while (count > 12) {
        size_t split;
        if (depth-- == 0) {
            heap_sort(s, base, count);
            return;
        }
        split = partition(s, base, count);
        sort(s, base, split, depth);
        base += (split + 1) * s->size;
        count -= split + 1;
    }
    insertion_sort(s, base, count);
}

void qsort(void *base, size_t count, size_t size, comparison compare)
{
    struct sorter s = {size, compare};
    unsigned depth = 2;

    for (size_t n = count; n > 1; n /= 2)
        depth += 2;
    sort(&s, base, count, depth);
}

void *bsearch(const void *key, const void *base, size_t count, size_t size,
              comparison compare)
{
    const char *first = base;

    while (count > 0) {
        const char *middle = first + count / 2 * size;
        int order = compare(key, middle);
        if (order == 0)
            return (void *)middle;
        if (order > 0) {
            first = middle + size;
            count -= count / 2 + 1;
        } else {
            count /= 2;
        }
    }
    return NULL;
}
