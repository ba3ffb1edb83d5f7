/* What all programs share: say how each check went, and end with a verdict. */
#ifndef SERVICE_H
#define SERVICE_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int service_failures;

/* Prints the check and counts it when it failed. */
static inline bool check(bool good, const char *what)
{
    printf("  %-44s %s\n", what, good ? "yes" : "NO");
    service_failures += !good;
    return good;
}

/* Prints the text and checks it against the answer that is known from elsewhere. */
static inline bool check_text(const char *what, const char *got, const char *known)
{
    bool good = got != NULL && strcmp(got, known) == 0;

    printf("  %s: %s%s\n", what, got == NULL ? "(nothing)" : got, good ? "" : "   WRONG");
    service_failures += !good;
    return good;
}

static inline bool check_number(const char *what, long long got, long long known)
{
    printf("  %s: %lld%s\n", what, got, got == known ? "" : "   WRONG");
    service_failures += got != known;
    return got == known;
}

/* Lower-case hexadecimal of the bytes; text has room for two digits each and the end. */
static inline const char *hex(char *text, const unsigned char *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        sprintf(text + 2 * i, "%02x", bytes[i]);
    return text;
}

/* A small generator with a fixed seed, so that each run has the same "random" data. */
static inline unsigned service_random(unsigned *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

/* Ends a program: what main returns. */
static inline int finish(const char *name)
{
    printf("%s: %s\n", name, service_failures == 0 ? "ok" : "FAILED");
    return service_failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#endif
