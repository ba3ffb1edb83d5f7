/* Simple formats: LZ without entropy coding, run lengths, deltas. */
#include "compress.h"
#include "nolibc.h"

struct writer {
    uint8_t *at, *end;
    bool overflow;
};

static void put(struct writer *w, unsigned byte)
{
    if (w->at == w->end)
        w->overflow = true;
    else
        *w->at++ = (uint8_t)byte;
}

static void put_all(struct writer *w, const uint8_t *p, size_t size)
{
    for (; size > 0; size--)
        put(w, *p++);
}

static int64_t finish(const struct writer *w, const void *start)
{
    return w->overflow ? -ERROR_TOO_LARGE : w->at - (const uint8_t *)start;
}

/* Lengths of 15 and more go on in further bytes. */
static void put_length(struct writer *w, size_t length)
{
    for (length -= 15; length >= 255; length -= 255)
        put(w, 255);
    put(w, (unsigned)length);
}

static void put_sequence(struct writer *w, const uint8_t *literals, size_t count, size_t match,
                         size_t distance)
{
    size_t short_count = count < 15 ? count : 15, short_match = match < 15 ? match : 15;

    put(w, (unsigned)(short_count << 4 | short_match));
    if (short_count == 15)
        put_length(w, count);
    put_all(w, literals, count);
    put(w, distance & 0xff);
    put(w, (unsigned)(distance >> 8));
    if (short_match == 15)
        put_length(w, match);
}

int64_t lz_compress(const void *data, size_t size, void *to, size_t room)
{
    static uint32_t table[4096]; /* position + 1 */
    struct writer w = {to, (uint8_t *)to + room, false};
    const uint8_t *p = data;
    size_t literals = 0, at = 0;

    memset(table, 0, sizeof table);
    while (at + 4 <= size) {
        uint32_t word, *slot;
        size_t candidate, length = 0;
        memcpy(&word, p + at, 4);
        slot = &table[word * 2654435761u >> 20];
        candidate = *slot;
        *slot = (uint32_t)at + 1;
        if (candidate != 0 && at - (candidate - 1) < 65536)
            while (at + length < size && p[candidate - 1 + length] == p[at + length])
                length++;
        if (length < 4) {
            at++;
            continue;
        }
        put_sequence(&w, p + literals, at - literals, length - 3, at - (candidate - 1));
        at += length;
        literals = at;
    }
    put_sequence(&w, p + literals, size - literals, 0, 0);
    return finish(&w, to);
}

static bool get_length(const uint8_t **at, const uint8_t *end, size_t *length)
{
    uint8_t byte = 255;

    if (*length < 15)
        return true;
    while (byte == 255) {
        if (*at == end)
            return false;
        byte = *(*at)++;
        *length += byte;
    }
    return true;
}

int64_t lz_expand(const void *data, size_t size, void *to, size_t room)
{
    const uint8_t *at = data, *end = at + size;
    uint8_t *out = to, *out_end = out + room;

    while (at < end) {
        size_t literals = *at >> 4, match = *at & 15, distance;
        at++;
        if (!get_length(&at, end, &literals) || (size_t)(end - at) < literals + 2)
            return -ERROR_TRUNCATED;
        if ((size_t)(out_end - out) < literals)
            return -ERROR_TOO_LARGE;
        memcpy(out, at, literals);
        out += literals;
        at += literals;
        distance = at[0] | (size_t)at[1] << 8;
        at += 2;
        if (match == 0)
            break; /* the last sequence has literals only */
        if (!get_length(&at, end, &match))
            return -ERROR_TRUNCATED;
        match += 3;
        if (distance == 0 || distance > (size_t)(out - (uint8_t *)to))
            return -ERROR_SYNTAX;
        if ((size_t)(out_end - out) < match)
            return -ERROR_TOO_LARGE;
        for (; match > 0; match--, out++)
            *out = *(out - distance);
    }
    return out - (uint8_t *)to;
}

/* A byte below 128 says how many literals follow, the others repeat one byte. */
int64_t rle_compress(const void *data, size_t size, void *to, size_t room)
{
    struct writer w = {to, (uint8_t *)to + room, false};
    const uint8_t *p = data, *end = p + size;

    while (p < end) {
        size_t run = 1, left = (size_t)(end - p), count = 1;
        while (run < left && run < 130 && p[run] == p[0])
            run++;
        if (run >= 3) {
            put(&w, (unsigned)(run + 125));
            put(&w, *p);
            p += run;
            continue;
        }
        while (count < left && count < 128 &&
               !(count + 2 < left && p[count] == p[count + 1] && p[count] == p[count + 2]))
            count++;
        put(&w, (unsigned)(count - 1));
        put_all(&w, p, count);
        p += count;
    }
    return finish(&w, to);
}

int64_t rle_expand(const void *data, size_t size, void *to, size_t room)
{
    const uint8_t *at = data, *end = at + size;
    struct writer w = {to, (uint8_t *)to + room, false};

    while (at < end) {
        unsigned control = *at++;
        size_t count = control < 128 ? control + 1 : control - 125;
        if ((size_t)(end - at) < (control < 128 ? count : 1))
            return -ERROR_TRUNCATED;
        if (control < 128) {
            put_all(&w, at, count);
            at += count;
        } else {
            for (; count > 0; count--)
                put(&w, *at);
            at++;
        }
    }
    return finish(&w, to);
}

int64_t delta_compress(const int64_t *values, size_t count, void *to, size_t room)
{
    struct writer w = {to, (uint8_t *)to + room, false};
    uint64_t before = 0;

    for (size_t i = 0; i < count; i++) {
        uint64_t delta = (uint64_t)values[i] - before;
        uint64_t zigzag = delta << 1 ^ (uint64_t)((int64_t)delta >> 63);
        before = (uint64_t)values[i];
        for (; zigzag >= 128; zigzag >>= 7)
            put(&w, (unsigned)(zigzag & 127) | 128);
        put(&w, (unsigned)zigzag);
    }
    return finish(&w, to);
}

int64_t delta_expand(const void *data, size_t size, int64_t *values, size_t count)
{
    const uint8_t *at = data, *end = at + size;
    uint64_t value = 0;
    size_t done = 0;

    for (; at < end && done < count; done++) {
        uint64_t zigzag = 0;
        for (unsigned shift = 0;; shift += 7) {
            if (at == end || shift > 63)
                return -ERROR_TRUNCATED;
            zigzag |= (uint64_t)(*at & 127) << shift;
            if (*at++ < 128)
                break;
        }
        value += zigzag >> 1 ^ (0 - (zigzag & 1));
        values[done] = (int64_t)value;
    }
    return (int64_t)done;
}
