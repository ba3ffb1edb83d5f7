/* The program that a pattern becomes. */
#pragma once
#include <stdint.h>
#include "regex.h"

enum operation { CHARACTER, ANY, SET, SPLIT, JUMP, SAVE, LINE_START, LINE_END, WORD_EDGE,
                 NOT_WORD_EDGE, MATCH };

struct instruction {
    uint8_t operation;
    uint8_t character;
    uint16_t x, y; /* targets of SPLIT (x is preferred) and JUMP; slot of SAVE; set */
};

struct set {
    uint64_t bits[4];
};

enum { MAX_PROGRAM = 4000, MAX_SETS = 200 };

struct regex {
    unsigned flags, length, set_count, groups;
    struct instruction *program;
    struct set *sets;
};

void set_add(struct set *set, unsigned first, unsigned last);
void set_invert(struct set *set);
void set_fold_case(struct set *set);
/* \d \w \s and their opposites; false for other letters. */
bool set_add_class(char letter, struct set *set);
