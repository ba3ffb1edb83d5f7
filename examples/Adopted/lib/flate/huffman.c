#include "flate_internal.h"
#include "libc.h"

const uint16_t flate_length_base[29] = {3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258};
const uint8_t flate_length_extra[29] = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
const uint16_t flate_distance_base[30] = {1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
                                          8193, 12289, 16385, 24577};
const uint8_t flate_distance_extra[30] = {0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13};
const uint8_t flate_code_order[19] = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

struct leaf { uint32_t weight; int16_t left, right; };

static void depths(const struct leaf *tree, int at, unsigned depth, uint8_t *lengths)
{
    if (tree[at].left < 0) {
        lengths[tree[at].right] = (uint8_t)(depth == 0 ? 1 : depth);
        return;
    }
    depths(tree, tree[at].left, depth + 1, lengths);
    depths(tree, tree[at].right, depth + 1, lengths);
}

static int lightest(struct leaf *tree, uint8_t *taken, int nodes)
{
    int best = -1;

    for (int i = 0; i < nodes; i++)
        if (!taken[i] && (best < 0 || tree[i].weight < tree[best].weight))
            best = i;
    taken[best] = 1;
    return best;
}

void flate_lengths(const uint32_t *frequencies, unsigned count, unsigned longest, uint8_t *lengths)
{
    struct leaf tree[2 * LITERALS];
    uint8_t taken[2 * LITERALS];
    unsigned flatten = 0;

    /* When a code gets too long, small frequencies are raised until it does not. */
    for (;; flatten++) {
        int nodes = 0, left;
        unsigned deepest = 0;
        memset(lengths, 0, count);
        memset(taken, 0, sizeof taken);
        for (unsigned i = 0; i < count; i++)
            if (frequencies[i] != 0)
                tree[nodes++] = (struct leaf){flatten == 0 ? frequencies[i] : (frequencies[i] >> flatten) + 1, -1, (int16_t)i};
        if (nodes == 0)
            return;
        for (left = nodes; left > 1; left--) {
            int a = lightest(tree, taken, nodes), b = lightest(tree, taken, nodes);
            tree[nodes] = (struct leaf){tree[a].weight + tree[b].weight, (int16_t)a, (int16_t)b};
            nodes++;
        }
        depths(tree, nodes - 1, 0, lengths);
        for (unsigned i = 0; i < count; i++)
            if (lengths[i] > deepest)
                deepest = lengths[i];
        if (deepest <= longest)
            return;
    }
}

void flate_codes(const uint8_t *lengths, unsigned count, uint16_t *codes)
{
    uint16_t next[LONGEST + 2] = {0}, counts[LONGEST + 1] = {0};

    for (unsigned i = 0; i < count; i++)
        counts[lengths[i]]++;
    counts[0] = 0;
    for (unsigned bits = 1; bits <= LONGEST; bits++)
        next[bits + 1] = (uint16_t)((next[bits] + counts[bits]) << 1);
    for (unsigned i = 0; i < count; i++) {
        uint16_t code = lengths[i] != 0 ? next[lengths[i]]++ : 0, reversed = 0;
        for (unsigned bit = 0; bit < lengths[i]; bit++)
            reversed |= (uint16_t)((code >> bit & 1) << (lengths[i] - 1 - bit));
        codes[i] = reversed;
    }
}
