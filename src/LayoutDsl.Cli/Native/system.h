/* System calls and the few functions that a program without a C library needs. */
#ifndef SYSTEM_H
#define SYSTEM_H

#include <asm/unistd.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if !defined(__x86_64__)
#error "layout-run is written for x86_64"
#endif

static inline long call6(long number, long a, long b, long c, long d, long e, long f)
{
    long result;
    register long r10 __asm__("r10") = d;
    register long r8 __asm__("r8") = e;
    register long r9 __asm__("r9") = f;

    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                     : "rcx", "r11", "memory");
    return result;
}

#define call0(n) call6((n), 0, 0, 0, 0, 0, 0)
#define call1(n, a) call6((n), (long)(a), 0, 0, 0, 0, 0)
#define call2(n, a, b) call6((n), (long)(a), (long)(b), 0, 0, 0, 0)
#define call3(n, a, b, c) call6((n), (long)(a), (long)(b), (long)(c), 0, 0, 0)
#define call4(n, a, b, c, d) call6((n), (long)(a), (long)(b), (long)(c), (long)(d), 0, 0)

enum { PAGE = 4096 };

static inline size_t length_of(const char *text)
{
    size_t n = 0;

    while (text[n] != '\0')
        n++;
    return n;
}

static inline bool starts_with(const char *text, const char *start)
{
    while (*start != '\0')
        if (*text++ != *start++)
            return false;
    return true;
}

static inline void write_text(int file, const char *text)
{
    call3(__NR_write, file, text, length_of(text));
}

/* Says what is wrong, with the program's name and the file's, and ends with 126, as a shell does for what it cannot run. */
static inline __attribute__((noreturn)) void fail(const char *subject, const char *problem)
{
    write_text(2, "layout-run: ");
    write_text(2, subject);
    write_text(2, ": ");
    write_text(2, problem);
    write_text(2, "\n");
    for (;;)
        call1(__NR_exit_group, 126);
}

/* The compiler calls these for copies of structures. */
void *memcpy(void *to, const void *from, size_t count);
void *memset(void *to, int value, size_t count);
void *memmove(void *to, const void *from, size_t count);

/* Never returns: the program takes the process over, with the stack at its first word. */
__attribute__((noreturn)) void load(unsigned long *stack);

/* Starts programs for a parent and ends them with it. */
int keep(char **environment);

#endif
