/* A heap with boundary tags and one list of free blocks for each power of two. */
#include "alloc.h"
#include "boot.h"
#include "nolibc.h"

/* Sizes count the header, are multiples of 16, and carry "used" in bit 0. The
 * size of the block before makes merging in both directions cheap. */
struct block {
    size_t before, size;
    struct block *next, *previous; /* only while free */
};

enum { HEADER = 2 * sizeof(size_t), MINIMUM = sizeof(struct block), CLASSES = 40, USED = 1 };

extern char _end[];

static struct block *free_lists[CLASSES];
static uint64_t class_map; /* bit c: free_lists[c] is not empty */
static struct block *heap_first, *heap_last;
static struct alloc_statistics totals;

static size_t size_of(const struct block *b) { return b->size & ~(size_t)USED; }
static bool is_used(const struct block *b) { return b->size & USED; }
static struct block *after(struct block *b) { return (struct block *)((char *)b + size_of(b)); }
static struct block *ahead(struct block *b) { return (struct block *)((char *)b - b->before); }
static unsigned class_of(size_t size) { return 63 - (unsigned)__builtin_clzl(size); }
static void *payload(struct block *b) { return (char *)b + HEADER; }
static struct block *block_of(void *p) { return (struct block *)((char *)p - HEADER); }

static void link_free(struct block *b)
{
    unsigned class = class_of(b->size);

    b->previous = NULL;
    b->next = free_lists[class];
    if (b->next != NULL)
        b->next->previous = b;
    free_lists[class] = b;
    class_map |= 1ull << class;
}

static void unlink_free(struct block *b)
{
    unsigned class = class_of(b->size);

    if (b->previous != NULL)
        b->previous->next = b->next;
    else
        free_lists[class] = b->next;
    if (b->next != NULL)
        b->next->previous = b->previous;
    if (free_lists[class] == NULL)
        class_map &= ~(1ull << class);
}

/* The last header is a used block of size zero payload: a fence for merging. */
__attribute__((constructor)) static void heap_init(void)
{
    uintptr_t first = ((uintptr_t)_end + 15) & ~(uintptr_t)15;
    uintptr_t last = (boot_info()->ram_end & ~(uint64_t)15) - HEADER;

    if (heap_first != NULL || last < first + MINIMUM)
        return;
    heap_first = (struct block *)first;
    heap_last = (struct block *)last;
    heap_first->before = 0;
    heap_first->size = last - first;
    heap_last->before = heap_first->size;
    heap_last->size = HEADER | USED;
    totals.heap_size = last - first;
    link_free(heap_first);
}

static struct block *find(size_t size)
{
    unsigned class = class_of(size);
    uint64_t larger;

    /* In its own class a block may be too small; in all larger ones the first fits. */
    for (struct block *b = free_lists[class]; b != NULL; b = b->next)
        if (b->size >= size)
            return b;
    larger = class_map & ~((2ull << class) - 1);
    return larger == 0 ? NULL : free_lists[__builtin_ctzl(larger)];
}

/* Makes the block exactly this large and gives the rest back. */
static void trim(struct block *b, size_t size)
{
    size_t rest = size_of(b) - size;
    struct block *tail;

    if (rest < MINIMUM)
        return;
    b->size = size | (b->size & USED);
    tail = after(b);
    tail->before = size;
    tail->size = rest;
    if (!is_used(after(tail))) {
        unlink_free(after(tail));
        tail->size += size_of(after(tail));
    }
    after(tail)->before = tail->size;
    link_free(tail);
}

static size_t block_size(size_t payload_size)
{
    size_t size = (payload_size + HEADER + 15) & ~(size_t)15;

    return size < MINIMUM ? MINIMUM : size;
}

static void account(size_t taken, size_t given)
{
    totals.used += taken - given;
    if (totals.used > totals.peak)
        totals.peak = totals.used;
}

void *malloc(size_t size)
{
    size_t wanted = block_size(size);
    struct block *b = size > totals.heap_size ? NULL : find(wanted);

    if (b == NULL) {
        totals.failures++;
        return NULL;
    }
    unlink_free(b);
    trim(b, wanted);
    b->size |= USED;
    account(size_of(b), 0);
    totals.blocks++;
    totals.allocations++;
    return payload(b);
}

void free(void *p)
{
    struct block *b;

    if (p == NULL)
        return;
    b = block_of(p);
    if (!is_used(b) || after(b)->before != size_of(b))
        boot_panic("free: not a live block");
    account(0, size_of(b));
    totals.blocks--;
    totals.frees++;
    b->size = size_of(b);
    if (!is_used(after(b))) {
        unlink_free(after(b));
        b->size += after(b)->size;
    }
    if (b->before != 0 && !is_used(ahead(b))) {
        size_t size = b->size;
        b = ahead(b);
        unlink_free(b);
        b->size += size;
    }
    after(b)->before = b->size;
    link_free(b);
}

void *calloc(size_t count, size_t size)
{
    void *p;

    if (size != 0 && count > SIZE_MAX / size)
        return NULL;
    p = malloc(count * size);
    if (p != NULL)
        memset(p, 0, count * size);
    return p;
}

/* Grows into a free neighbour where it can, moves where it must. */
void *realloc(void *p, size_t size)
{
    struct block *b;
    size_t wanted = block_size(size), before;
    void *moved;

    if (p == NULL || size > totals.heap_size)
        return p == NULL ? malloc(size) : NULL;
    b = block_of(p);
    before = size_of(b);
    if (before < wanted && !is_used(after(b)) && before + after(b)->size >= wanted) {
        struct block *next = after(b);
        unlink_free(next);
        b->size += next->size;
        after(b)->before = size_of(b);
    }
    if (size_of(b) >= wanted) {
        trim(b, wanted);
        account(size_of(b), before);
        return p;
    }
    moved = malloc(size);
    if (moved != NULL) {
        memcpy(moved, p, before - HEADER);
        free(p);
    }
    return moved;
}

/* Cuts the part before the aligned address off as a free block. */
void *aligned_alloc(size_t alignment, size_t size)
{
    char *p = alignment <= 16 ? malloc(size) : malloc(size + alignment + MINIMUM);
    uintptr_t aligned;
    struct block *b, *front;

    if (p == NULL || alignment <= 16)
        return p;
    aligned = ((uintptr_t)p + alignment - 1) & ~(alignment - 1);
    while (aligned != (uintptr_t)p && aligned - (uintptr_t)p < MINIMUM)
        aligned += alignment;
    b = block_of(p);
    if (aligned != (uintptr_t)p) {
        front = b;
        b = block_of((void *)aligned);
        b->before = aligned - (uintptr_t)p;
        b->size = (size_of(front) - b->before) | USED;
        after(b)->before = size_of(b);
        front->size = b->before | USED;
        totals.blocks++;
        free(p);
    }
    account(0, size_of(b));
    trim(b, block_size(size));
    account(size_of(b), 0);
    return payload(b);
}

void alloc_statistics(struct alloc_statistics *statistics)
{
    *statistics = totals;
}

bool alloc_check(void)
{
    size_t before = 0, used = 0, blocks = 0;
    struct block *b = heap_first;

    for (; b < heap_last; b = after(b)) {
        if (b->before != before || size_of(b) < MINIMUM || size_of(b) % 16 != 0)
            return false;
        before = size_of(b);
        used += is_used(b) ? before : 0;
        blocks += is_used(b);
    }
    return b == heap_last && b->before == before && used == totals.used &&
           blocks == totals.blocks;
}
