/* One list of free blocks in the order of their addresses: small code for small images. */
#include "backend.h"
#include "libc.h"

struct block {
    size_t size; /* with this head */
    size_t asked;
};
struct free_block {
    size_t size;
    struct free_block *next;
};

static struct free_block *first;

size_t backend_init(uint8_t *from, uint8_t *to)
{
    first = (struct free_block *)from;
    first->size = (size_t)(to - from);
    first->next = NULL;
    return first->size;
}

void *backend_take(size_t size)
{
    size_t need = (size + sizeof(struct block) + 15) & ~15ul;

    for (struct free_block **link = &first; *link != NULL; link = &(*link)->next) {
        struct free_block *b = *link;
        if (b->size < need)
            continue;
        if (b->size - need >= 2 * sizeof(struct block)) {
            struct free_block *rest = (struct free_block *)((uint8_t *)b + need);
            rest->size = b->size - need;
            rest->next = b->next;
            *link = rest;
        } else {
            need = b->size;
            *link = b->next;
        }
        ((struct block *)b)->size = need;
        ((struct block *)b)->asked = size;
        return (struct block *)b + 1;
    }
    return NULL;
}

void backend_give(void *block)
{
    struct free_block *b = (struct free_block *)((struct block *)block - 1), *before = NULL, *after = first;

    while (after != NULL && after < b) {
        before = after;
        after = after->next;
    }
    b->next = after;
    if (after != NULL && (uint8_t *)b + b->size == (uint8_t *)after) {
        b->size += after->size;
        b->next = after->next;
    }
    if (before == NULL) {
        first = b;
    } else if ((uint8_t *)before + before->size == (uint8_t *)b) {
        before->size += b->size;
        before->next = b->next;
    } else {
        before->next = b;
    }
}

size_t backend_size(void *block)
{
    return ((struct block *)block - 1)->asked;
}
