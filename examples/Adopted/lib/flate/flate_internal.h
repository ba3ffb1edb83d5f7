#pragma once
#include "flate.h"

enum { LITERALS = 288, DISTANCES = 32, LONGEST = 15 };
extern const uint16_t flate_length_base[29], flate_distance_base[30];
extern const uint8_t flate_length_extra[29], flate_distance_extra[30], flate_code_order[19];

/* Lengths of codes for frequencies, none longer than "longest"; and the codes, bits reversed as they are written. */
void flate_lengths(const uint32_t *frequencies, unsigned count, unsigned longest, uint8_t *lengths);
void flate_codes(const uint8_t *lengths, unsigned count, uint16_t *codes);
