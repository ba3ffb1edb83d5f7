/* Inflate: a table on the first bits of a code, a canonical walk for long codes. */
#include "compress_internal.h"
#include "deflate_tables.h"
#include "nolibc.h"

enum { FAST_BITS = 9 };

struct code {
    uint16_t count[MAX_BITS + 1], symbols[LITERALS];
    uint16_t fast[1 << FAST_BITS]; /* symbol << 4 | bits; 0: long or invalid */
};

struct input {
    const uint8_t *at, *end;
    uint64_t bits;
    unsigned available;
    bool overrun;
};

struct output {
    uint8_t *start, *at, *end;
};

static uint32_t peek(struct input *in, unsigned count)
{
    while (in->available < count && in->at < in->end) {
        in->bits |= (uint64_t)*in->at++ << in->available;
        in->available += 8;
    }
    return (uint32_t)(in->bits & ((1ull << count) - 1));
}

static void drop(struct input *in, unsigned count)
{
    if (count > in->available) {
        in->overrun = true;
        count = in->available;
    }
    in->bits >>= count;
    in->available -= count;
}

static uint32_t take(struct input *in, unsigned count)
{
    uint32_t value = peek(in, count);

    drop(in, count);
    return value;
}

static unsigned reverse(unsigned value, unsigned bits)
{
    unsigned result = 0;

    for (; bits > 0; bits--, value >>= 1)
        result = result << 1 | (value & 1);
    return result;
}

static bool build(struct code *code, const uint8_t *lengths, unsigned count)
{
    uint16_t offsets[MAX_BITS + 2] = {0}, next[MAX_BITS + 1];
    int left = 1;

    memset(code, 0, sizeof *code);
    for (unsigned i = 0; i < count; i++)
        code->count[lengths[i]]++;
    code->count[0] = 0;
    for (unsigned bits = 1, first = 0; bits <= MAX_BITS; bits++) {
        left = (left << 1) - code->count[bits];
        if (left < 0)
            return false; /* more codes than bits can tell apart */
        first = (first + code->count[bits - 1]) << 1;
        next[bits] = (uint16_t)first;
        offsets[bits + 1] = (uint16_t)(offsets[bits] + code->count[bits]);
    }
    for (unsigned i = 0; i < count; i++) {
        unsigned bits = lengths[i], value;
        if (bits == 0)
            continue;
        code->symbols[offsets[bits]++] = (uint16_t)i;
        value = reverse(next[bits]++, bits);
        for (unsigned at = value; bits <= FAST_BITS && at < 1 << FAST_BITS; at += 1u << bits)
            code->fast[at] = (uint16_t)(i << 4 | bits);
    }
    return true;
}

static int decode(struct input *in, const struct code *code)
{
    uint32_t window = peek(in, MAX_BITS);
    uint16_t fast = code->fast[window & ((1 << FAST_BITS) - 1)];
    int value = 0, first = 0, index = 0;

    if (fast != 0) {
        drop(in, fast & 15);
        return fast >> 4;
    }
    for (unsigned bits = 1; bits <= MAX_BITS; bits++) {
        int count = code->count[bits];
        value |= (int)(window & 1);
        window >>= 1;
        if (value - count < first) {
            drop(in, bits);
            return code->symbols[index + value - first];
        }
        index += count;
        first = (first + count) << 1;
        value <<= 1;
    }
    return -1;
}

static int copy_match(struct output *out, size_t distance, size_t length)
{
    const uint8_t *from = out->at - distance;

    if (distance > (size_t)(out->at - out->start))
        return -ERROR_SYNTAX;
    if (length > (size_t)(out->end - out->at))
        return -ERROR_TOO_LARGE;
    for (; length > 0; length--)
        *out->at++ = *from++; /* may overlap: byte by byte is what is meant */
    return OK;
}

