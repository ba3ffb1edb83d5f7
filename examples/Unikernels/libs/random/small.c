/* Small, fast generators with a state of their own. */
#include "random.h"

void pcg_seed(struct pcg *pcg, uint64_t seed, uint64_t stream)
{
    pcg->state = 0;
    pcg->stream = stream << 1 | 1;
    pcg_next(pcg);
    pcg->state += seed;
    pcg_next(pcg);
}

uint32_t pcg_next(struct pcg *pcg)
{
    uint64_t old = pcg->state;
    uint32_t mixed = (uint32_t)((old >> 18 ^ old) >> 27);
    unsigned turn = (unsigned)(old >> 59);

    pcg->state = old * 6364136223846793005ull + pcg->stream;
    return mixed >> turn | mixed << (-turn & 31);
}

/* SplitMix64 spreads one seed over the four words. */
void xoshiro_seed(struct xoshiro *x, uint64_t seed)
{
    for (unsigned i = 0; i < 4; i++) {
        uint64_t z = seed += 0x9e3779b97f4a7c15;
        z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
        z = (z ^ z >> 27) * 0x94d049bb133111eb;
        x->s[i] = z ^ z >> 31;
    }
}

static uint64_t rotate(uint64_t x, unsigned n)
{
    return x << n | x >> (64 - n);
}

uint64_t xoshiro_next(struct xoshiro *x)
{
    uint64_t *s = x->s, result = rotate(s[1] * 5, 7) * 9, t = s[1] << 17;

    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 45);
    return result;
}

void xoshiro_jump(struct xoshiro *x)
{
    static const uint64_t jump[4] = {0x180ec6d33cfd0aba, 0xd5a61266f0c9392c,
                                     0xa9582618e03fc9aa, 0x39abdc4529b1661c};
    struct xoshiro sum = {{0}};

    for (unsigned i = 0; i < 256; i++) {
        if (jump[i / 64] >> i % 64 & 1)
            for (unsigned k = 0; k < 4; k++)
                sum.s[k] ^= x->s[k];
        xoshiro_next(x);
    }
    *x = sum;
}
