/* Arenas and pools. */
#include "alloc.h"
#include "nolibc.h"

enum { CHUNK = 16384, SLAB = 4096 };

struct arena_chunk {
    struct arena_chunk *next;
    size_t size, used;
    max_align_t data[];
};

void *arena_alloc(struct arena *arena, size_t size)
{
    struct arena_chunk *chunk = arena->chunks;
    void *p;

    size = (size + 15) & ~(size_t)15;
    if (chunk == NULL || chunk->size - chunk->used < size) {
        size_t room = size > CHUNK ? size : CHUNK;
        chunk = malloc(sizeof *chunk + room);
        if (chunk == NULL)
            return NULL;
        *chunk = (struct arena_chunk){arena->chunks, room, 0};
        arena->chunks = chunk;
    }
    p = (char *)chunk->data + chunk->used;
    chunk->used += size;
    arena->used += size;
    return p;
}

char *arena_copy(struct arena *arena, const char *text, size_t size)
{
    char *copy = arena_alloc(arena, size + 1);

    if (copy != NULL) {
        memcpy(copy, text, size);
        copy[size] = '\0';
    }
    return copy;
}

void arena_free(struct arena *arena)
{
    while (arena->chunks != NULL) {
        struct arena_chunk *next = arena->chunks->next;
        free(arena->chunks);
        arena->chunks = next;
    }
    arena->used = 0;
}

/* Slabs lie on their own size, so an object finds its slab by masking its address. */
struct pool_slab {
    struct pool_slab *next;
    void *free_objects;
    unsigned used, capacity;
};

static struct pool_slab *slab_new(struct pool *pool)
{
    struct pool_slab *slab = aligned_alloc(SLAB, SLAB);
    char *object;

    if (slab == NULL)
        return NULL;
    *slab = (struct pool_slab){.next = pool->slabs};
    object = (char *)(slab + 1);
    for (; object + pool->object_size <= (char *)slab + SLAB; object += pool->object_size) {
        *(void **)object = slab->free_objects;
        slab->free_objects = object;
        slab->capacity++;
    }
    pool->slabs = slab;
    return slab;
}

void pool_init(struct pool *pool, size_t object_size)
{
    *pool = (struct pool){.object_size = (object_size + 15) & ~(size_t)15};
}

void *pool_take(struct pool *pool)
{
    struct pool_slab *slab = pool->slabs;
    void *object;

    while (slab != NULL && slab->free_objects == NULL)
        slab = slab->next;
    if (slab == NULL && (slab = slab_new(pool)) == NULL)
        return NULL;
    object = slab->free_objects;
    slab->free_objects = *(void **)object;
    slab->used++;
    pool->live++;
    return object;
}

void pool_give(struct pool *pool, void *object)
{
    struct pool_slab *slab = (struct pool_slab *)((uintptr_t)object & ~(uintptr_t)(SLAB - 1));

    *(void **)object = slab->free_objects;
    slab->free_objects = object;
    slab->used--;
    pool->live--;
}

void pool_free(struct pool *pool)
{
    while (pool->slabs != NULL) {
        struct pool_slab *next = pool->slabs->next;
        free(pool->slabs);
        pool->slabs = next;
    }
    pool->live = 0;
}
