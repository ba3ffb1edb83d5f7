using System;
using System.Globalization;
using System.Linq;
using System.Text;

namespace LayoutDsl.Link.Tests;

/// <summary>Sources of two libraries, of which one works on the variables of the other.</summary>
internal static class ShuffleSources
{
    /// <summary>What the instructions of <c>work</c> work on: of all sizes, and in another library.</summary>
    public const string State = """
        long s0 = 11, s1 = -5, s2 = 1000003; int i0 = 7, i1 = -9; short h0 = 300; unsigned char b0 = 200, b1 = 3; double d0 = 1.5, d1 = -2.25; float f0 = 0.5f;
        long array[8] = {1, 2, 3, 4, 5, 6, 7, 8};
        static long twice(long x) { return x * 2 + s1; }
        long (*pointer)(long) = twice;
        extern void print(const char *); void (*const printer)(const char *) = print;
        long state_sum(void) { return s0 + 3 * s1 + 5 * s2 + 7 * i0 + 11 * i1 + 13 * h0 + 17 * b0 + 19 * b1 + (long)(d0 * 64) + (long)(d1 * 128) + (long)(f0 * 32) + array[3] + pointer(2); }
        """;

    public const string Declarations = """
        extern long s0, s1, s2, array[8]; extern int i0, i1; extern short h0; extern unsigned char b0, b1; extern double d0, d1; extern float f0; extern long (*pointer)(long);
        extern long state_sum(void); extern int missing(void) __attribute__((weak)); extern int nothing __attribute__((weak));

        """;

    public const string Work = Declarations + """
        static const char *const names[] = {"zero", "one", "two", "three"};
        static int flag;
        const char *name_of(int n) { return names[n & 3]; }
        long (*get(void))(void) { return state_sum; }
        long *address(int n) { return n ? &array[5] : &s2; }
        long work(long x)
        {
            s0 += x; s1 ^= s0 & 0xff; if (i0 > x) i0--; else i0 += 3; b0 |= 1; h0 = h0 * 3 + b1; d0 = d0 * 1.25 + x; f0 += (float)d1;
            if (missing) x += missing(); if (&nothing) x += nothing;
            array[x & 7] += s2; s2 = s2 * 31 + array[2]; i1 = (i1 << 1) ^ (i1 < 0 ? 0x1d : 0);
            switch (x & 7) { case 0: x += s0; break; case 1: x ^= 77; break; case 2: x -= i1; break; case 3: x *= 3; break; case 4: x += h0; break; case 5: flag++; break; default: x = pointer(x) + flag; }
            return x + pointer(3) + (b1 == 3) + (s1 != 0) + *address(0) + *address(1) + get()() + name_of(2)[1];
        }
        """;

    /// <summary>Functions made at random, with all kinds of instructions on variables of another library.</summary>
    public static string MakeWork(Random random)
    {
        string[] places = ["s0", "s1", "s2", "i0", "i1", "h0", "b0", "b1", "array[1]", "array[6]"];
        string[] operators = ["+=", "-=", "^=", "|=", "&=", "="];
        var text = new StringBuilder(Declarations);
        for (int f = 0; f < 8; f++)
        {
            text.Append(CultureInfo.InvariantCulture, $"static __attribute__((noinline)) long g{f}(long x) {{\n");
            for (int s = 0; s < 10; s++)
            {
                string a = places[random.Next(places.Length)];
                string b = places[random.Next(places.Length)];
                text.Append(random.Next(8) switch
                {
                    0 => $"if ({a} > x) x += {b}; else {a}++;\n",
                    1 => $"d0 = d0 * 0.5 + {a}; x += (long)d0;\n",
                    2 => $"f0 = f0 + (float)(d1 > 0 ? {random.Next(9)} : {a} & 15); d1 -= f0;\n",
                    3 => $"{a} = {b} << {random.Next(1, 7)} ^ x;\n",
                    4 => $"__atomic_fetch_add(&{a}, {random.Next(99)}, __ATOMIC_SEQ_CST);\n",
                    5 => $"x = pointer(x) * {random.Next(3, 99)} + ({a} == {random.Next(20)});\n",
                    6 => $"x ^= (long)(d0 < {random.Next(50)}) + ({a} & {b}) * 3 + ({a} ? 1 : {b} / 7);\n",
                    _ => $"{a} {operators[random.Next(operators.Length)]} {b} + {random.Next(1000)};\n",
                });
            }

            text.Append("return x; }\n");
        }

        return text.Append("long work(long x) { return " + string.Join(" ^ ", Enumerable.Range(0, 8).Select(f => FormattableString.Invariant($"g{f}(x + {f})"))) + "; }").ToString();
    }
}
