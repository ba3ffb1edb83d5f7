#pragma once
#include <stddef.h>
#include <stdint.h>

uint32_t crc32(uint32_t crc, const void *data, size_t size);   /* IEEE 802.3; start with 0 */
uint32_t crc32c(uint32_t crc, const void *data, size_t size);  /* Castagnoli */
uint64_t crc64(uint64_t crc, const void *data, size_t size);   /* ECMA-182, reflected (XZ) */
uint32_t adler32(uint32_t adler, const void *data, size_t size); /* start with 1 */
