/* The raw deflate streams that the wrappers contain. */
#pragma once
#include "compress.h"

int64_t deflate_raw(int level, const uint8_t *data, size_t size, uint8_t *to, size_t room);
/* *used: how many bytes of the input the stream took. */
int64_t inflate_raw(const uint8_t *data, size_t size, uint8_t *to, size_t room, size_t *used);
