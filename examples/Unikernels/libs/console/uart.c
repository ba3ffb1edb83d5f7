/* The 16550 on COM1, polled. */
#include "console.h"
#include "cpu.h"

enum { PORT = 0x3f8 };
enum { DATA = PORT, INTERRUPT_ENABLE = PORT + 1, FIFO = PORT + 2, LINE = PORT + 3,
       MODEM = PORT + 4, STATUS = PORT + 5 };
enum { READY_TO_READ = 0x01, READY_TO_WRITE = 0x20, ALL_SENT = 0x40 };

__attribute__((constructor)) static void uart_init(void)
{
    cpu_out8(INTERRUPT_ENABLE, 0);
    cpu_out8(LINE, 0x80); /* the next two bytes are the divisor: 115200 baud */
    cpu_out8(DATA, 1);
    cpu_out8(INTERRUPT_ENABLE, 0);
    cpu_out8(LINE, 0x03); /* eight bits, no parity, one stop bit */
    cpu_out8(FIFO, 0x07);
    cpu_out8(MODEM, 0x03);
}

void console_put(char c)
{
    while ((cpu_in8(STATUS) & READY_TO_WRITE) == 0)
        ;
    cpu_out8(DATA, (uint8_t)c);
}

int console_get(void)
{
    return cpu_in8(STATUS) & READY_TO_READ ? cpu_in8(DATA) : -1;
}

void console_write(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        console_put(text[i]);
}

void console_flush(void)
{
    while ((cpu_in8(STATUS) & ALL_SENT) == 0)
        ;
}
