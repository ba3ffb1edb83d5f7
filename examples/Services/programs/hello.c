/* hello: the C library alone. Words are counted, sorted and looked up. */
#include "service.h"

#include <ctype.h>
#include <search.h>

static const char proverb[] =
    "the more you look the more you see and the less you look the less you know";

struct count {
    const char *word;
    int times;
};

static int by_word(const void *a, const void *b)
{
    return strcmp(((const struct count *)a)->word, ((const struct count *)b)->word);
}

static int by_times(const void *a, const void *b)
{
    const struct count *x = a, *y = b;

    return x->times != y->times ? y->times - x->times : by_word(a, b);
}

static size_t count_words(char *text, struct count *counts)
{
    size_t used = 0;
    char *rest;

    for (char *word = strtok_r(text, " ", &rest); word != NULL; word = strtok_r(NULL, " ", &rest)) {
        struct count key = {word, 1};
        struct count *found = lfind(&key, counts, &used, sizeof key, by_word);

        if (found != NULL)
            found->times++;
        else
            counts[used++] = key;
    }
    return used;
}

static void show_words(void)
{
    struct count counts[32];
    char *text = strdup(proverb);
    size_t used = count_words(text, counts);

    qsort(counts, used, sizeof counts[0], by_times);
    for (size_t i = 0; i < 4; i++)
        printf("  %-6s %d\n", counts[i].word, counts[i].times);
    check_number("different words", (long long)used, 8);
    check_text("most frequent", counts[0].word, "the");
    qsort(counts, used, sizeof counts[0], by_word);
    struct count key = {"look", 0};
    struct count *found = bsearch(&key, counts, used, sizeof counts[0], by_word);
    check(found != NULL && found->times == 2, "look is found twice");
    free(text);
}

static void show_conversions(void)
{
    char text[64], *end, *printed;
    size_t length;
    FILE *memory = open_memstream(&printed, &length);

    check(memory != NULL && fprintf(memory, "%05d|%-5s|%+.3e", 42, "ab", 12345.678) == 22, "print into memory");
    fclose(memory);
    check_text("printed", printed, "00042|ab   |+1.235e+04");
    free(printed);
    snprintf(text, sizeof text, "%.17g", 0.1);
    check_text("one tenth", text, "0.10000000000000001");
    check_number("zz in base 36", strtol("zz!", &end, 36), 1295);
    check(*end == '!', "the rest is left");
    check(strtod("0x1.8p3", NULL) == 12.0, "hexadecimal floating point");
    int day, month, year;
    check(sscanf("2024-02-29", "%d-%d-%d", &year, &month, &day) == 3 && day == 29, "scan a date");
    for (char *c = strcpy(text, "shout"); *c != '\0'; c++)
        *c = (char)toupper((unsigned char)*c);
    check_text("upper case", text, "SHOUT");
}

int main(void)
{
    printf("hello: words and numbers\n");
    show_words();
    show_conversions();
    return finish("hello");
}
