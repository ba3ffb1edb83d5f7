#include "dft.h"
#include "codelets.h"
#include "heap.h"
#include "libc.h"
#include "math.h"

/* Up to 128 by straight-line code, more by splitting into even and odd. */
static void transform(const struct complex *from, size_t stride, struct complex *to, unsigned bits)
{
    size_t count = (size_t)1 << bits, half = count / 2;

    if (bits <= LARGEST_CODELET) {
        dft_codelets[bits](from, stride, to);
        return;
    }
    transform(from, stride * 2, to, bits - 1);
    transform(from + stride, stride * 2, to + half, bits - 1);
    for (size_t k = 0; k < half; k++) {
        double angle = -2 * M_PI * (double)k / (double)count, c = cos(angle), s = sin(angle);
        struct complex a = to[k], b = to[k + half];
        double re = b.re * c - b.im * s, im = b.re * s + b.im * c;
        to[k] = (struct complex){a.re + re, a.im + im};
        to[k + half] = (struct complex){a.re - re, a.im - im};
    }
}

int dft(struct complex *data, size_t count)
{
    struct complex *copy;
    unsigned bits = 0;

    while (((size_t)1 << bits) < count)
        bits++;
    if (((size_t)1 << bits) != count || (copy = malloc(count * sizeof *copy)) == NULL)
        return -1;
    memcpy(copy, data, count * sizeof *copy);
    transform(copy, 1, data, bits);
    free(copy);
    return 0;
}

int dft_inverse(struct complex *data, size_t count)
{
    for (size_t i = 0; i < count; i++)
        data[i].im = -data[i].im;
    if (dft(data, count) != 0)
        return -1;
    for (size_t i = 0; i < count; i++)
        data[i] = (struct complex){data[i].re / (double)count, -data[i].im / (double)count};
    return 0;
}

double dft_power(const struct complex *data, size_t index)
{
    return data[index].re * data[index].re + data[index].im * data[index].im;
}
