/* Zero-terminated strings. */
#include "nolibc.h"

size_t strlen(const char *s)
{
    const char *end = s;

    while (*end != '\0')
        end++;
    return (size_t)(end - s);
}

size_t strnlen(const char *s, size_t maximum)
{
    const char *end = memchr(s, '\0', maximum);

    return end == NULL ? maximum : (size_t)(end - s);
}

int strncmp(const char *a, const char *b, size_t maximum)
{
    for (; maximum > 0; maximum--, a++, b++)
        if (*a != *b || *a == '\0')
            return (unsigned char)*a - (unsigned char)*b;
    return 0;
}

int strcmp(const char *a, const char *b)
{
    return strncmp(a, b, SIZE_MAX);
}

int strncasecmp(const char *a, const char *b, size_t maximum)
{
    for (; maximum > 0; maximum--, a++, b++) {
        int x = tolower((unsigned char)*a), y = tolower((unsigned char)*b);
        if (x != y || x == '\0')
            return x - y;
    }
    return 0;
}

int strcasecmp(const char *a, const char *b)
{
    return strncasecmp(a, b, SIZE_MAX);
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
    const char *found = NULL;

    for (;; s++) {
        if (*s == (char)c)
            found = s;
        if (*s == '\0')
            return (char *)found;
    }
}

char *strstr(const char *s, const char *part)
{
    return memmem(s, strlen(s), part, strlen(part));
}

static size_t span(const char *s, const char *set, bool inside)
{
    uint64_t member[4] = {0};
    size_t length = 0;

    for (; *set != '\0'; set++)
        member[(unsigned char)*set / 64] |= 1ull << (unsigned char)*set % 64;
    for (; s[length] != '\0'; length++) {
        unsigned char c = (unsigned char)s[length];
        if ((member[c / 64] >> c % 64 & 1) != inside)
            break;
    }
    return length;
}

size_t strspn(const char *s, const char *set)
{
    return span(s, set, true);
}

size_t strcspn(const char *s, const char *set)
{
    return span(s, set, false);
}

char *strpbrk(const char *s, const char *set)
{
    s += strcspn(s, set);
    return *s == '\0' ? NULL : (char *)s;
}

size_t strlcpy(char *to, const char *from, size_t size)
{
    size_t length = strlen(from);

    if (size > 0) {
        size_t copied = length < size ? length : size - 1;
        memcpy(to, from, copied);
        to[copied] = '\0';
    }
    return length;
}

size_t strlcat(char *to, const char *from, size_t size)
{
    size_t length = strnlen(to, size);

    return length + strlcpy(to + length, from, size - length);
}

char *strtok_r(char *s, const char *separators, char **rest)
{
    char *token = s != NULL ? s : *rest;

    token += strspn(token, separators);
    *rest = token + strcspn(token, separators);
    if (*token == '\0')
        return NULL;
    if (**rest != '\0')
        *(*rest)++ = '\0';
    return token;
}
