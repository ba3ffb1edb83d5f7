/* Steps that functions are made of: the function NUMBER has three of the eight. */
#ifndef STEPS_H
#define STEPS_H

#include "lambda.h"

#include <ctype.h>
#include <stdint.h>

#define STEP static inline __attribute__((unused)) void

STEP step_upper(char *text)
{
    for (; *text != '\0'; text++)
        *text = (char)toupper((unsigned char)*text);
}

STEP step_reverse(char *text)
{
    for (size_t i = 0, n = strlen(text); i < n / 2; i++) {
        char c = text[i];
        text[i] = text[n - 1 - i];
        text[n - 1 - i] = c;
    }
}

STEP step_words(char *text)
{
    int words = 0;

    for (const char *at = text; *at != '\0'; at++)
        words += !isspace((unsigned char)*at) && (at == text || isspace((unsigned char)at[-1]));
    snprintf(text, STEP_SIZE, "%d words", words);
}

STEP step_digest(char *text)
{
    uint64_t hash = 0xcbf29ce484222325;

    for (const char *at = text; *at != '\0'; at++)
        hash = (hash ^ (unsigned char)*at) * 0x100000001b3;
    snprintf(text, STEP_SIZE, "%016llx", (unsigned long long)hash);
}

STEP step_squeeze(char *text)
{
    char *to = text;

    for (const char *at = text; *at != '\0'; at++)
        if (*at != ' ' || (to > text && to[-1] != ' '))
            *to++ = *at;
    *to = '\0';
}

STEP step_vowels(char *text)
{
    char *to = text;

    for (const char *at = text; *at != '\0'; at++)
        if (strchr("aeiouAEIOU", *at) == NULL)
            *to++ = *at;
    *to = '\0';
}

STEP step_rotate(char *text)
{
    for (; *text != '\0'; text++)
        if (isalpha((unsigned char)*text)) {
            char first = islower((unsigned char)*text) ? 'a' : 'A';
            *text = (char)(first + (*text - first + 13) % 26);
        }
}

STEP step_quote(char *text)
{
    char copy[STEP_SIZE];
    size_t n = 0;

    copy[n++] = '<';
    for (const char *at = text; *at != '\0' && n < STEP_SIZE - 8; at++)
        switch (*at) {
        case ' ': n += (size_t)snprintf(copy + n, STEP_SIZE - n, "%%20"); break;
        case ',': n += (size_t)snprintf(copy + n, STEP_SIZE - n, "%%2c"); break;
        default: copy[n++] = *at;
        }
    copy[n++] = '>';
    copy[n] = '\0';
    strcpy(text, copy);
}

/* The compiler knows the number, and so keeps no step that is not chosen. */
#define CHOOSE(n)                                                                                          \
    ((n) % 8 == 0 ? step_upper : (n) % 8 == 1 ? step_reverse : (n) % 8 == 2 ? step_words : (n) % 8 == 3 ? step_digest \
     : (n) % 8 == 4 ? step_squeeze : (n) % 8 == 5 ? step_vowels : (n) % 8 == 6 ? step_rotate : step_quote)

/* The text of an event after the function's steps. */
static inline const char *apply_steps(const json_t *event, char *text)
{
    const lambda_step steps[] = {CHOOSE(NUMBER), CHOOSE(NUMBER / 8), CHOOSE(NUMBER / 5 + 3)};
    const char *given = json_string_value(json_object_get(event, "text"));

    snprintf(text, STEP_SIZE, "%s", given == NULL ? "" : given);
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
        steps[i](text);
    return text;
}

#endif
