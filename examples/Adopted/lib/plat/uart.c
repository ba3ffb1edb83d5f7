#include "plat.h"

enum { PORT = 0x3f8 };

void plat_uart_init(void)
{
    plat_out8(PORT + 1, 0);
    plat_out8(PORT + 3, 0x80);
    plat_out8(PORT + 0, 1);
    plat_out8(PORT + 1, 0);
    plat_out8(PORT + 3, 3);
    plat_out8(PORT + 2, 7);
}

void kiln_putc(char c)
{
    if (c == '\n')
        kiln_putc('\r');
    while (!(plat_in8(PORT + 5) & 0x20))
        ;
    plat_out8(PORT, (uint8_t)c);
}
