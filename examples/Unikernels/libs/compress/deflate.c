/* Deflate: hash chains find matches, blocks get Huffman codes of their own. */
#include "alloc.h"
#include "compress_internal.h"
#include "deflate_tables.h"
#include "huffman.h"
#include "nolibc.h"

enum { HASH_BITS = 13, BLOCK_TOKENS = 8192, NO_POSITION = 0 };

struct token {
    uint16_t length, distance; /* distance 0: length is a literal byte */
};

struct deflater {
    const uint8_t *data;
    size_t size;
    uint32_t head[1 << HASH_BITS];  /* position + 1 of the last string with this hash */
    uint32_t chain[WINDOW];         /* the one before it */
    struct token tokens[BLOCK_TOKENS];
    unsigned token_count, depth;
    struct bit_writer out;
};

static unsigned hash_at(const uint8_t *p)
{
    uint32_t word = (uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2];

    return word * 2654435761u >> (32 - HASH_BITS);
}

static void remember(struct deflater *d, size_t at)
{
    unsigned hash;

    if (at + MIN_MATCH > d->size)
        return;
    hash = hash_at(d->data + at);
    d->chain[at % WINDOW] = d->head[hash];
    d->head[hash] = (uint32_t)at + 1;
}

static unsigned match_length(const uint8_t *a, const uint8_t *b, unsigned limit)
{
    unsigned length = 0;

    while (length < limit && a[length] == b[length])
        length++;
    return length;
}

static struct token longest_match(const struct deflater *d, size_t at)
{
    struct token best = {0, 0};
    unsigned limit = d->size - at < MAX_MATCH ? (unsigned)(d->size - at) : MAX_MATCH;
    uint32_t position;

    if (limit < MIN_MATCH)
        return best;
    position = d->head[hash_at(d->data + at)];
    for (unsigned depth = d->depth; depth > 0 && position != NO_POSITION; depth--) {
        size_t candidate = position - 1;
        unsigned length;
        if (at - candidate >= WINDOW)
            break;
        length = match_length(d->data + candidate, d->data + at, limit);
        if (length > best.length) {
            best = (struct token){(uint16_t)length, (uint16_t)(at - candidate)};
            if (length == limit)
                break;
        }
        position = d->chain[candidate % WINDOW];
    }
    if (best.length < MIN_MATCH)
        best = (struct token){0, 0};
    return best;
}

static unsigned code_for(const uint16_t *bases, unsigned count, unsigned value)
{
    unsigned code = count - 1;

    while (bases[code] > value)
        code--;
    return code;
}

static void count_symbols(const struct deflater *d, uint32_t *literals, uint32_t *distances)
{
    for (unsigned i = 0; i < d->token_count; i++) {
        const struct token *t = &d->tokens[i];
        if (t->distance == 0) {
            literals[t->length]++;
        } else {
            literals[257 + code_for(length_base, 29, t->length)]++;
            distances[code_for(distance_base, 30, t->distance)]++;
        }
    }
    literals[END_OF_BLOCK]++;
}

static void write_tokens(struct deflater *d, const struct huffman *literals,
                         const struct huffman *distances)
{
    for (unsigned i = 0; i < d->token_count; i++) {
        const struct token *t = &d->tokens[i];
        unsigned code;
        if (t->distance == 0) {
            huffman_write(&d->out, literals, t->length);
            continue;
        }
        code = code_for(length_base, 29, t->length);
        huffman_write(&d->out, literals, 257 + code);
        bits_write(&d->out, t->length - length_base[code], length_extra[code]);
        code = code_for(distance_base, 30, t->distance);
        huffman_write(&d->out, distances, code);
        bits_write(&d->out, t->distance - distance_base[code], distance_extra[code]);
    }
    huffman_write(&d->out, literals, END_OF_BLOCK);
}

