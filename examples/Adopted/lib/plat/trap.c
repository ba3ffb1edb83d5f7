#include "plat.h"
#include "libc.h"

struct trap_frame {
    uint64_t vector, error, rip, cs, flags, rsp, ss;
};
struct gate {
    uint16_t low, selector;
    uint8_t stack, type;
    uint16_t middle;
    uint32_t high, zero;
};

extern const uint64_t plat_trap_entries[32];
void plat_trap(struct trap_frame *frame);

static struct gate gates[32];
bool (*kiln_trap_hook)(unsigned vector, uint64_t address);

static const char *const names[32] = {
    "division", "debug", "NMI", "breakpoint", "overflow", "bounds", "invalid opcode", "no FPU", "double fault", "coprocessor",
    "task segment", "segment missing", "stack segment", "protection", "page fault", "15", "x87", "alignment", "machine check",
    "SIMD", "20", "21", "22", "23", "24", "25", "26", "27", "28", "29", "30", "31",
};

void plat_traps_init(void)
{
    struct __attribute__((packed)) { uint16_t limit; uint64_t base; } pointer = {sizeof gates - 1, (uint64_t)gates};

    for (int i = 0; i < 32; i++) {
        uint64_t to = plat_trap_entries[i];
        gates[i] = (struct gate){(uint16_t)to, 8, 0, 0x8e, (uint16_t)(to >> 16), (uint32_t)(to >> 32), 0};
    }
    __asm__ volatile("lidt %0" : : "m"(pointer));
}

void plat_trap(struct trap_frame *frame)
{
    if (kiln_trap_hook != NULL && kiln_trap_hook((unsigned)frame->vector, frame->rip))
        return;
    kiln_panic("trap %lu (%s) at %lx, error %lx", frame->vector, names[frame->vector & 31], frame->rip, frame->error);
}
