/* regex: patterns that are matched in linear time. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

enum { REGEX_GROUPS = 10, REGEX_IGNORE_CASE = 1, REGEX_MULTILINE = 2 };

struct regex;
struct regex_match {
    int start[REGEX_GROUPS], end[REGEX_GROUPS]; /* -1: the group took no part; 0 is all */
};

/* . [a-z] [^a] \d \w \s \b \B ^ $ ( ) (?: ) | * + ? {m,n} and lazy forms with ?.
 * NULL if the pattern is wrong; *error then says why. */
struct regex *regex_compile(const char *pattern, unsigned flags, const char **error);
void regex_free(struct regex *regex);
bool regex_search(const struct regex *regex, const char *text, size_t size, size_t from,
                  struct regex_match *match);
bool regex_full_match(const struct regex *regex, const char *text);
size_t regex_count(const struct regex *regex, const char *text);
/* $0 to $9 in the replacement are groups. Returns the length or minus an error. */
long regex_replace(const struct regex *regex, const char *text, const char *replacement,
                   char *to, size_t room);
size_t regex_size(const struct regex *regex); /* instructions */
