/* Compression: deflate (RFC 1951), and a fast one. All return the size of the result, or -1 if it does not fit or the input is damaged. */
#pragma once
#include <stddef.h>
#include <stdint.h>

long deflate(void *to, size_t room, const void *from, size_t size);
long inflate(void *to, size_t room, const void *from, size_t size);
long lz_pack(void *to, size_t room, const void *from, size_t size);
long lz_unpack(void *to, size_t room, const void *from, size_t size);
