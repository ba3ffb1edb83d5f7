#pragma once
#include "emu.h"

enum { CARRY = 1, ONE = 2, PARITY = 4, HALF = 16, ZERO = 64, SIGN = 128 };
typedef void (*emu_opcode)(struct emu *);
extern const emu_opcode emu_opcodes[256];
extern const char *const emu_names[256]; /* as the assembler reads them; # is a byte, @ a word */

static inline uint16_t pair(uint8_t high, uint8_t low) { return (uint16_t)(high << 8 | low); }
static inline uint8_t fetch(struct emu *x) { return x->memory[x->pc++]; }
static inline uint16_t fetch2(struct emu *x) { uint8_t low = fetch(x); return pair(fetch(x), low); }
static inline uint16_t load2(struct emu *x, uint16_t at) { return pair(x->memory[(uint16_t)(at + 1)], x->memory[at]); }
static inline void store2(struct emu *x, uint16_t at, uint16_t value)
{
    x->memory[at] = (uint8_t)value;
    x->memory[(uint16_t)(at + 1)] = (uint8_t)(value >> 8);
}
static inline void push(struct emu *x, uint16_t value) { x->sp -= 2; store2(x, x->sp, value); }
static inline uint16_t pop(struct emu *x) { x->sp += 2; return load2(x, (uint16_t)(x->sp - 2)); }
static inline uint8_t szp(uint8_t value)
{
    return (uint8_t)((value & SIGN) | (value == 0 ? ZERO : 0) | (__builtin_parity(value) ? 0 : PARITY) | ONE);
}
static inline void add(struct emu *x, uint8_t value, uint8_t carry)
{
    unsigned sum = (unsigned)x->a + value + carry;
    x->flags = (uint8_t)(szp((uint8_t)sum) | (sum > 255 ? CARRY : 0) | ((x->a ^ value ^ sum) & HALF));
    x->a = (uint8_t)sum;
}
static inline uint8_t minus(struct emu *x, uint8_t value, uint8_t carry)
{
    unsigned rest = (unsigned)x->a - value - carry;
    x->flags = (uint8_t)(szp((uint8_t)rest) | (rest > 255 ? CARRY : 0) | (~(x->a ^ value ^ rest) & HALF));
    return (uint8_t)rest;
}
static inline void logic(struct emu *x, uint8_t value, uint8_t half) { x->a = value; x->flags = (uint8_t)(szp(value) | half); }
static inline uint8_t step(struct emu *x, uint8_t value, int by)
{
    uint8_t result = (uint8_t)(value + by);
    x->flags = (uint8_t)((x->flags & CARRY) | szp(result) | ((by > 0 ? (result & 15) == 0 : (result & 15) != 15) ? HALF : 0));
    return result;
}
