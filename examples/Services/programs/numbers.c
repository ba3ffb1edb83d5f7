/* numbers: the mathematics library. Functions are checked against identities and known values. */
#include "service.h"

#include <complex.h>
#include <math.h>

static bool near(double a, double b)
{
    return fabs(a - b) <= 1e-12 * fmax(1.0, fabs(b));
}

static void show_value(const char *what, double got, double known)
{
    printf("  %-24s %.10f%s\n", what, got, near(got, known) ? "" : "   WRONG");
    service_failures += !near(got, known);
}

static double simpson(double (*f)(double), double from, double to, int steps)
{
    double width = (to - from) / steps, sum = f(from) + f(to);

    for (int i = 1; i < steps; i++)
        sum += f(from + i * width) * (i % 2 != 0 ? 4 : 2);
    return sum * width / 3;
}

static double bell(double x)
{
    return exp(-x * x);
}

static void show_constants(void)
{
    show_value("pi", 4 * atan(1), 3.14159265358979323846);
    show_value("e", exp(1), 2.71828182845904523536);
    show_value("area under the bell", simpson(bell, -8, 8, 2000), 1.77245385090551602730);
    show_value("gamma(1/2)", tgamma(0.5), sqrt(4 * atan(1)));
    show_value("log gamma(101)", lgamma(101), 363.73937555556349014408);
    show_value("erf(1)", erf(1), 0.84270079294971486934);
    show_value("J0(1)", j0(1), 0.76519768655796655145);
    show_value("cube root of 2", cbrt(2), 1.25992104989487316477);
    show_value("2 ^ 0.5", pow(2, 0.5), 1.41421356237309504880);
    show_value("cosh(1) - sinh(1)", cosh(1) - sinh(1), exp(-1));
}

static void check_identities(void)
{
    bool circle = true, logarithm = true, remainder_ok = true;

    for (int i = -500; i <= 500; i++) {
        double x = i * 0.37;

        circle &= near(sin(x) * sin(x) + cos(x) * cos(x), 1);
        circle &= near(tan(x) * cos(x), sin(x));
        logarithm &= near(log2(exp2(x)), x) && near(log10(pow(10, x / 4)), x / 4);
        remainder_ok &= fabs(remainder(x, 1.5)) <= 0.75 && near(fmod(fabs(x), 1.5) + 1.5 * floor(fabs(x) / 1.5), fabs(x));
    }
    check(circle, "sine, cosine and tangent agree");
    check(logarithm, "logarithms undo powers");
    check(remainder_ok, "remainders are in range");
    check(cabs(cexp(I * 4 * atan(1)) + 1) < 1e-15, "e to the i pi is minus one");
    check(isnan(sqrt(-1)) && isinf(exp(1000)), "errors are not numbers");
    check(fma(1 + 0x1p-30, 1 - 0x1p-30, -1) == -0x1p-60, "fused multiply and add rounds once");
}

/* The zero of x = cos x, by Newton's rule. */
static void show_newton(void)
{
    double x = 1;
    int steps = 0;

    while (fabs(cos(x) - x) > 1e-15 && steps < 50) {
        x -= (cos(x) - x) / (-sin(x) - 1);
        steps++;
    }
    show_value("x = cos x", x, 0.73908513321516064166);
    check(steps < 8, "Newton needs few steps");
}

int main(void)
{
    printf("numbers: values of the mathematics library\n");
    show_constants();
    check_identities();
    show_newton();
    return finish("numbers");
}
