/* What an allocator provides. */
#pragma once
#include <stddef.h>
#include <stdint.h>

size_t backend_init(uint8_t *from, uint8_t *to); /* returns what it manages */
void *backend_take(size_t size);
void backend_give(void *block);
size_t backend_size(void *block);
