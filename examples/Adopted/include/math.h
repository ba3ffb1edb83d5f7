#pragma once
#define M_PI 3.14159265358979323846
double sin(double x), cos(double x), tan(double x), atan(double x), atan2(double y, double x);
double exp(double x), log(double x), pow(double x, double y), sqrt(double x);
double floor(double x), ceil(double x), round(double x), trunc(double x), fmod(double x, double y), fabs(double x);
