/* The beginning of layout-run, and what the compiler expects to find. */
#include "system.h"

__asm__(".globl _start\n"
        "_start:\n"
        "    xor %ebp, %ebp\n"
        "    mov %rsp, %rdi\n"
        "    and $-16, %rsp\n"
        "    call start_on\n");

void *memcpy(void *to, const void *from, size_t count)
{
    void *result = to;

    __asm__ volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(count) : : "memory");
    return result;
}

void *memmove(void *to, const void *from, size_t count)
{
    if (to <= from)
        return memcpy(to, from, count);
    for (size_t i = count; i > 0; i--)
        ((volatile unsigned char *)to)[i - 1] = ((const unsigned char *)from)[i - 1];
    return to;
}

void *memset(void *to, int value, size_t count)
{
    void *result = to;

    __asm__ volatile("rep stosb" : "+D"(to), "+c"(count) : "a"(value) : "memory");
    return result;
}

/* The stack as the kernel leaves it: argc, argv, 0, environment, 0, auxiliary vector. */
__attribute__((noreturn, used)) void start_on(unsigned long *stack)
{
    char **argv = (char **)(stack + 1);

    if (stack[0] == 2 && starts_with(argv[1], "keep")) {
        long status = keep(argv + stack[0] + 1);
        for (;;)
            call1(__NR_exit_group, status);
    }
    if (stack[0] < 3 || argv[1][0] != '-')
        fail("usage", "layout-run -[m][s][t] IMAGE [ARGUMENT...]\n"
                      "  IMAGE is a static ELF program, or the manifest of one in a pool\n"
                      "  m: its memory may be merged   s: it stays when it would exit   t: hashes of the pool are not checked");
    load(stack);
}
