#pragma once
#include "dft.h"
enum { LARGEST_CODELET = 7 }; /* 2 to the power of it: 128 */
/* Transforms "count" numbers that stand "stride" apart into "to". */
extern void (*const dft_codelets[LARGEST_CODELET + 1])(const struct complex *from, size_t stride, struct complex *to);
