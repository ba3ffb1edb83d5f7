/* alloc: memory between the end of the image and the end of RAM. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The general heap. All blocks are aligned to 16 bytes. */
void *malloc(size_t size);
void *calloc(size_t count, size_t size);
void *realloc(void *block, size_t size);
void *aligned_alloc(size_t alignment, size_t size);
void free(void *block);
char *strdup(const char *s);
char *strndup(const char *s, size_t size);

struct alloc_statistics {
    size_t heap_size, used, peak, blocks;
    uint64_t allocations, frees, failures;
};
void alloc_statistics(struct alloc_statistics *statistics);
bool alloc_check(void); /* walks the heap; false if a block is damaged */

/* Arenas: many small objects that end together. */
struct arena_chunk;
struct arena {
    struct arena_chunk *chunks;
    size_t used;
};
void *arena_alloc(struct arena *arena, size_t size);
char *arena_copy(struct arena *arena, const char *text, size_t size);
void arena_free(struct arena *arena);

/* Pools: objects of one size, from slabs of a page. */
struct pool_slab;
struct pool {
    size_t object_size;
    struct pool_slab *slabs;
    size_t live;
};
void pool_init(struct pool *pool, size_t object_size);
void *pool_take(struct pool *pool);
void pool_give(struct pool *pool, void *object);
void pool_free(struct pool *pool);

/* Growing buffers of bytes; zero-initialised is empty. */
struct buffer {
    char *data; /* always zero-terminated once something was added */
    size_t size, capacity;
    bool failed;
};
void buffer_add(struct buffer *buffer, const void *data, size_t size);
void buffer_text(struct buffer *buffer, const char *text);
void buffer_char(struct buffer *buffer, char c);
void buffer_printf(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void buffer_free(struct buffer *buffer);
