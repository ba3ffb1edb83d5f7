/* compress: deflate in three wrappers, and a fast byte-oriented LZ format. */
#pragma once
#include <stddef.h>
#include <stdint.h>

enum compress_format { COMPRESS_RAW, COMPRESS_ZLIB, COMPRESS_GZIP };

/* Return the size of the result, or minus an error. level: 0 (stored) to 9. */
int64_t compress_deflate(enum compress_format format, int level, const void *data, size_t size,
                         void *to, size_t room);
int64_t compress_inflate(enum compress_format format, const void *data, size_t size, void *to,
                         size_t room);
size_t compress_bound(size_t size); /* room that always suffices */

/* Tokens of literals and matches, without entropy coding. */
int64_t lz_compress(const void *data, size_t size, void *to, size_t room);
int64_t lz_expand(const void *data, size_t size, void *to, size_t room);

/* Run lengths, for bitmaps and sparse data. */
int64_t rle_compress(const void *data, size_t size, void *to, size_t room);
int64_t rle_expand(const void *data, size_t size, void *to, size_t room);

/* Differences of numbers as variable-length integers, for sorted lists and series. */
int64_t delta_compress(const int64_t *values, size_t count, void *to, size_t room);
int64_t delta_expand(const void *data, size_t size, int64_t *values, size_t count);
