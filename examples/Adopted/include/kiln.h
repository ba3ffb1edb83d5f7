/* What the platform offers to libraries and applications. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An image starts with this. tools/seal fills in what is known after the link. */
struct kiln_header {
    char magic[8];
    uint32_t version, flags;
    uint64_t image_start, image_size;
    uint64_t sealed_start, sealed_end; /* what the checksum covers: code and constants */
    uint32_t checksum, sealed;
    char name[24];
};
extern const struct kiln_header kiln_header;

_Noreturn void kiln_exit(int status);
_Noreturn void kiln_panic(const char *format, ...) __attribute__((format(printf, 1, 2)));
uint64_t kiln_ram_end(void);
const char *kiln_command_line(void);
void kiln_putc(char c);
uint64_t kiln_ticks(void);

/* Thread-local data: the size of an area, and how one becomes that of the running thread. */
size_t kiln_tls_size(void);
void *kiln_tls_install(void *area, bool use);

/* Called with the address of a trap; returns true if the trap was expected. */
extern bool (*kiln_trap_hook)(unsigned vector, uint64_t address);

/* The application. */
int app_main(void);

/* Initialisers, run in the order of their level (two digits), then of their name. */
typedef int (*kiln_init)(void);
#define KILN_INIT(level, function)                                                                \
    __attribute__((used, section(".kiln.init." #level "." #function))) static const kiln_init     \
        kiln_init_##function = function
