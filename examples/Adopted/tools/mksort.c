/* Writes sorting networks (Batcher's odd-even merge) for 0 to 48 words, as straight-line code. */
#include <stdio.h>

static int count;

static void compare(int a, int b)
{
    if (b < count)
        printf("    ORDER(w[%d], w[%d]);\n", a, b);
}

static void merge(int low, int n, int step)
{
    int next = step * 2;

    if (next < n) {
        merge(low, n, next);
        merge(low + step, n, next);
        for (int i = low + step; i + step < low + n; i += next)
            compare(i, i + step);
    } else {
        compare(low, low + step);
    }
}

static void sort(int low, int n)
{
    if (n < 2)
        return;
    sort(low, n / 2);
    sort(low + n / 2, n / 2);
    merge(low, n, 1);
}

int main(void)
{
    printf("/* Written by tools/mksort.c. */\n#include \"sortnet/networks.h\"\n\n"
           "#define ORDER(a, b) do { uint64_t x = a, y = b; a = x < y ? x : y; b = x < y ? y : x; } while (0)\n");
    for (count = 0; count <= 48; count++) {
        int power = 1;
        while (power < count)
            power *= 2;
        printf("\nstatic void sort%d(uint64_t *w)\n{\n    (void)w;\n", count);
        sort(0, power);
        printf("}\n");
    }
    printf("\nvoid (*const sort_networks[LARGEST_NETWORK + 1])(uint64_t *) = {");
    for (int i = 0; i <= 48; i++)
        printf("%ssort%d,", i % 8 == 0 ? "\n    " : " ", i);
    printf("\n};\n");
    return 0;
}
