#pragma once
#include "kiln.h"

void plat_uart_init(void);
void plat_memory_init(uint32_t magic, uint32_t info);
void plat_traps_init(void);
void plat_banner(void);
void kiln_start(uint32_t magic, uint32_t info);

static inline void plat_out8(uint16_t port, uint8_t value) { __asm__ volatile("outb %0, %1" : : "a"(value), "Nd"(port)); }
static inline void plat_out32(uint16_t port, uint32_t value) { __asm__ volatile("outl %0, %1" : : "a"(value), "Nd"(port)); }
static inline uint8_t plat_in8(uint16_t port)
{
    uint8_t value;
    __asm__ volatile("inb %1, %0" : "=a"(value) : "Nd"(port));
    return value;
}
