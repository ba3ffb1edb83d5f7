/* Memory between the end of the image and the end of RAM. Which allocator: CONFIG_HEAP_*. */
#pragma once
#include <stddef.h>
#include <stdint.h>

void *malloc(size_t size);
void *calloc(size_t count, size_t size);
void *realloc(void *block, size_t size);
void free(void *block);
char *strdup(const char *s);

struct heap_numbers { size_t size, used, peak, blocks; };
struct heap_numbers heap_numbers(void);
