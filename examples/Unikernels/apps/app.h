/* What the images share: checks that count, and one line a result. */
#pragma once
#include "boot.h"
#include "console.h"
#include "nolibc.h"

static int failures;

static inline void check(bool good, const char *what)
{
    if (good) {
        console_printf("  %s\n", what);
    } else {
        failures++;
        console_printf("FAIL %s\n", what);
    }
}

static inline void check_text(const char *what, const char *got, const char *expected)
{
    bool good = got != NULL && strcmp(got, expected) == 0;

    if (good)
        console_printf("  %s: %s\n", what, got);
    else
        console_printf("FAIL %s: %s, expected %s\n", what, got, expected);
    failures += !good;
}

static inline void check_number(const char *what, int64_t got, int64_t expected)
{
    if (got == expected)
        console_printf("  %s: %ld\n", what, got);
    else
        console_printf("FAIL %s: %ld, expected %ld\n", what, got, expected);
    failures += got != expected;
}
