/* An Intel 8080: processor and a small assembler. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct emu {
    uint8_t b, c, d, e, h, l, flags, a;
    uint16_t sp, pc;
    bool halted;
    uint64_t steps;
    void (*out)(uint8_t port, uint8_t value);
    uint8_t (*in)(uint8_t port);
    uint8_t memory[65536];
};
void emu_reset(struct emu *emu);
bool emu_run(struct emu *emu, uint64_t steps);                              /* false: it did not halt */
int emu_assemble(struct emu *emu, const char *source, char *error, size_t room); /* the size of the code, or -1 */
