/* Character classes: one table of bits, for ASCII. */
#include "nolibc.h"

enum { U = 1, L = 2, D = 4, X = 8, S = 16, P = 32, C = 64, B = 128 };

static const uint8_t classes[128] = {
    C, C, C, C, C, C, C, C, C, C | S, C | S, C | S, C | S, C | S, C, C,
    C, C, C, C, C, C, C, C, C, C, C, C, C, C, C, C,
    B | S, P, P, P, P, P, P, P, P, P, P, P, P, P, P, P,
    D | X, D | X, D | X, D | X, D | X, D | X, D | X, D | X, D | X, D | X, P, P, P, P, P, P,
    P, U | X, U | X, U | X, U | X, U | X, U | X, U, U, U, U, U, U, U, U, U,
    U, U, U, U, U, U, U, U, U, U, U, P, P, P, P, P,
    P, L | X, L | X, L | X, L | X, L | X, L | X, L, L, L, L, L, L, L, L, L,
    L, L, L, L, L, L, L, L, L, L, L, P, P, P, P, C,
};

static int in_class(int c, int mask)
{
    return c >= 0 && c < 128 && (classes[c] & mask) != 0;
}

int isalpha(int c) { return in_class(c, U | L); }
int isdigit(int c) { return in_class(c, D); }
int isalnum(int c) { return in_class(c, U | L | D); }
int isxdigit(int c) { return in_class(c, X); }
int isspace(int c) { return in_class(c, S); }
int isupper(int c) { return in_class(c, U); }
int islower(int c) { return in_class(c, L); }
int isprint(int c) { return in_class(c, U | L | D | P | B); }
int ispunct(int c) { return in_class(c, P); }
int iscntrl(int c) { return in_class(c, C); }
int tolower(int c) { return isupper(c) ? c + 32 : c; }
int toupper(int c) { return islower(c) ? c - 32 : c; }
