#include "dft.h"
#include "math.h"

void dft_window(struct complex *data, size_t count, enum dft_window window)
{
    for (size_t i = 0; i < count; i++) {
        double x = 2 * M_PI * (double)i / (double)count, w = 1;
        switch (window) {
        case WINDOW_HANN: w = 0.5 - 0.5 * cos(x); break;
        case WINDOW_HAMMING: w = 0.54 - 0.46 * cos(x); break;
        case WINDOW_BLACKMAN: w = 0.42 - 0.5 * cos(x) + 0.08 * cos(2 * x); break;
        }
        data[i].re *= w;
        data[i].im *= w;
    }
}
