/* Thread-local data as the x86-64 ABI has it: the data lies below the thread pointer, which points to itself. */
#include "plat.h"
#include "libc.h"

extern const char _tls_start[], _tdata_end[], _tls_end[], _tls_align[];

static size_t data_size(void)
{
    size_t align = (size_t)_tls_align, size = (size_t)(_tls_end - _tls_start);

    return align < 2 ? size : (size + align - 1) & ~(align - 1);
}

size_t kiln_tls_size(void)
{
    return ((data_size() + 63) & ~63ul) + 64;
}

void *kiln_tls_install(void *area, bool use)
{
    char *pointer = (char *)area + ((data_size() + 63) & ~63ul), *data = pointer - data_size();
    size_t filled = (size_t)(_tdata_end - _tls_start);
    uint64_t value = (uint64_t)pointer;

    memcpy(data, _tls_start, filled);
    memset(data + filled, 0, (size_t)(pointer - data) - filled);
    *(void **)pointer = pointer;
    if (use)
        __asm__ volatile("wrmsr" : : "c"(0xc0000100), "a"((uint32_t)value), "d"((uint32_t)(value >> 32)) : "memory");
    return pointer;
}
