/* X25519 as RFC 7748 describes it, over five limbs of 51 bits modulo 2^255 - 19. */
#include "cipher.h"
#include "nolibc.h"

typedef uint64_t element[5];
typedef unsigned __int128 wide;

#define LIMB_MASK ((1ull << 51) - 1)

/* After this all limbs have at most 51 bits and a little. */
static void carry(element e)
{
    uint64_t over = 0;

    for (unsigned i = 0; i < 5; i++) {
        e[i] += over;
        over = e[i] >> 51;
        e[i] &= LIMB_MASK;
    }
    e[0] += 19 * over;
}

static void add(element r, const element a, const element b)
{
    for (unsigned i = 0; i < 5; i++)
        r[i] = a[i] + b[i];
    carry(r);
}

/* Four times the modulus is added, so that no limb becomes negative. */
static void subtract(element r, const element a, const element b)
{
    for (unsigned i = 0; i < 5; i++)
        r[i] = a[i] + 4 * (i == 0 ? LIMB_MASK - 18 : LIMB_MASK) - b[i];
    carry(r);
}

static void multiply(element r, const element a, const element b)
{
    wide column[5] = {0}, over = 0;

    for (unsigned i = 0; i < 5; i++)
        for (unsigned k = 0; k < 5; k++) {
            wide product = (wide)a[i] * b[k];
            column[(i + k) % 5] += i + k < 5 ? product : product * 19;
        }
    for (unsigned i = 0; i < 5; i++) {
        column[i] += over;
        r[i] = (uint64_t)column[i] & LIMB_MASK;
        over = column[i] >> 51;
    }
    r[0] += (uint64_t)over * 19;
    carry(r);
}

static void multiply_small(element r, const element a, uint64_t factor)
{
    element b = {factor};

    multiply(r, a, b);
}

/* The power of p - 2 by squaring: its 255 bits are ones except bits 2 and 4. */
static void invert(element r, const element a)
{
    element power = {1};

    for (int bit = 254; bit >= 0; bit--) {
        multiply(power, power, power);
        if (bit != 2 && bit != 4)
            multiply(power, power, a);
    }
    memcpy(r, power, sizeof power);
}

static void swap_if(element a, element b, uint64_t condition)
{
    uint64_t mask = 0 - condition;

    for (unsigned i = 0; i < 5; i++) {
        uint64_t difference = mask & (a[i] ^ b[i]);
        a[i] ^= difference;
        b[i] ^= difference;
    }
}

static void unpack(element e, const uint8_t bytes[32])
{
    memset(e, 0, sizeof(element));
    for (unsigned bit = 0; bit < 255; bit++)
        e[bit / 51] |= (uint64_t)(bytes[bit / 8] >> bit % 8 & 1) << bit % 51;
}

static void pack(uint8_t bytes[32], const element a)
{
    element e, plus;
    uint64_t over;

    memcpy(e, a, sizeof e);
    carry(e);
    carry(e);
    /* If e + 19 passes 2^255 then e is at least the modulus: one subtraction is due. */
    memcpy(plus, e, sizeof plus);
    plus[0] += 19;
    for (unsigned i = 0; i < 4; i++) {
        plus[i + 1] += plus[i] >> 51;
        plus[i] &= LIMB_MASK;
    }
    over = plus[4] >> 51;
    plus[4] &= LIMB_MASK;
    swap_if(e, plus, over);
    memset(bytes, 0, 32);
    for (unsigned bit = 0; bit < 255; bit++)
        bytes[bit / 8] |= (uint8_t)((e[bit / 51] >> bit % 51 & 1) << bit % 8);
}

struct ladder {
    element x1, x2, z2, x3, z3;
};

/* One step: doubles the second point and adds the third to it. */
static void step(struct ladder *l)
{
    element a, aa, b, bb, e, c, d, da, cb, t;

    add(a, l->x2, l->z2);
    multiply(aa, a, a);
    subtract(b, l->x2, l->z2);
    multiply(bb, b, b);
    subtract(e, aa, bb);
    add(c, l->x3, l->z3);
    subtract(d, l->x3, l->z3);
    multiply(da, d, a);
    multiply(cb, c, b);
    add(t, da, cb);
    multiply(l->x3, t, t);
    subtract(t, da, cb);
    multiply(t, t, t);
    multiply(l->z3, l->x1, t);
    multiply(l->x2, aa, bb);
    multiply_small(t, e, 121665);
    add(t, aa, t);
    multiply(l->z2, e, t);
}

void x25519(uint8_t shared[32], const uint8_t secret[32], const uint8_t point[32])
{
    struct ladder l = {.x2 = {1}, .z3 = {1}};
    uint8_t scalar[32];
    uint64_t swapped = 0;

    memcpy(scalar, secret, 32);
    scalar[0] &= 0xf8;
    scalar[31] = (scalar[31] & 0x7f) | 0x40;
    unpack(l.x1, point);
    memcpy(l.x3, l.x1, sizeof l.x3);
    for (int bit = 254; bit >= 0; bit--) {
        uint64_t now = scalar[bit / 8] >> bit % 8 & 1;
        swap_if(l.x2, l.x3, swapped ^ now);
        swap_if(l.z2, l.z3, swapped ^ now);
        swapped = now;
        step(&l);
    }
    swap_if(l.x2, l.x3, swapped);
    swap_if(l.z2, l.z3, swapped);
    invert(l.z2, l.z2);
    multiply(l.x2, l.x2, l.z2);
    pack(shared, l.x2);
}

void x25519_public(uint8_t public_key[32], const uint8_t secret[32])
{
    static const uint8_t base[32] = {9};

    x25519(public_key, secret, base);
}
