/* Checksums. The CRCs take eight bytes a step with eight tables. */
#include "hash_internal.h"
#include "crc_tables.h"

static uint32_t crc_sliced(const uint32_t tables[8][256], uint32_t crc, const uint8_t *p,
                           size_t size)
{
    crc = ~crc;
    for (; size >= 8; size -= 8, p += 8) {
        uint32_t low = load32(p) ^ crc, high = load32(p + 4);
        crc = tables[7][low & 0xff] ^ tables[6][low >> 8 & 0xff] ^
              tables[5][low >> 16 & 0xff] ^ tables[4][low >> 24] ^ tables[3][high & 0xff] ^
              tables[2][high >> 8 & 0xff] ^ tables[1][high >> 16 & 0xff] ^
              tables[0][high >> 24];
    }
    for (; size > 0; size--)
        crc = crc >> 8 ^ tables[0][(crc ^ *p++) & 0xff];
    return ~crc;
}

uint32_t crc32(uint32_t crc, const void *data, size_t size)
{
    return crc_sliced(crc32_tables, crc, data, size);
}

uint32_t crc32c(uint32_t crc, const void *data, size_t size)
{
    return crc_sliced(crc32c_tables, crc, data, size);
}

/* CCITT, most significant bit first, bit by bit: short messages only. */
uint16_t crc16(uint16_t crc, const void *data, size_t size)
{
    const uint8_t *p = data;

    for (; size > 0; size--) {
        crc ^= (uint16_t)(*p++ << 8);
        for (unsigned bit = 0; bit < 8; bit++)
            crc = (uint16_t)(crc & 0x8000 ? crc << 1 ^ 0x1021 : crc << 1);
    }
    return crc;
}

uint32_t adler32(uint32_t sum, const void *data, size_t size)
{
    uint32_t a = sum & 0xffff, b = sum >> 16;
    const uint8_t *p = data;

    while (size > 0) {
        /* 5552 bytes is the most before b could overflow. */
        size_t run = size < 5552 ? size : 5552;
        size -= run;
        for (; run > 0; run--) {
            a += *p++;
            b += a;
        }
        a %= 65521;
        b %= 65521;
    }
    return b << 16 | a;
}

uint32_t fnv1a32(const void *data, size_t size)
{
    const uint8_t *p = data;
    uint32_t hash = 2166136261u;

    for (; size > 0; size--)
        hash = (hash ^ *p++) * 16777619u;
    return hash;
}

uint64_t fnv1a64(const void *data, size_t size)
{
    const uint8_t *p = data;
    uint64_t hash = 14695981039346656037ull;

    for (; size > 0; size--)
        hash = (hash ^ *p++) * 1099511628211ull;
    return hash;
}
