#include "flate_internal.h"
#include "heap.h"
#include "libc.h"

enum { HASHES = 4096, BLOCK_SYMBOLS = 16384, CHAIN = 32 };

struct symbol { uint16_t length, distance; }; /* distance 0: "length" is a literal */
struct writer {
    uint8_t *to;
    size_t room, size;
    uint64_t bits;
    unsigned count;
};
struct state {
    struct symbol symbols[BLOCK_SYMBOLS];
    int32_t heads[HASHES], previous[CONFIG_FLATE_WINDOW];
};

static void put(struct writer *w, uint32_t value, unsigned count)
{
    w->bits |= (uint64_t)value << w->count;
    for (w->count += count; w->count >= 8; w->count -= 8, w->bits >>= 8) {
        if (w->size < w->room)
            w->to[w->size] = (uint8_t)w->bits;
        w->size++;
    }
}

static unsigned length_code(unsigned length)
{
    unsigned code = 28;

    while (flate_length_base[code] > length)
        code--;
    return code;
}

static unsigned distance_code(unsigned distance)
{
    unsigned code = 29;

    while (flate_distance_base[code] > distance)
        code--;
    return code;
}

static void put_block(struct writer *w, const struct symbol *symbols, size_t count, int last)
{
    uint32_t frequencies[LITERALS] = {0}, distance_frequencies[DISTANCES] = {0}, meta_frequencies[19] = {0};
    uint8_t lengths[LITERALS + DISTANCES], distance_lengths[DISTANCES], meta[19];
    uint16_t codes[LITERALS], distance_codes[DISTANCES], meta_codes[19];
    unsigned metas = 19;

    for (size_t i = 0; i < count; i++) {
        if (symbols[i].distance == 0) {
            frequencies[symbols[i].length]++;
        } else {
            frequencies[257 + length_code(symbols[i].length)]++;
            distance_frequencies[distance_code(symbols[i].distance)]++;
        }
    }
    frequencies[256] = 1;
    distance_frequencies[0] |= 1;
    distance_frequencies[1] |= 1;
    flate_lengths(frequencies, 286, LONGEST, lengths);
    flate_lengths(distance_frequencies, 30, LONGEST, distance_lengths);
    flate_codes(lengths, 286, codes);
    flate_codes(distance_lengths, 30, distance_codes);
    memcpy(lengths + 286, distance_lengths, 30);
    for (unsigned i = 0; i < 316; i++)
        meta_frequencies[lengths[i]]++;
    flate_lengths(meta_frequencies, 19, 7, meta);
    flate_codes(meta, 19, meta_codes);
    while (metas > 4 && meta[flate_code_order[metas - 1]] == 0)
        metas--;

    put(w, (uint32_t)last, 1);
    put(w, 2, 2);
    put(w, 286 - 257, 5);
    put(w, 30 - 1, 5);
    put(w, metas - 4, 4);
    for (unsigned i = 0; i < metas; i++)
        put(w, meta[flate_code_order[i]], 3);
    for (unsigned i = 0; i < 316; i++)
        put(w, meta_codes[lengths[i]], meta[lengths[i]]);
    for (size_t i = 0; i < count; i++) {
        unsigned code;
        if (symbols[i].distance == 0) {
            put(w, codes[symbols[i].length], lengths[symbols[i].length]);
            continue;
        }
        code = length_code(symbols[i].length);
        put(w, codes[257 + code], lengths[257 + code]);
        put(w, symbols[i].length - flate_length_base[code], flate_length_extra[code]);
        code = distance_code(symbols[i].distance);
        put(w, distance_codes[code], distance_lengths[code]);
        put(w, symbols[i].distance - flate_distance_base[code], flate_distance_extra[code]);
    }
    put(w, codes[256], lengths[256]);
}

static unsigned hash(const uint8_t *at)
{
    return ((unsigned)at[0] << 16 ^ (unsigned)at[1] << 8 ^ at[2]) * 2654435761u >> 20;
}

static struct symbol find(struct state *s, const uint8_t *from, size_t size, size_t at)
{
    struct symbol best = {from[at], 0};
    size_t longest = size - at < 258 ? size - at : 258;
    int32_t candidate;
    unsigned tries = 0;

    if (longest < 3)
        return best;
    for (candidate = s->heads[hash(from + at)]; candidate >= 0 && tries < CHAIN; tries++) {
        size_t distance = at - (size_t)candidate, n = 0;
        int32_t before = s->previous[(size_t)candidate % CONFIG_FLATE_WINDOW];
        if (distance >= CONFIG_FLATE_WINDOW)
            break;
        while (n < longest && from[(size_t)candidate + n] == from[at + n])
            n++;
        if (n >= 3 && (best.distance == 0 || n > best.length))
            best = (struct symbol){(uint16_t)n, (uint16_t)distance};
        if (before >= candidate)
            break;
        candidate = before;
    }
    return best;
}

long deflate(void *to, size_t room, const void *data, size_t size)
{
    struct writer w = {to, room, 0, 0, 0};
    const uint8_t *from = data;
    struct state *s = malloc(sizeof *s);
    size_t at = 0, count = 0;

    if (s == NULL)
        return -1;
    memset(s->heads, 0xff, sizeof s->heads);
    do {
        for (count = 0; at < size && count < BLOCK_SYMBOLS; count++) {
            struct symbol symbol = s->symbols[count] = find(s, from, size, at);
            for (size_t n = symbol.distance != 0 ? symbol.length : 1; n > 0; n--, at++) {
                if (size - at < 3)
                    continue;
                s->previous[at % CONFIG_FLATE_WINDOW] = s->heads[hash(from + at)];
                s->heads[hash(from + at)] = (int32_t)at;
            }
        }
        put_block(&w, s->symbols, count, at == size);
    } while (at < size);
    put(&w, 0, (8 - w.count) & 7);
    free(s);
    return w.size <= room ? (long)w.size : -1;
}
