#include "libc.h"

enum { UPPER = 1, LOWER = 2, DIGIT = 4, SPACE = 8, PUNCT = 16, HEX = 32, PRINT = 64 };

static const unsigned char classes[256] = {
    ['\t' ... '\r'] = SPACE,
    [' '] = SPACE | PRINT,
    ['!' ... '/'] = PUNCT | PRINT,
    ['0' ... '9'] = DIGIT | HEX | PRINT,
    [':' ... '@'] = PUNCT | PRINT,
    ['A' ... 'F'] = UPPER | HEX | PRINT,
    ['G' ... 'Z'] = UPPER | PRINT,
    ['[' ... '`'] = PUNCT | PRINT,
    ['a' ... 'f'] = LOWER | HEX | PRINT,
    ['g' ... 'z'] = LOWER | PRINT,
    ['{' ... '~'] = PUNCT | PRINT,
};

static int is(int c, int class)
{
    return (classes[(unsigned char)c] & class) != 0;
}

int isalpha(int c) { return is(c, UPPER | LOWER); }
int isdigit(int c) { return is(c, DIGIT); }
int isalnum(int c) { return is(c, UPPER | LOWER | DIGIT); }
int isspace(int c) { return is(c, SPACE); }
int isupper(int c) { return is(c, UPPER); }
int islower(int c) { return is(c, LOWER); }
int isprint(int c) { return is(c, PRINT); }
int isxdigit(int c) { return is(c, HEX); }
int ispunct(int c) { return is(c, PUNCT); }
int toupper(int c) { return islower(c) ? c - 32 : c; }
int tolower(int c) { return isupper(c) ? c + 32 : c; }
