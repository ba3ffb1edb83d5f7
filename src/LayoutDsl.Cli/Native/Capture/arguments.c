#define _GNU_SOURCE
#include "arguments.h"
#include "files.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 8 };

static void note_words(int argc, char **argv, int is_link, int again, int deep);

static char **add_word(char **words, int *argc, char *word)
{
    words = grow(words, (*argc + 1) * sizeof *words);
    words[(*argc)++] = word;
    return words;
}

// The words of a response file (GNU libiberty, expandargv).
static char **split(FILE *in, int *argc)
{
    char **words = NULL, *word = NULL;
    size_t length = 0, size = 0;
    int quote = 0, any = 0, c;
    do {
        c = getc(in);
        int space = c == EOF || (!quote && strchr(" \t\r\n\f\v", c));
        if (space && any) {
            words = add_word(words, argc, text("%.*s", (int)length, word ? word : ""));
            length = any = 0;
        }
        if (space) continue;
        if (length + 1 > size) word = grow(word, size = size * 2 + 256);
        any = 1;
        if (c == quote && quote) quote = 0;
        else if (!quote && (c == '"' || c == '\'')) quote = c;
        else {
            if (c == '\\' && (c = getc(in)) == EOF) break;
            word[length++] = c;
        }
    } while (c != EOF);
    free(word);
    return words;
}

static void note_response(const char *path, int is_link, int again, int deep)
{
    if (deep > DEEPEST || (!again && find(path))) return;
    FILE *in = fopen(path, "r");
    if (!in) return;
    note(path, 0, 1);
    int argc = 0;
    char **words = split(in, &argc);
    fclose(in);
    note_words(argc, words, is_link, again, deep + 1);
    for (int i = 0; i < argc; i++) free(words[i]);
    free(words);
}

// What an option says is written: of a linker, that is no input even when it is there from an earlier build.
static const char *named_output(const char *argument)
{
    if (strncmp(argument, "--output=", 9) == 0) return argument + 9;
    if (strncmp(argument, "--out-implib=", 13) == 0) return argument + 13;
    return strncmp(argument, "-o", 2) == 0 ? argument + 2 : NULL;
}

static void note_words(int argc, char **argv, int is_link, int again, int deep)
{
    for (int i = 0; i < argc; i++) {
        char *argument = argv[i];
        if (!again && strcmp(argument, "-o") == 0) {
            i++;
            continue;
        }
        if (argument[0] == '@') note_response(argument + 1, is_link, again, deep);
        if (strncmp(argument, "-plugin", 7) == 0 || (!again && is_link && named_output(argument))) continue;
        note(argument, 0, 0);
        const char *value = strchr(argument, '=');
        if (value) note(value + 1, 0, 0);
        if (argument[0] == '-' && argument[1] && argument[2]) note(argument + 2, 0, 0);
    }
}

void note_inputs(int argc, char **argv, int is_link)
{
    note_words(argc, argv, is_link, 0, 0);
}

void note_outputs(int argc, char **argv)
{
    note_words(argc, argv, 0, 1, 0);
    if (argc > 0) note("a.out", 0, 0);
}

int reads_input(const char *name, int argc, char **argv)
{
    int is_dd = strcmp(name, "dd") == 0, reads = is_dd || ((strncmp(name, "python", 6) == 0 || strcmp(name, "perl") == 0) && argc == 1);
    for (int i = 1; i < argc; i++) {
        if (is_dd && (strncmp(argv[i], "if=", 3) == 0 || strncmp(argv[i], "count=", 6) == 0)) return 0;
        if (strcmp(argv[i], "-") == 0 || strcmp(argv[i], "/dev/stdin") == 0) reads = 1;
    }
    return reads;
}
