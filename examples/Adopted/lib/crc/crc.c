#include "crc.h"
#include "crc_tables.h"

#define SLICE(type, table, crc, data, size)                                                                  \
    do {                                                                                                     \
        const uint8_t *at = data;                                                                            \
        for (; size >= 8; size -= 8, at += 8) {                                                              \
            uint64_t word = 0;                                                                               \
            for (int i = 0; i < 8; i++)                                                                      \
                word |= (uint64_t)at[i] << 8 * i;                                                            \
            word ^= crc;                                                                                     \
            crc = table[7][word & 255] ^ table[6][word >> 8 & 255] ^ table[5][word >> 16 & 255] ^            \
                  table[4][word >> 24 & 255] ^ table[3][word >> 32 & 255] ^ table[2][word >> 40 & 255] ^     \
                  table[1][word >> 48 & 255] ^ table[0][word >> 56];                                         \
        }                                                                                                    \
        for (; size > 0; size--)                                                                             \
            crc = table[0][(crc ^ *at++) & 255] ^ crc >> 8;                                                  \
    } while (0)

uint32_t crc32(uint32_t crc, const void *data, size_t size)
{
    crc = ~crc;
    SLICE(uint32_t, crc32_table, crc, data, size);
    return ~crc;
}

uint32_t crc32c(uint32_t crc, const void *data, size_t size)
{
    crc = ~crc;
    SLICE(uint32_t, crc32c_table, crc, data, size);
    return ~crc;
}

uint64_t crc64(uint64_t crc, const void *data, size_t size)
{
    crc = ~crc;
    SLICE(uint64_t, crc64_table, crc, data, size);
    return ~crc;
}

uint32_t adler32(uint32_t adler, const void *data, size_t size)
{
    const uint8_t *at = data;
    uint32_t a = adler & 0xffff, b = adler >> 16;

    for (; size > 0; size--) {
        a = (a + *at++) % 65521;
        b = (b + a) % 65521;
    }
    return b << 16 | a;
}
