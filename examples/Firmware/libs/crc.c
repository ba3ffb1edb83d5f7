/* CRC-32 by half bytes. The table is writable data on purpose: it works only after start-up has copied it.
 * volatile keeps the compiler from seeing that nothing writes to it. */
#include "firmware.h"

static volatile uint32_t table[16] = {
    0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4, 0x4db26158, 0x5005713c,
    0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c, 0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c,
};

uint32_t crc32(const void *bytes, size_t count) {
    uint32_t crc = ~0u;
    for (const unsigned char *at = bytes; count--; at++) {
        crc = table[(crc ^ *at) & 15] ^ crc >> 4;
        crc = table[(crc ^ *at >> 4) & 15] ^ crc >> 4;
    }
    return ~crc;
}
