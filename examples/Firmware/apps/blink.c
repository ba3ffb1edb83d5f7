/* Counts: initialized data, zeroed data, and a counter that a reset would not clear. */
#include "firmware.h"

static volatile uint32_t pattern[4] = {1, 3, 7, 15};
static uint32_t history[64];
__attribute__((section(".noinit"))) static uint32_t resets;

int main(void) {
    put_text("blink\n");
    for (unsigned i = 0; i < 64; i++) {
        if (history[i] != 0) return 1;
        history[i] = pattern[i & 3];
    }

    uint64_t sum = 0;
    for (unsigned i = 0; i < 64; i++) sum += history[i] * 1000000007ull;
    put_text("sum ");
    put_number(sum);
    resets = 41;
    resets++;
    put_text("\nresets ");
    put_number(resets);
    put_text("\nheap ");
    put_number(allocate(100) ? allocated() : 0);
    put_text("\nstack ");
    put_text(stack_used() <= stack_size() / 2 ? "fits" : "is too small");
    put_text("\n");
    return 0;
}
