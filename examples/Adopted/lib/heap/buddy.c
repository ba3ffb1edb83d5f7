/* Blocks of powers of two, split and joined in pairs. */
#include "backend.h"
#include "libc.h"

enum { LOWEST = 6, LEVELS = 26 };

struct block {
    uint32_t level, free;
    uint64_t size; /* what was asked for */
    struct block *next, **link;
};
enum { HEAD = 16 };

static struct block *lists[LEVELS];
static uint8_t *base;
static size_t whole;

static void add(struct block *b, uint32_t level)
{
    b->level = level;
    b->free = 1;
    b->next = lists[level];
    if (b->next != NULL)
        b->next->link = &b->next;
    b->link = &lists[level];
    lists[level] = b;
}

static void drop(struct block *b)
{
    *b->link = b->next;
    if (b->next != NULL)
        b->next->link = b->link;
    b->free = 0;
}

size_t backend_init(uint8_t *from, uint8_t *to)
{
    uint8_t *at = from;

    base = from;
    whole = (size_t)(to - from);
    for (uint32_t level = LEVELS; level-- > LOWEST;) {
        size_t size = (size_t)1 << level;
        while ((size_t)(to - at) >= size && (size_t)(at - base) % size == 0) {
            add((struct block *)at, level);
            at += size;
        }
    }
    whole = (size_t)(at - base);
    return whole;
}

void *backend_take(size_t size)
{
    uint32_t level = LOWEST, from;
    struct block *b;

    while (level < LEVELS && ((size_t)1 << level) < size + HEAD)
        level++;
    for (from = level; from < LEVELS && lists[from] == NULL; from++)
        ;
    if (from >= LEVELS)
        return NULL;
    b = lists[from];
    drop(b);
    for (; from > level; from--)
        add((struct block *)((uint8_t *)b + ((size_t)1 << (from - 1))), from - 1);
    b->level = level;
    b->size = size;
    return (uint8_t *)b + HEAD;
}

void backend_give(void *block)
{
    uint8_t *at = (uint8_t *)block - HEAD;
    uint32_t level = ((struct block *)at)->level;

    for (; level + 1 < LEVELS; level++) {
        size_t place = (size_t)(at - base) ^ (size_t)1 << level;
        struct block *other = (struct block *)(base + place);
        if (place + ((size_t)1 << level) > whole || !other->free || other->level != level)
            break;
        drop(other);
        if ((uint8_t *)other < at)
            at = (uint8_t *)other;
    }
    add((struct block *)at, level);
}

size_t backend_size(void *block)
{
    return ((struct block *)((uint8_t *)block - HEAD))->size;
}
