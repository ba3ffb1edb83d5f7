/* Signals: transforms against the definition, convolution, and a spectrogram that several threads compute. */
#include "dft.h"
#include "heap.h"
#include "kiln.h"
#include "libc.h"
#include "log.h"
#include "math.h"
#include "raster.h"
#include "sched.h"
#include "sortnet.h"

static double noise(void)
{
    return (double)(random() >> 11) / 9007199254740992.0 * 2 - 1;
}

static double largest_error(const struct complex *a, const struct complex *b, size_t count)
{
    double worst = 0;

    for (size_t i = 0; i < count; i++) {
        double e = fabs(a[i].re - b[i].re) + fabs(a[i].im - b[i].im);
        if (e > worst)
            worst = e;
    }
    return worst;
}

static void against_the_definition(size_t count)
{
    struct complex *fast = malloc(count * sizeof *fast), *slow = calloc(count, sizeof *slow), *start = malloc(count * sizeof *start);
    double first, back;

    for (size_t i = 0; i < count; i++)
        start[i] = fast[i] = (struct complex){noise(), noise()};
    dft(fast, count);
    for (size_t k = 0; k < count; k++)
        for (size_t i = 0; i < count; i++) {
            double angle = -2 * M_PI * (double)(i * k % count) / (double)count, c = cos(angle), s = sin(angle);
            slow[k].re += start[i].re * c - start[i].im * s;
            slow[k].im += start[i].re * s + start[i].im * c;
        }
    first = largest_error(fast, slow, count);
    dft_inverse(fast, count);
    back = largest_error(fast, start, count);
    printf("dft of %3zu: %s, back: %s\n", count, first < 1e-9 ? "right" : "wrong", back < 1e-11 ? "right" : "wrong");
    free(fast);
    free(slow);
    free(start);
}

enum { COLUMNS = 64, SIZE = 128, ROWS = 32 };
static double samples[COLUMNS * SIZE / 2 + SIZE];
static double powers[COLUMNS][ROWS];
static struct lock lock;
static unsigned done;

static void spectrum(void *argument)
{
    struct complex data[SIZE];

    for (size_t column = (size_t)argument; column < COLUMNS; column += 4) {
        for (size_t i = 0; i < SIZE; i++)
            data[i] = (struct complex){samples[column * SIZE / 2 + i], 0};
        dft_window(data, SIZE, column % 2 ? WINDOW_HANN : WINDOW_HAMMING);
        dft(data, SIZE);
        for (size_t row = 0; row < ROWS; row++)
            powers[column][row] = dft_power(data, row * 2) + dft_power(data, row * 2 + 1);
        lock_take(&lock);
        done++;
        lock_give(&lock);
        thread_yield();
    }
}

static void spectrogram(void)
{
    struct raster r;
    uint64_t peaks[COLUMNS], scratch[COLUMNS];

    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
        double t = (double)i / (double)(COLUMNS * SIZE / 2);
        samples[i] = sin(2 * M_PI * (200 * t + 500 * t * t)) + 0.5 * sin(2 * M_PI * 1500 * t) + 0.1 * noise();
    }
    for (size_t i = 0; i < 4; i++)
        thread_start("spectrum", spectrum, (void *)i);
    if (thread_run_all() != 0)
        kiln_panic("the threads are stuck");
    raster_make(&r, COLUMNS, ROWS);
    for (int x = 0; x < COLUMNS; x++) {
        int peak = 0;
        for (int y = 0; y < ROWS; y++) {
            double shade = 40 * log(1 + powers[x][y]);
            raster_set(&r, x, ROWS - 1 - y, (uint8_t)(shade > 255 ? 255 : shade));
            if (powers[x][y] > powers[x][peak])
                peak = y;
        }
        peaks[x] = (uint64_t)peak;
    }
    raster_show(&r);
    sort_words(peaks, COLUMNS, scratch);
    printf("%u columns, peaks from %lu to %lu, the middle one %lu\n", done, peaks[0], peaks[COLUMNS - 1], peaks[COLUMNS / 2]);
    raster_free(&r);
}

static void convolution(void)
{
    struct complex a[64] = {{0}}, b[64] = {{0}};

    for (int i = 0; i < 5; i++) {
        a[i].re = i + 1;
        b[i].re = 5 - i;
    }
    dft(a, 64);
    dft(b, 64);
    for (int i = 0; i < 64; i++)
        a[i] = (struct complex){a[i].re * b[i].re - a[i].im * b[i].im, a[i].re * b[i].im + a[i].im * b[i].re};
    dft_inverse(a, 64);
    for (int i = 0; i < 10; i++)
        printf("%.0f%c", fabs(a[i].re) < 1e-9 ? 0.0 : a[i].re, i < 9 ? ' ' : '\n');
}

int app_main(void)
{
    for (size_t count = 1; count <= 512; count *= 2)
        against_the_definition(count);
    printf("dft of 12: %s\n", dft((struct complex[12]){{0}}, 12) != 0 ? "refused" : "?");
    convolution();
    spectrogram();
    printf("%.12f %.12f %.12f %.9f %.9g %.6g\n", sin(1), cos(100), atan2(-1, -2), exp(1.5), log(1e10), pow(2, 0.5));
    log_debug("%s", "that was all");
    return 0;
}
