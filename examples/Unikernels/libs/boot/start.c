/* The C side of booting: constructors, the application, the verdict. */
#include "boot_internal.h"
#include "console.h"
#include "cpu.h"
#include "nolibc.h"

enum { EXIT_PORT = 0xf4, EXIT_GOOD = 0x10, EXIT_BAD = 0x11 };

typedef void (*constructor)(void);
extern const constructor __init_array_start[], __init_array_end[];
extern const struct app_descriptor __start_app_desc[];

const struct app_descriptor *boot_app(void)
{
    return &__start_app_desc[0];
}

/* The table may be padded with zeros, so that it has one size in every image. */
static void run_constructors(void)
{
    for (const constructor *c = __init_array_start; c < __init_array_end; c++)
        if (*c != NULL)
            (*c)();
}

/* "stay" on the command line keeps the guest alive after its work, for whoever
 * wants to look at the memory of many guests at once. */
static bool must_stay(void)
{
    return strstr(boot_info()->command_line, "stay") != NULL;
}

static _Noreturn void triple_fault(void)
{
    struct { uint64_t low, high; } nothing = {0, 0};

    __asm__ volatile("lidt %0; int3" : : "m"(nothing));
    cpu_halt();
}

void boot_exit(int status)
{
    console_flush();
    if (must_stay())
        cpu_halt();
    cpu_out32(EXIT_PORT, status == 0 ? EXIT_GOOD : EXIT_BAD);
    /* Still here: the machine has no exit device. A reset ends it as well. */
    triple_fault();
}

void boot_panic(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    console_printf("panic: ");
    console_vprintf(format, arguments);
    console_printf("\n%s: FAIL\n", boot_app()->name);
    va_end(arguments);
    boot_exit(1);
}

/* Called by entry.S. */
void boot_start(uint64_t start_info_address);
void boot_start(uint64_t start_info_address)
{
    int status;

    boot_traps_init();
    boot_info_init(start_info_address);
    run_constructors();
    status = boot_app()->main();
    console_printf("%s: %s\n", boot_app()->name, status == 0 ? "ok" : "FAIL");
    boot_exit(status);
}
