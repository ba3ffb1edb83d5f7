#include "libc.h"

void *memcpy(void *to, const void *from, size_t n)
{
    void *result = to;

    if (n >= 64) {
        __asm__ volatile("rep movsq" : "+D"(to), "+S"(from), "=c"((size_t){0}) : "c"(n / 8) : "memory");
        n &= 7;
    }
    for (char *t = to; n > 0; n--) {
        *t++ = *(const char *)from;
        from = (const char *)from + 1;
    }
    return result;
}

void *memmove(void *to, const void *from, size_t n)
{
    if ((uintptr_t)to - (uintptr_t)from >= n)
        return memcpy(to, from, n);
    while (n-- > 0)
        ((char *)to)[n] = ((const char *)from)[n];
    return to;
}

void *memset(void *to, int c, size_t n)
{
    void *at = to;
    size_t words = n / 8;

    __asm__ volatile("rep stosq" : "+D"(at), "+c"(words) : "a"(0x0101010101010101ul * (unsigned char)c) : "memory");
    for (n &= 7; n > 0; n--) {
        *(char *)at = (char)c;
        at = (char *)at + 1;
    }
    return to;
}

int memcmp(const void *a, const void *b, size_t n)
{
    const unsigned char *x = a, *y = b;

    for (; n > 0; n--, x++, y++)
        if (*x != *y)
            return *x - *y;
    return 0;
}

void *memchr(const void *s, int c, size_t n)
{
    for (const unsigned char *x = s; n > 0; n--, x++)
        if (*x == (unsigned char)c)
            return (void *)x;
    return NULL;
}

size_t strlen(const char *s)
{
    const char *end = s;

    while (*end != '\0')
        end++;
    return (size_t)(end - s);
}

size_t strnlen(const char *s, size_t n)
{
    const char *end = memchr(s, 0, n);

    return end != NULL ? (size_t)(end - s) : n;
}

int strcmp(const char *a, const char *b)
{
    while (*a != '\0' && *a == *b)
        a++, b++;
    return (unsigned char)*a - (unsigned char)*b;
}

int strncmp(const char *a, const char *b, size_t n)
{
    for (; n > 0; n--, a++, b++)
        if (*a != *b || *a == '\0')
            return (unsigned char)*a - (unsigned char)*b;
    return 0;
}

int strcasecmp(const char *a, const char *b)
{
    while (*a != '\0' && tolower(*a) == tolower(*b))
        a++, b++;
    return tolower((unsigned char)*a) - tolower((unsigned char)*b);
}

char *strchr(const char *s, int c)
{
    for (;; s++) {
        if (*s == (char)c)
            return (char *)s;
        if (*s == '\0')
            return NULL;
    }
}

char *strrchr(const char *s, int c)
{
    char *last = NULL;

    do {
        if (*s == (char)c)
            last = (char *)s;
    } while (*s++ != '\0');
    return last;
}

char *strstr(const char *s, const char *what)
{
    size_t n = strlen(what);

    for (; *s != '\0' || n == 0; s++)
        if (strncmp(s, what, n) == 0)
            return (char *)s;
    return NULL;
}

size_t strspn(const char *s, const char *set)
{
    size_t n = 0;

    while (s[n] != '\0' && strchr(set, s[n]) != NULL)
        n++;
    return n;
}

size_t strcspn(const char *s, const char *set)
{
    size_t n = 0;

    while (s[n] != '\0' && strchr(set, s[n]) == NULL)
        n++;
    return n;
}

size_t strlcpy(char *to, const char *from, size_t room)
{
    size_t n = strlen(from);

    if (room > 0) {
        size_t copied = n < room ? n : room - 1;
        memcpy(to, from, copied);
        to[copied] = '\0';
    }
    return n;
}

size_t strlcat(char *to, const char *from, size_t room)
{
    size_t used = strnlen(to, room);

    return used + strlcpy(to + used, from, room - used);
}

char *strsep(char **s, const char *set)
{
    char *token = *s, *end;

    if (token == NULL)
        return NULL;
    end = token + strcspn(token, set);
    *s = *end == '\0' ? NULL : end + 1;
    *end = '\0';
    return token;
}
