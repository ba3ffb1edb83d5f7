/* Huffman codes: lengths from a tree, limited by moving leaves, values canonical. */
#include "huffman.h"
#include "nolibc.h"

void bits_write(struct bit_writer *out, uint32_t value, unsigned count)
{
    out->bits |= (uint64_t)value << out->count;
    out->count += count;
    while (out->count >= 8) {
        if (out->at == out->end)
            out->overflow = true;
        else
            *out->at++ = (uint8_t)out->bits;
        out->bits >>= 8;
        out->count -= 8;
    }
}

void bits_align(struct bit_writer *out)
{
    if (out->count > 0)
        bits_write(out, 0, 8 - out->count);
}

struct leaf {
    uint32_t frequency;
    uint16_t symbol;
};

static int by_frequency(const void *a, const void *b)
{
    const struct leaf *x = a, *y = b;

    if (x->frequency != y->frequency)
        return x->frequency < y->frequency ? -1 : 1;
    return x->symbol - y->symbol;
}

/* Two sorted queues: leaves, and inner nodes, which come into being in order. */
static void leaf_depths(const struct leaf *leaves, unsigned count, unsigned *depths)
{
    uint32_t weights[288];
    uint16_t leaf_parent[288], parent[288];
    unsigned leaf = 0, inner = 0;

    for (unsigned made = 0; made + 1 < count; made++) {
        weights[made] = 0;
        for (unsigned child = 0; child < 2; child++) {
            if (leaf < count && (inner == made || leaves[leaf].frequency <= weights[inner])) {
                weights[made] += leaves[leaf].frequency;
                leaf_parent[leaf++] = (uint16_t)made;
            } else {
                weights[made] += weights[inner];
                parent[inner++] = (uint16_t)made;
            }
        }
    }
    /* From the root down, inner nodes first. */
    for (unsigned i = count - 1; i-- > 0;)
        weights[i] = i == count - 2 ? 0 : weights[parent[i]] + 1;
    for (unsigned i = 0; i < count; i++)
        depths[i] = weights[leaf_parent[i]] + 1;
}

/* Too long codes are cut; each time the sum of 2^-length gets too large, a shorter
 * code is made longer until everything fits again. */
static void limit_depths(unsigned *depths, unsigned count, unsigned max_bits)
{
    uint32_t total = 0, full = 1u << max_bits;

    for (unsigned i = 0; i < count; i++) {
        if (depths[i] > max_bits)
            depths[i] = max_bits;
        total += full >> depths[i];
    }
    for (unsigned i = 0; total > full; i = (i + 1) % count)
        if (depths[i] < max_bits) {
            depths[i]++;
            total -= full >> depths[i];
        }
}

static void assign_codes(struct huffman *code, unsigned count)
{
    unsigned next = 0;

    for (unsigned bits = 1; bits <= 15; bits++, next <<= 1)
        for (unsigned i = 0; i < count; i++) {
            unsigned reversed = 0;
            if (code->lengths[i] != bits)
                continue;
            for (unsigned k = 0; k < bits; k++)
                reversed |= (next >> k & 1) << (bits - 1 - k);
            code->codes[i] = (uint16_t)reversed;
            next++;
        }
}

void huffman_build(struct huffman *code, const uint32_t *frequencies, unsigned count,
                   unsigned max_bits)
{
    struct leaf leaves[288];
    unsigned depths[288], used = 0;

    memset(code, 0, sizeof *code);
    for (unsigned i = 0; i < count; i++)
        if (frequencies[i] > 0)
            leaves[used++] = (struct leaf){frequencies[i], (uint16_t)i};
    /* A code needs two symbols, even when only one is ever used. */
    for (unsigned i = 0; used < 2; i++)
        if (frequencies[i] == 0)
            leaves[used++] = (struct leaf){1, (uint16_t)i};
    qsort(leaves, used, sizeof leaves[0], by_frequency);
    leaf_depths(leaves, used, depths);
    limit_depths(depths, used, max_bits);
    for (unsigned i = 0; i < used; i++)
        code->lengths[leaves[i].symbol] = (uint8_t)depths[i];
    assign_codes(code, count);
}

void huffman_write(struct bit_writer *out, const struct huffman *code, unsigned symbol)
{
    bits_write(out, code->codes[symbol], code->lengths[symbol]);
}
