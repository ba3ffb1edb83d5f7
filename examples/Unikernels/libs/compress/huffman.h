/* Bits going out, and Huffman codes of a limited length. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

struct bit_writer {
    uint8_t *at, *end;
    uint64_t bits;
    unsigned count;
    bool overflow;
};
void bits_write(struct bit_writer *out, uint32_t value, unsigned count);
void bits_align(struct bit_writer *out); /* fills up the last byte with zeros */

struct huffman {
    uint8_t lengths[288];
    uint16_t codes[288]; /* first bit lowest, as deflate writes them */
};
void huffman_build(struct huffman *code, const uint32_t *frequencies, unsigned count,
                   unsigned max_bits);
void huffman_write(struct bit_writer *out, const struct huffman *code, unsigned symbol);
