#include "math.h"

typedef union { double value; unsigned long bits; } parts;

double sqrt(double x)
{
    __asm__("sqrtsd %0, %0" : "+x"(x));
    return x;
}

double exp(double x)
{
    double k = round(x / 0.69314718055994530942), r = (x - k * 0.693147180369123816490) - k * 1.90821492927058770002e-10;
    double sum = 1, term = 1;
    parts scale;

    if (x > 709)
        return 1e308 * 10;
    if (x < -700)
        return 0;
    for (int i = 1; i < 18; i++) {
        term *= r / i;
        sum += term;
    }
    scale.bits = (unsigned long)(1023 + (long)k) << 52;
    return sum * scale.value;
}

double log(double x)
{
    parts p = {x};
    long exponent;
    double m, z, term, sum;

    if (x <= 0)
        return x == 0 ? -1e308 * 10 : 0.0 / 0.0;
    exponent = (long)(p.bits >> 52 & 2047) - 1023;
    p.bits = (p.bits & 0xffffffffffffful) | 1023ul << 52;
    if (p.value > 1.4142135623730951) {
        p.value /= 2;
        exponent++;
    }
    m = (p.value - 1) / (p.value + 1);
    z = m * m;
    term = sum = m;
    for (int i = 3; i < 30; i += 2) {
        term *= z;
        sum += term / i;
    }
    return 2 * sum + (double)exponent * 0.69314718055994530942;
}

double pow(double x, double y)
{
    double whole = trunc(y);

    if (whole == y && fabs(y) < 1024) {
        double result = 1, base = x;
        for (unsigned long n = (unsigned long)fabs(y); n != 0; n >>= 1, base *= base)
            if (n & 1)
                result *= base;
        return y < 0 ? 1 / result : result;
    }
    return x == 0 ? 0 : exp(y * log(x));
}