/* The lengths of both codes, themselves compressed: zero runs and Huffman. */
static void write_lengths(struct deflater *d, const struct huffman *literals,
                          unsigned literal_count, const struct huffman *distances,
                          unsigned distance_count)
{
    uint8_t lengths[LITERALS + DISTANCES], symbols[LITERALS + DISTANCES], extra[LITERALS + DISTANCES];
    unsigned total = literal_count + distance_count, count = 0, codes = LENGTH_CODES;
    uint32_t frequencies[LENGTH_CODES] = {0};
    struct huffman code;

    memcpy(lengths, literals->lengths, literal_count);
    memcpy(lengths + literal_count, distances->lengths, distance_count);
    for (unsigned i = 0; i < total; count++) {
        unsigned run = 1;
        while (lengths[i] == 0 && i + run < total && lengths[i + run] == 0 && run < 138)
            run++;
        if (lengths[i] != 0 || run < 3)
            run = 1;
        symbols[count] = run == 1 ? lengths[i] : run < 11 ? 17 : 18;
        extra[count] = (uint8_t)(run == 1 ? 0 : run < 11 ? run - 3 : run - 11);
        frequencies[symbols[count]]++;
        i += run;
    }
    huffman_build(&code, frequencies, LENGTH_CODES, 7);
    while (codes > 4 && code.lengths[length_code_order[codes - 1]] == 0)
        codes--;
    bits_write(&d->out, literal_count - 257, 5);
    bits_write(&d->out, distance_count - 1, 5);
    bits_write(&d->out, codes - 4, 4);
    for (unsigned i = 0; i < codes; i++)
        bits_write(&d->out, code.lengths[length_code_order[i]], 3);
    for (unsigned i = 0; i < count; i++) {
        huffman_write(&d->out, &code, symbols[i]);
        if (symbols[i] >= 17)
            bits_write(&d->out, extra[i], symbols[i] == 17 ? 3 : 7);
    }
}

static void write_block(struct deflater *d, bool last)
{
    uint32_t literal_counts[LITERALS] = {0}, distance_counts[DISTANCES] = {0};
    struct huffman literals, distances;
    unsigned literal_count = 286, distance_count = DISTANCES;

    count_symbols(d, literal_counts, distance_counts);
    huffman_build(&literals, literal_counts, 286, MAX_BITS);
    huffman_build(&distances, distance_counts, DISTANCES, MAX_BITS);
    while (literal_count > 257 && literals.lengths[literal_count - 1] == 0)
        literal_count--;
    while (distance_count > 1 && distances.lengths[distance_count - 1] == 0)
        distance_count--;
    bits_write(&d->out, last, 1);
    bits_write(&d->out, 2, 2);
    write_lengths(d, &literals, literal_count, &distances, distance_count);
    write_tokens(d, &literals, &distances);
    d->token_count = 0;
}

static void add_token(struct deflater *d, unsigned length, unsigned distance)
{
    if (d->token_count == BLOCK_TOKENS)
        write_block(d, false);
    d->tokens[d->token_count++] = (struct token){(uint16_t)length, (uint16_t)distance};
}

/* A match is put off by one byte when the next position has a longer one. */
static void compress_all(struct deflater *d)
{
    size_t at = 0;

    while (at < d->size) {
        struct token match = longest_match(d, at);
        remember(d, at);
        if (match.length > 0 && match.length < 32 && at + 1 < d->size &&
            longest_match(d, at + 1).length > match.length)
            match.length = 0;
        if (match.length == 0) {
            add_token(d, d->data[at++], 0);
            continue;
        }
        add_token(d, match.length, match.distance);
        for (unsigned i = 1; i < match.length; i++)
            remember(d, at + i);
        at += match.length;
    }
    write_block(d, true);
}

static void store_all(struct deflater *d)
{
    size_t at = 0;

    do {
        size_t run = d->size - at < 65535 ? d->size - at : 65535;
        bits_write(&d->out, at + run == d->size, 1);
        bits_write(&d->out, 0, 2);
        bits_align(&d->out);
        bits_write(&d->out, (uint32_t)run, 16);
        bits_write(&d->out, ~(uint32_t)run & 0xffff, 16);
        for (size_t i = 0; i < run; i++)
            bits_write(&d->out, d->data[at + i], 8);
        at += run;
    } while (at < d->size);
}

int64_t deflate_raw(int level, const uint8_t *data, size_t size, uint8_t *to, size_t room)
{
    struct deflater *d = calloc(1, sizeof *d);
    int64_t result;

    if (d == NULL)
        return -ERROR_NO_MEMORY;
    d->data = data;
    d->size = size;
    d->depth = 2u << level;
    d->out = (struct bit_writer){.at = to, .end = to + room};
    if (level == 0)
        store_all(d);
    else
        compress_all(d);
    bits_align(&d->out);
    result = d->out.overflow ? -ERROR_TOO_LARGE : d->out.at - to;
    free(d);
    return result;
}
