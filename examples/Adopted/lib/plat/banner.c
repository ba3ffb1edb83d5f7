/* The one file of the platform that knows the application's name. */
#include "plat.h"
#include "libc.h"

void plat_banner(void)
{
    printf("Kiln 2 for " CONFIG_APP_NAME
#ifdef CONFIG_BOOT_MULTIBOOT
           " (multiboot)"
#endif
           "\n");
}
