#include "math.h"

/* Sine and cosine on [-pi/4, pi/4], by their series. */
static double sine(double x)
{
    double z = x * x;

    return x * (1 + z * (-1.0 / 6 + z * (1.0 / 120 + z * (-1.0 / 5040 + z * (1.0 / 362880 + z * (-1.0 / 39916800 + z / 6227020800.0))))));
}

static double cosine(double x)
{
    double z = x * x;

    return 1 + z * (-1.0 / 2 + z * (1.0 / 24 + z * (-1.0 / 720 + z * (1.0 / 40320 + z * (-1.0 / 3628800 + z * (1.0 / 479001600 - z / 87178291200.0))))));
}

static double turn(double x, int quarters)
{
    double q = round(x / (M_PI / 2)), r = (x - q * 1.57079632673412561417) - q * 6.07710050650619224932e-11;

    switch (((long)q + quarters) & 3) {
    case 0: return sine(r);
    case 1: return cosine(r);
    case 2: return -sine(r);
    default: return -cosine(r);
    }
}

double sin(double x) { return turn(x, 0); }
double cos(double x) { return turn(x, 1); }
double tan(double x) { return sin(x) / cos(x); }

double atan(double x)
{
    double add = 0, sign = x < 0 ? -1 : 1, z, term, sum;

    x = fabs(x);
    if (x > 1) {
        add = M_PI / 2;
        x = -1 / x;
    }
    /* Two halvings of the angle make the series short. */
    x = x / (1 + sqrt(1 + x * x));
    x = x / (1 + sqrt(1 + x * x));
    z = x * x;
    term = sum = x;
    for (int i = 3; i < 40; i += 2) {
        term *= -z;
        sum += term / i;
    }
    return sign * (add + 4 * sum);
}

double atan2(double y, double x)
{
    if (x > 0)
        return atan(y / x);
    if (x < 0)
        return atan(y / x) + (y < 0 ? -M_PI : M_PI);
    return y > 0 ? M_PI / 2 : y < 0 ? -M_PI / 2 : 0;
}
