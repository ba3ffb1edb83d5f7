/* What the libraries of these images offer to each other and to the applications. */
#ifndef FIRMWARE_H
#define FIRMWARE_H

#include <stddef.h>
#include <stdint.h>

/* The application. What it returns ends the run: 0 is success. */
int main(void);

/* libs/console: characters on UART0 of the board. */
void put_char(char c);
void put_text(const char *text);
void put_number(uint64_t value);
void put_hex(uint32_t value);

/* libs/memory: an allocator over the heap, and what it has given away. */
void *allocate(size_t bytes);
size_t allocated(void);

/* libs/stack: how much of the stack was ever used. */
size_t stack_size(void);
size_t stack_used(void);

/* libs/crc: CRC-32 (ISO-HDLC), with its table in data so that it is copied at start. */
uint32_t crc32(const void *bytes, size_t count);

/* Ends the run in QEMU through semihosting. */
_Noreturn void halt(int status);

#endif
