/* From the first line of C to the application and out again. */
#include "plat.h"
#include <stdarg.h>
#include "libc.h"

extern const kiln_init kiln_inittab_start[], kiln_inittab_end[];
extern const char _text[], _erodata[], _image_start[], _end[];

static char first_tls[4096] __attribute__((aligned(64)));

/* The checksum that tools/seal wrote: CRC-32, bit by bit, since no table may be relied on yet. */
static uint32_t checksum(const unsigned char *from, const unsigned char *to)
{
    static uint32_t table[16];
    uint32_t crc = ~0u;

    for (uint32_t i = 0; i < 16; i++) {
        uint32_t c = i;
        for (int bit = 0; bit < 4; bit++)
            c = c & 1 ? c >> 1 ^ 0xedb88320 : c >> 1;
        table[i] = c;
    }
    for (; from < to; from++) {
        crc = table[(crc ^ *from) & 15] ^ crc >> 4;
        crc = table[(crc ^ *from >> 4) & 15] ^ crc >> 4;
    }
    return ~crc;
}

static void check_seal(void)
{
    /* Volatile: the compiler must not know what the header was before the image was sealed. */
    const volatile struct kiln_header *header = &kiln_header;

    if (header->sealed != 0x5ea1ed)
        kiln_panic("the image is not sealed");
    if (header->sealed_start != (uint64_t)_text || header->sealed_end != (uint64_t)_erodata)
        kiln_panic("the seal is for other addresses");
    if (header->image_start != (uint64_t)_image_start || header->image_start + header->image_size < (uint64_t)_erodata)
        kiln_panic("the seal has another size");
    if (checksum((const unsigned char *)header->sealed_start, (const unsigned char *)header->sealed_end) != header->checksum)
        kiln_panic("code or constants were damaged");
    printf("seal: intact\n");
}

void kiln_start(uint32_t magic, uint32_t info)
{
    int status;

    plat_uart_init();
    if (kiln_tls_size() > sizeof first_tls)
        kiln_panic("too much thread-local data");
    kiln_tls_install(first_tls, true);
    plat_traps_init();
    plat_memory_init(magic, info);
    plat_banner();
    check_seal();
    for (const kiln_init *entry = kiln_inittab_start; entry < kiln_inittab_end; entry++)
        if (*entry != NULL && (status = (*entry)()) != 0)
            kiln_panic("an initialiser failed: %d", status);
    kiln_exit(app_main());
}

void kiln_exit(int status)
{
    struct { uint64_t low, high; } none = {0, 0};

    printf("%s\n", status == 0 ? "done" : "failed");
    if (strstr(kiln_command_line(), "stay") != NULL)
        for (;;)
            __asm__ volatile("cli; hlt");
    plat_out32(0xf4, status == 0 ? 0x10 : 0x11);
    __asm__ volatile("lidt %0; int3" : : "m"(none)); /* no exit device: a triple fault resets the machine */
    __builtin_unreachable();
}

void kiln_panic(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    printf("panic: ");
    vprintf(format, arguments);
    printf("\n");
    va_end(arguments);
    kiln_exit(1);
}

uint64_t kiln_ticks(void)
{
    uint32_t low, high;

    __asm__ volatile("rdtsc" : "=a"(low), "=d"(high));
    return low | (uint64_t)high << 32;
}
