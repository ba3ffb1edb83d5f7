/* Runs of literals and copies, byte by byte: a token holds both counts (LZ4's idea). */
#include "flate.h"
#include "libc.h"

struct output { uint8_t *to; size_t room, size; };

static void put(struct output *out, unsigned byte)
{
    if (out->size < out->room)
        out->to[out->size] = (uint8_t)byte;
    out->size++;
}

static void put_count(struct output *out, size_t count)
{
    for (; count >= 255; count -= 255)
        put(out, 255);
    put(out, (unsigned)count);
}

static void put_run(struct output *out, const uint8_t *literals, size_t count, size_t length, size_t distance)
{
    size_t copy = length >= 4 ? length - 4 : 0;

    put(out, (unsigned)((count < 15 ? count : 15) << 4 | (copy < 15 ? copy : 15)));
    if (count >= 15)
        put_count(out, count - 15);
    for (size_t i = 0; i < count; i++)
        put(out, literals[i]);
    put(out, distance & 255);
    put(out, (unsigned)(distance >> 8));
    if (distance != 0 && copy >= 15)
        put_count(out, copy - 15);
}

long lz_pack(void *to, size_t room, const void *data, size_t size)
{
    static uint32_t table[1024]; /* where four bytes were last seen, plus one */
    struct output out = {to, room, 0};
    const uint8_t *from = data;
    size_t at = 0, run = 0;

    memset(table, 0, sizeof table);
    while (at + 4 <= size) {
        uint32_t word, slot, seen;
        memcpy(&word, from + at, 4);
        slot = word * 2654435761u >> 22;
        seen = table[slot];
        table[slot] = (uint32_t)at + 1;
        if (seen == 0 || at - (seen - 1) > 65535 || memcmp(from + seen - 1, from + at, 4) != 0) {
            at++;
            continue;
        }
        size_t length = 4, distance = at - (seen - 1);
        while (at + length < size && from[at + length] == from[at + length - distance])
            length++;
        put_run(&out, from + run, at - run, length, distance);
        at += length;
        run = at;
    }
    put_run(&out, from + run, size - run, 0, 0);
    return out.size <= room ? (long)out.size : -1;
}

static bool take_count(const uint8_t **at, const uint8_t *end, size_t *count)
{
    if (*count < 15)
        return true;
    for (;;) {
        if (*at == end)
            return false;
        *count += **at;
        if (*(*at)++ != 255)
            return true;
    }
}

long lz_unpack(void *to, size_t room, const void *from, size_t size)
{
    const uint8_t *at = from, *end = at + size;
    uint8_t *out = to;
    size_t n = 0;

    while (at < end) {
        unsigned token = *at++;
        size_t literals = token >> 4, length = token & 15, distance;
        if (!take_count(&at, end, &literals) || literals + 2 > (size_t)(end - at) || literals > room - n)
            return -1;
        memcpy(out + n, at, literals);
        n += literals;
        at += literals;
        distance = at[0] | (size_t)at[1] << 8;
        at += 2;
        if (distance == 0)
            return at == end ? (long)n : -1;
        if (!take_count(&at, end, &length) || distance > n || length + 4 > room - n)
            return -1;
        for (length += 4; length > 0; length--, n++)
            out[n] = out[n - distance];
    }
    return -1;
}
