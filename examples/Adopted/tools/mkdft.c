/* Writes discrete Fourier transforms of 1 to 128 numbers as straight-line code, the way a planner of codelets does: the
 * recursion is run here, and only the arithmetic is left. */
#include <math.h>
#include <stdio.h>

static int values;

/* The transform of the numbers from[first], from[first + step], ...: prints code, leaves the numbers of the results in "result". */
static void transform(int count, int first, int step, int *result)
{
    int even[64], odd[64];

    if (count == 1) {
        printf("    double r%d = from[%d * stride].re, i%d = from[%d * stride].im;\n", values, first, values, first);
        *result = values++;
        return;
    }
    transform(count / 2, first, step * 2, even);
    transform(count / 2, first + step, step * 2, odd);
    for (int k = 0; k < count / 2; k++) {
        int a = even[k], b = odd[k], t = values++, plus = values++, minus = values++;
        double c = cos(2 * acos(-1) * k / count), s = -sin(2 * acos(-1) * k / count);
        if (k == 0)
            printf("    double r%d = r%d, i%d = i%d;\n", t, b, t, b);
        else if (k * 4 == count)
            printf("    double r%d = i%d, i%d = -r%d;\n", t, b, t, b);
        else
            printf("    double r%d = r%d * %.17g - i%d * %.17g, i%d = r%d * %.17g + i%d * %.17g;\n", t, b, c, b, s, t, b, s, b, c);
        printf("    double r%d = r%d + r%d, i%d = i%d + i%d;\n", plus, a, t, plus, a, t);
        printf("    double r%d = r%d - r%d, i%d = i%d - i%d;\n", minus, a, t, minus, a, t);
        result[k] = plus;
        result[k + count / 2] = minus;
    }
}

int main(void)
{
    printf("/* Written by tools/mkdft.c. */\n#include \"dft/codelets.h\"\n");
    for (int bits = 0; bits <= 7; bits++) {
        int count = 1 << bits, result[128];
        values = 0;
        printf("\nstatic void dft%d(const struct complex *from, size_t stride, struct complex *to)\n{\n    (void)stride;\n", count);
        transform(count, 0, 1, result);
        for (int k = 0; k < count; k++)
            printf("    to[%d] = (struct complex){r%d, i%d};\n", k, result[k], result[k]);
        printf("}\n");
    }
    printf("\nvoid (*const dft_codelets[LARGEST_CODELET + 1])(const struct complex *, size_t, struct complex *) = {dft1, dft2, dft4, dft8, dft16, dft32, dft64, dft128};\n");
    return 0;
}
