/* nolibc: the part of a C library that needs no operating system. */
#pragma once
#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Memory. */
void *memcpy(void *restrict to, const void *restrict from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *memset(void *to, int value, size_t size);
int memcmp(const void *a, const void *b, size_t size);
void *memchr(const void *data, int value, size_t size);
void *memmem(const void *data, size_t size, const void *part, size_t part_size);

/* Strings. */
size_t strlen(const char *s);
size_t strnlen(const char *s, size_t maximum);
int strcmp(const char *a, const char *b);
int strncmp(const char *a, const char *b, size_t maximum);
int strcasecmp(const char *a, const char *b);
int strncasecmp(const char *a, const char *b, size_t maximum);
char *strchr(const char *s, int c);
char *strrchr(const char *s, int c);
char *strstr(const char *s, const char *part);
char *strpbrk(const char *s, const char *set);
size_t strspn(const char *s, const char *set);
size_t strcspn(const char *s, const char *set);
size_t strlcpy(char *to, const char *from, size_t size);
size_t strlcat(char *to, const char *from, size_t size);
char *strtok_r(char *s, const char *separators, char **rest);

/* Characters: ASCII only. */
int isalpha(int c);
int isdigit(int c);
int isalnum(int c);
int isxdigit(int c);
int isspace(int c);
int isupper(int c);
int islower(int c);
int isprint(int c);
int ispunct(int c);
int iscntrl(int c);
int tolower(int c);
int toupper(int c);

/* Numbers. */
long strtol(const char *s, char **end, int base);
unsigned long strtoul(const char *s, char **end, int base);
int atoi(const char *s);
/* The whole string must be a decimal number in range. */
bool parse_int64(const char *s, size_t length, int64_t *value);
uint64_t isqrt(uint64_t n);
uint64_t gcd(uint64_t a, uint64_t b);

/* Sorting and searching. */
typedef int (*comparison)(const void *a, const void *b);
void qsort(void *base, size_t count, size_t size, comparison compare);
void *bsearch(const void *key, const void *base, size_t count, size_t size,
              comparison compare);

/* Formatting: d i u x X o b c s p %, flags "-0+ #", width, precision, hh h l ll z j t. */
typedef void (*format_sink)(void *context, const char *text, size_t size);
int format_to(format_sink sink, void *context, const char *format, va_list arguments);
int vsnprintf(char *to, size_t size, const char *format, va_list arguments);
int snprintf(char *to, size_t size, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Scanning: d u x c s and literal text; returns the number of values stored. */
int sscanf(const char *text, const char *format, ...) __attribute__((format(scanf, 2, 3)));

/* Errors. */
enum error {
    OK, ERROR_NO_ENTRY, ERROR_EXISTS, ERROR_NO_MEMORY, ERROR_INVALID, ERROR_TOO_LARGE,
    ERROR_NOT_DIRECTORY, ERROR_IS_DIRECTORY, ERROR_NOT_EMPTY, ERROR_BAD_HANDLE,
    ERROR_READ_ONLY, ERROR_TRUNCATED, ERROR_CHECKSUM, ERROR_SYNTAX, ERROR_UNSUPPORTED,
    ERROR_AGAIN, ERROR_CLOSED, ERROR_TIMEOUT, ERROR_DEADLOCK, ERROR_PERMISSION,
    ERROR_LOOP, ERROR_NAME_TOO_LONG, ERROR_BUSY, ERROR_INTERNAL, ERROR_COUNT
};
const char *error_text(int error);
const char *error_name(int error);
