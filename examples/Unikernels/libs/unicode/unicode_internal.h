/* What the files of unicode share. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

size_t unicode_fold_one(uint32_t code, uint32_t to[3]);
/* One step of a canonical decomposition; second is 0 if there is only one part. */
bool unicode_decompose(uint32_t code, uint32_t *first, uint32_t *second);
uint32_t unicode_compose(uint32_t first, uint32_t second); /* 0: they do not compose */
