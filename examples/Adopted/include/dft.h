/* Discrete Fourier transforms. */
#pragma once
#include <stddef.h>

struct complex { double re, im; };
int dft(struct complex *data, size_t count);          /* a power of two; 0 or -1 */
int dft_inverse(struct complex *data, size_t count);
double dft_power(const struct complex *data, size_t index);
enum dft_window { WINDOW_HANN, WINDOW_HAMMING, WINDOW_BLACKMAN };
void dft_window(struct complex *data, size_t count, enum dft_window window);
