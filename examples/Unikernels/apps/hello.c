/* hello: the smallest image; shows that boot, traps, console and nolibc work. */
#include "app.h"

static unsigned breakpoints;

static bool count_breakpoint(struct trap_frame *frame)
{
    breakpoints++;
    return frame->vector == TRAP_BREAKPOINT;
}

/* The handler moves past the instruction that cannot be executed. */
static bool skip_invalid(struct trap_frame *frame)
{
    frame->rip += 2;
    return true;
}

static void show_traps(void)
{
    console_puts("traps");
    boot_set_trap_handler(TRAP_BREAKPOINT, count_breakpoint);
    __asm__ volatile("int3; int3; int3");
    check_number("breakpoints", breakpoints, 3);
    boot_set_trap_handler(TRAP_INVALID_OPCODE, skip_invalid);
    __asm__ volatile("ud2");
    check(true, "an invalid instruction was skipped");
}

static void show_formatting(void)
{
    char text[80];

    console_puts("formatting");
    snprintf(text, sizeof text, "[%5d|%-5d|%05d|%+d|%x|%#X|%o]", 42, 42, 42, 42, 255, 255, 8);
    check_text("integers", text, "[   42|42   |00042|+42|ff|0XFF|10]");
    snprintf(text, sizeof text, "[%.3s|%6s|%-6s|%c|%%]", "abcdef", "ab", "cd", 'x');
    check_text("strings", text, "[abc|    ab|cd    |x|%]");
    snprintf(text, sizeof text, "%ld %lu %hhu", INT64_MIN, UINT64_MAX, (unsigned char)200);
    check_text("extremes", text, "-9223372036854775808 18446744073709551615 200");
    check_number("cut off at", snprintf(text, 8, "%s", "a long sentence"), 15);
    check_text("what is left", text, "a long ");
}

static int by_value(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return x < y ? -1 : x > y;
}

static void show_sorting(void)
{
    static uint32_t values[5000];
    uint32_t state = 1, wanted;
    bool ordered = true;

    console_puts("sorting");
    for (size_t i = 0; i < 5000; i++)
        values[i] = state = state * 1664525 + 1013904223;
    wanted = values[1234];
    qsort(values, 5000, sizeof values[0], by_value);
    for (size_t i = 1; i < 5000; i++)
        ordered &= values[i - 1] <= values[i];
    check(ordered, "5000 numbers are in order");
    check(bsearch(&wanted, values, 5000, sizeof wanted, by_value) != NULL,
          "a binary search finds one of them");
}

static void show_numbers(void)
{
    char *end, word[16];
    int day, month, year;

    console_puts("numbers");
    check_number("strtol", strtol(" -0x1fz", &end, 0), -31);
    check_text("its rest", end, "z");
    check_number("saturates", strtol("99999999999999999999", NULL, 10), INT64_MAX);
    check_number("square root", (int64_t)isqrt(999999999999), 999999);
    check_number("gcd", (int64_t)gcd(1071, 462), 21);
    check_number("sscanf", sscanf("on 24-12-2031 night", "on %d-%d-%d %15s", &day, &month, &year, word), 4);
    check_number("year", year, 2031);
    check_text("word", word, "night");
}

static int hello_main(void)
{
    console_puts("Hello from a unikernel.");
    check(boot_info()->ram_end >= 15 << 20, "at least 15 MiB of RAM");
    show_traps();
    show_formatting();
    show_sorting();
    show_numbers();
    return failures;
}

APP_DESCRIPTOR("hello", hello_main, NULL);
