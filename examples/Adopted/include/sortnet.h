/* Sorts numbers: straight-line networks for up to 48, and merges for more. */
#pragma once
#include <stddef.h>
#include <stdint.h>

void sort_words(uint64_t *words, size_t count, uint64_t *scratch); /* scratch: as many words */
size_t sort_network_largest(void);
