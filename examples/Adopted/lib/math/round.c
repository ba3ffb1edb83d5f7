#include "math.h"

double fabs(double x) { return x < 0 ? -x : x; }
double trunc(double x) { return fabs(x) < 4503599627370496.0 ? (double)(long)x : x; }

double floor(double x)
{
    double t = trunc(x);

    return t > x ? t - 1 : t;
}

double ceil(double x) { return -floor(-x); }
double round(double x) { return x < 0 ? -floor(0.5 - x) : floor(x + 0.5); }
double fmod(double x, double y) { return x - trunc(x / y) * y; }