static int inflate_codes(struct input *in, struct output *out, const struct code *literals,
                         const struct code *distances)
{
    for (;;) {
        int symbol = decode(in, literals), error;
        size_t length, distance;
        if (in->overrun)
            return -ERROR_TRUNCATED;
        if (symbol < 0 || symbol > 285)
            return -ERROR_SYNTAX;
        if (symbol == END_OF_BLOCK)
            return OK;
        if (symbol < END_OF_BLOCK) {
            if (out->at == out->end)
                return -ERROR_TOO_LARGE;
            *out->at++ = (uint8_t)symbol;
            continue;
        }
        length = length_base[symbol - 257] + take(in, length_extra[symbol - 257]);
        symbol = decode(in, distances);
        if (symbol < 0 || symbol >= DISTANCES)
            return -ERROR_SYNTAX;
        distance = distance_base[symbol] + take(in, distance_extra[symbol]);
        error = copy_match(out, distance, length);
        if (error != OK)
            return error;
    }
}

static int inflate_stored(struct input *in, struct output *out)
{
    size_t size, inverse;

    drop(in, in->available % 8);
    size = take(in, 16);
    inverse = take(in, 16);
    if (in->overrun)
        return -ERROR_TRUNCATED;
    if (size != (~inverse & 0xffff))
        return -ERROR_SYNTAX;
    if (size > (size_t)(out->end - out->at))
        return -ERROR_TOO_LARGE;
    for (; size > 0 && !in->overrun; size--)
        *out->at++ = (uint8_t)take(in, 8);
    return in->overrun ? -ERROR_TRUNCATED : OK;
}

static int inflate_fixed(struct input *in, struct output *out)
{
    uint8_t lengths[LITERALS], short_lengths[32];
    struct code literals, distances;

    memset(lengths, 8, 144);
    memset(lengths + 144, 9, 112);
    memset(lengths + 256, 7, 24);
    memset(lengths + 280, 8, 8);
    memset(short_lengths, 5, 32);
    build(&literals, lengths, LITERALS);
    build(&distances, short_lengths, 32);
    return inflate_codes(in, out, &literals, &distances);
}

static int inflate_dynamic(struct input *in, struct output *out)
{
    unsigned literal_count = take(in, 5) + 257, distance_count = take(in, 5) + 1;
    unsigned code_count = take(in, 4) + 4, total = literal_count + distance_count;
    uint8_t lengths[LITERALS + 32] = {0};
    struct code literals, distances;

    for (unsigned i = 0; i < code_count; i++)
        lengths[length_code_order[i]] = (uint8_t)take(in, 3);
    if (!build(&literals, lengths, LENGTH_CODES) || literal_count > 286)
        return -ERROR_SYNTAX;
    memset(lengths, 0, sizeof lengths);
    for (unsigned i = 0; i < total;) {
        int symbol = decode(in, &literals);
        unsigned run = 1;
        uint8_t value = 0;
        if (symbol < 0 || in->overrun)
            return -ERROR_SYNTAX;
        if (symbol < 16)
            value = (uint8_t)symbol;
        else if (symbol == 16)
            run = 3 + take(in, 2);
        else
            run = symbol == 17 ? 3 + take(in, 3) : 11 + take(in, 7);
        if (symbol == 16 && i > 0)
            value = lengths[i - 1];
        if (i + run > total || (symbol == 16 && i == 0))
            return -ERROR_SYNTAX;
        memset(lengths + i, value, run);
        i += run;
    }
    if (!build(&literals, lengths, literal_count) ||
        !build(&distances, lengths + literal_count, distance_count))
        return -ERROR_SYNTAX;
    return inflate_codes(in, out, &literals, &distances);
}

int64_t inflate_raw(const uint8_t *data, size_t size, uint8_t *to, size_t room, size_t *used)
{
    struct input in = {data, data + size, 0, 0, false};
    struct output out = {to, to, to + room};
    bool last;

    do {
        unsigned kind;
        int error;
        last = take(&in, 1);
        kind = take(&in, 2);
        if (in.overrun)
            return -ERROR_TRUNCATED;
        if (kind == 3)
            return -ERROR_SYNTAX;
        error = kind == 0 ? inflate_stored(&in, &out)
                : kind == 1 ? inflate_fixed(&in, &out) : inflate_dynamic(&in, &out);
        if (error != OK)
            return error;
    } while (!last);
    *used = (size_t)(in.at - data) - in.available / 8;
    return out.at - out.start;
}
