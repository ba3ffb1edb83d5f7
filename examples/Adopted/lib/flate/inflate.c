#include "flate_internal.h"
#include "libc.h"

struct reader {
    const uint8_t *at, *end;
    uint64_t bits;
    unsigned count;
    bool failed;
};
struct table { uint16_t counts[LONGEST + 1], symbols[LITERALS]; };

static uint32_t take(struct reader *r, unsigned count)
{
    uint32_t value;

    while (r->count < count) {
        if (r->at == r->end) {
            r->failed = true;
            return 0;
        }
        r->bits |= (uint64_t)*r->at++ << r->count;
        r->count += 8;
    }
    value = (uint32_t)(r->bits & ((1ul << count) - 1));
    r->bits >>= count;
    r->count -= count;
    return value;
}

static bool make(struct table *t, const uint8_t *lengths, unsigned count)
{
    uint16_t offsets[LONGEST + 1] = {0};
    int left = 1;

    memset(t, 0, sizeof *t);
    for (unsigned i = 0; i < count; i++)
        t->counts[lengths[i]]++;
    t->counts[0] = 0;
    for (unsigned bits = 1; bits <= LONGEST; bits++) {
        left = left * 2 - t->counts[bits];
        if (left < 0)
            return false;
        if (bits < LONGEST)
            offsets[bits + 1] = (uint16_t)(offsets[bits] + t->counts[bits]);
    }
    for (unsigned i = 0; i < count; i++)
        if (lengths[i] != 0)
            t->symbols[offsets[lengths[i]]++] = (uint16_t)i;
    return true;
}

static unsigned decode(struct reader *r, const struct table *t)
{
    int code = 0, first = 0, index = 0;

    for (unsigned bits = 1; bits <= LONGEST; bits++) {
        code |= (int)take(r, 1);
        if (code - t->counts[bits] < first)
            return t->symbols[index + (code - first)];
        index += t->counts[bits];
        first = (first + t->counts[bits]) << 1;
        code <<= 1;
    }
    r->failed = true;
    return 0;
}

static bool read_tables(struct reader *r, struct table *literals, struct table *distances)
{
    uint8_t lengths[LITERALS + DISTANCES] = {0}, meta[19] = {0};
    unsigned literal_count = take(r, 5) + 257, distance_count = take(r, 5) + 1, metas = take(r, 4) + 4, n = 0;
    struct table table;

    for (unsigned i = 0; i < metas; i++)
        meta[flate_code_order[i]] = (uint8_t)take(r, 3);
    if (literal_count > 286 || distance_count > 30 || !make(&table, meta, 19))
        return false;
    while (n < literal_count + distance_count && !r->failed) {
        unsigned symbol = decode(r, &table), repeat = 1;
        uint8_t value = (uint8_t)symbol;
        if (symbol == 16) {
            if (n == 0)
                return false;
            value = lengths[n - 1];
            repeat = take(r, 2) + 3;
        } else if (symbol > 16) {
            value = 0;
            repeat = symbol == 17 ? take(r, 3) + 3 : take(r, 7) + 11;
        }
        if (n + repeat > literal_count + distance_count)
            return false;
        while (repeat-- > 0)
            lengths[n++] = value;
    }
    return !r->failed && make(literals, lengths, literal_count) && make(distances, lengths + literal_count, distance_count);
}

static void fixed_tables(struct table *literals, struct table *distances)
{
    uint8_t lengths[LITERALS];

    for (unsigned i = 0; i < LITERALS; i++)
        lengths[i] = i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8;
    make(literals, lengths, LITERALS);
    memset(lengths, 5, 30);
    make(distances, lengths, 30);
}

long inflate(void *to, size_t room, const void *from, size_t size)
{
    struct reader r = {from, (const uint8_t *)from + size, 0, 0, false};
    struct table literals, distances;
    uint8_t *out = to;
    size_t n = 0;
    bool last;

    do {
        unsigned kind;
        last = take(&r, 1);
        kind = take(&r, 2);
        if (kind == 0) {
            take(&r, r.count & 7);
            unsigned length = take(&r, 16);
            if (length != (~take(&r, 16) & 0xffff) || length > room - n)
                return -1;
            for (; length > 0 && !r.failed; length--)
                out[n++] = (uint8_t)take(&r, 8);
            continue;
        }
        if (kind == 3)
            return -1;
        if (kind == 1)
            fixed_tables(&literals, &distances);
        else if (!read_tables(&r, &literals, &distances))
            return -1;
        while (!r.failed) {
            unsigned symbol = decode(&r, &literals), length, distance;
            if (symbol == 256)
                break;
            if (symbol < 256) {
                if (n == room)
                    return -1;
                out[n++] = (uint8_t)symbol;
                continue;
            }
            if (symbol > 285)
                return -1;
            length = flate_length_base[symbol - 257] + take(&r, flate_length_extra[symbol - 257]);
            symbol = decode(&r, &distances);
            if (symbol > 29)
                return -1;
            distance = flate_distance_base[symbol] + take(&r, flate_distance_extra[symbol]);
            if (distance > n || length > room - n)
                return -1;
            for (; length > 0; length--, n++)
                out[n] = out[n - distance];
        }
    } while (!last && !r.failed);
    return r.failed ? -1 : (long)n;
}
