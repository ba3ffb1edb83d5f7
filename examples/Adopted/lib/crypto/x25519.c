/* Curve25519 (RFC 7748) with numbers modulo 2^255 - 19 in five words of 51 bits. */
#include "crypto.h"
#include "libc.h"

typedef unsigned __int128 wide;
typedef uint64_t field[5];
static const uint64_t mask = (1ul << 51) - 1;

static void carry(field r, wide t[5])
{
    for (int i = 0; i < 4; i++) {
        t[i + 1] += (uint64_t)(t[i] >> 51);
        r[i] = (uint64_t)t[i] & mask;
    }
    r[4] = (uint64_t)t[4] & mask;
    r[0] += (uint64_t)(t[4] >> 51) * 19;
    r[1] += r[0] >> 51;
    r[0] &= mask;
}

static void multiply(field r, const field a, const field b)
{
    wide t[5];

    t[0] = (wide)a[0] * b[0] + (wide)(a[1] * 19) * b[4] + (wide)(a[2] * 19) * b[3] + (wide)(a[3] * 19) * b[2] + (wide)(a[4] * 19) * b[1];
    t[1] = (wide)a[0] * b[1] + (wide)a[1] * b[0] + (wide)(a[2] * 19) * b[4] + (wide)(a[3] * 19) * b[3] + (wide)(a[4] * 19) * b[2];
    t[2] = (wide)a[0] * b[2] + (wide)a[1] * b[1] + (wide)a[2] * b[0] + (wide)(a[3] * 19) * b[4] + (wide)(a[4] * 19) * b[3];
    t[3] = (wide)a[0] * b[3] + (wide)a[1] * b[2] + (wide)a[2] * b[1] + (wide)a[3] * b[0] + (wide)(a[4] * 19) * b[4];
    t[4] = (wide)a[0] * b[4] + (wide)a[1] * b[3] + (wide)a[2] * b[2] + (wide)a[3] * b[1] + (wide)a[4] * b[0];
    carry(r, t);
}

static void scale(field r, const field a, uint64_t by)
{
    wide t[5];

    for (int i = 0; i < 5; i++)
        t[i] = (wide)a[i] * by;
    carry(r, t);
}

static void add(field r, const field a, const field b)
{
    for (int i = 0; i < 5; i++)
        r[i] = a[i] + b[i];
}

static void subtract(field r, const field a, const field b)
{
    wide t[5];

    /* Twice the modulus keeps every word positive. */
    for (int i = 0; i < 5; i++)
        t[i] = (wide)a[i] + (i == 0 ? 0xfffffffffffdaul * 2 : 0xffffffffffffeul * 2) - b[i];
    carry(r, t);
}

static void invert(field r, const field a)
{
    field x, power;

    memcpy(x, a, sizeof x);
    memset(power, 0, sizeof power);
    power[0] = 1;
    /* a to the power of 2^255 - 21. */
    for (int bit = 0; bit < 255; bit++) {
        if (bit != 2 && bit != 4)
            multiply(power, power, x);
        multiply(x, x, x);
    }
    memcpy(r, power, sizeof power);
}

static void load(field r, const uint8_t from[32])
{
    uint64_t w[4];

    memcpy(w, from, 32);
    r[0] = w[0] & mask;
    r[1] = (w[0] >> 51 | w[1] << 13) & mask;
    r[2] = (w[1] >> 38 | w[2] << 26) & mask;
    r[3] = (w[2] >> 25 | w[3] << 39) & mask;
    r[4] = w[3] >> 12 & mask;
}

static void store(uint8_t to[32], field a)
{
    uint64_t w[4], q;

    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 4; i++) {
            a[i + 1] += a[i] >> 51;
            a[i] &= mask;
        }
        a[0] += (a[4] >> 51) * 19;
        a[4] &= mask;
    }
    q = (a[0] + 19) >> 51;
    for (int i = 1; i < 5; i++)
        q = (a[i] + q) >> 51;
    a[0] += 19 * q;
    for (int i = 0; i < 4; i++) {
        a[i + 1] += a[i] >> 51;
        a[i] &= mask;
    }
    a[4] &= mask;
    w[0] = a[0] | a[1] << 51;
    w[1] = a[1] >> 13 | a[2] << 38;
    w[2] = a[2] >> 26 | a[3] << 25;
    w[3] = a[3] >> 39 | a[4] << 12;
    memcpy(to, w, 32);
}

void x25519(uint8_t shared[32], const uint8_t secret[32], const uint8_t point[32])
{
    uint8_t e[32];
    field x1, x2 = {1}, z2 = {0}, x3, z3 = {1}, a, b, c, d, aa, bb, da, cb, t;
    uint64_t swapped = 0;

    memcpy(e, secret, 32);
    e[0] &= 248;
    e[31] = (e[31] & 127) | 64;
    load(x1, point);
    memcpy(x3, x1, sizeof x3);
    for (int bit = 254; bit >= 0; bit--) {
        uint64_t now = e[bit / 8] >> bit % 8 & 1, flip = -(swapped ^ now);
        for (int i = 0; i < 5; i++) {
            uint64_t x = flip & (x2[i] ^ x3[i]), z = flip & (z2[i] ^ z3[i]);
            x2[i] ^= x, x3[i] ^= x, z2[i] ^= z, z3[i] ^= z;
        }
        swapped = now;
        add(a, x2, z2);
        subtract(b, x2, z2);
        add(c, x3, z3);
        subtract(d, x3, z3);
        multiply(da, d, a);
        multiply(cb, c, b);
        multiply(aa, a, a);
        multiply(bb, b, b);
        add(t, da, cb);
        multiply(x3, t, t);
        subtract(t, da, cb);
        multiply(t, t, t);
        multiply(z3, x1, t);
        multiply(x2, aa, bb);
        subtract(t, aa, bb);
        scale(a, t, 121665);
        add(a, a, aa);
        multiply(z2, t, a);
    }
    if (swapped) {
        memcpy(x2, x3, sizeof x2);
        memcpy(z2, z3, sizeof z2);
    }
    invert(z2, z2);
    multiply(x2, x2, z2);
    store(shared, x2);
}
