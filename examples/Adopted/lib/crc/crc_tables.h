#pragma once
#include <stdint.h>
extern const uint32_t crc32_table[8][256], crc32c_table[8][256];
extern const uint64_t crc64_table[8][256];
