/* UART0 of the Stellaris LM3S6965: writing the data register at its base sends a character. */
#include "firmware.h"

#define UART0 (*(volatile uint32_t *)0x4000C000u)

static uint32_t sent;

void put_char(char c) {
    UART0 = (uint32_t)(unsigned char)c;
    sent++;
}

void put_text(const char *text) {
    while (*text) put_char(*text++);
}

/* 64 bits are divided by libgcc, whose code brings unwind tables (.ARM.exidx, .ARM.extab). */
void put_number(uint64_t value) {
    char digits[20];
    int count = 0;
    do digits[count++] = (char)('0' + value % 10);
    while (value /= 10);
    while (count) put_char(digits[--count]);
}

void put_hex(uint32_t value) {
    put_text("0x");
    for (int shift = 28; shift >= 0; shift -= 4) put_char("0123456789abcdef"[value >> shift & 15]);
}
