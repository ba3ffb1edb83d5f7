/* Writes the tables with which lib/crc takes eight bytes at a time. */
#include <stdint.h>
#include <stdio.h>

static void write_table(const char *type, const char *name, uint64_t polynomial, int digits)
{
    uint64_t table[8][256];

    for (int i = 0; i < 256; i++) {
        uint64_t c = (uint64_t)i;
        for (int bit = 0; bit < 8; bit++)
            c = c & 1 ? c >> 1 ^ polynomial : c >> 1;
        table[0][i] = c;
    }
    for (int k = 1; k < 8; k++)
        for (int i = 0; i < 256; i++)
            table[k][i] = table[0][table[k - 1][i] & 255] ^ table[k - 1][i] >> 8;
    printf("\nconst %s %s[8][256] = {\n", type, name);
    for (int k = 0; k < 8; k++) {
        printf("    {");
        for (int i = 0; i < 256; i++)
            printf("%s0x%0*lx,", i % 8 == 0 ? "\n        " : " ", digits, (unsigned long)table[k][i]);
        printf("\n    },\n");
    }
    printf("};\n");
}

int main(void)
{
    printf("/* Written by tools/mkcrc.c. */\n#include \"crc/crc_tables.h\"\n");
    write_table("uint32_t", "crc32_table", 0xedb88320, 8);
    write_table("uint32_t", "crc32c_table", 0x82f63b78, 8);
    write_table("uint64_t", "crc64_table", 0xc96c5795d7870f42, 16);
    return 0;
}
