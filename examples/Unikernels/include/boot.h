/* boot: from the PVH entry to the application and out again. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The one thing that an image gives to the libraries. The linker collects it in
 * section app_desc, so no library needs to know a symbol of an application. */
struct app_descriptor {
    const char *name;
    int (*main)(void);   /* 0 is success */
    const void *context; /* for runtimes that serve an application, such as lambda */
};

#define APP_DESCRIPTOR(app_name, app_main, app_context)                              \
    __attribute__((used, section("app_desc"))) static const struct app_descriptor    \
        the_app = {app_name, app_main, app_context}

const struct app_descriptor *boot_app(void);

/* What the loader told us about the machine. */
struct boot_info {
    uint64_t ram_end;        /* end of the RAM range that holds the image */
    uint64_t ram_total;      /* all usable RAM, in bytes */
    unsigned memory_ranges;  /* entries in the loader's memory map */
    const char *command_line;
};
const struct boot_info *boot_info(void);

/* Registers at an exception, as the stubs in trap_entry.S push them. */
struct trap_frame {
    uint64_t r15, r14, r13, r12, r11, r10, r9, r8;
    uint64_t rbp, rdi, rsi, rdx, rcx, rbx, rax;
    uint64_t vector, error;
    uint64_t rip, cs, rflags, rsp, ss;
};

enum { TRAP_DIVIDE = 0, TRAP_BREAKPOINT = 3, TRAP_INVALID_OPCODE = 6,
       TRAP_DOUBLE_FAULT = 8, TRAP_PROTECTION = 13, TRAP_PAGE_FAULT = 14, TRAP_COUNT = 32 };

/* A handler returns true when the interrupted code may go on. */
typedef bool (*trap_handler)(struct trap_frame *frame);
trap_handler boot_set_trap_handler(unsigned vector, trap_handler handler);

_Noreturn void boot_exit(int status);
_Noreturn void boot_panic(const char *format, ...) __attribute__((format(printf, 1, 2)));
