/* Measures: a checksum over read-only data, with a table that start-up copied, and samples on the heap. */
#include "firmware.h"

static const char text[] = "123456789";
static const char *volatile names[] = {"volts", "amperes", "watts"};

int main(void) {
    put_text("meter\ncrc ");
    put_hex(crc32(text, sizeof text - 1));
    put_text("\n");
    uint32_t *samples = allocate(32 * sizeof *samples);
    if (!samples) return 1;
    for (unsigned i = 0; i < 32; i++) samples[i] = i * i;
    for (unsigned i = 0; i < 3; i++) {
        put_text(names[i]);
        put_text(" ");
        put_number((uint64_t)samples[10 * (i + 1)] << 33);
        put_text("\n");
    }

    put_text("heap ");
    put_number(allocated());
    put_text(allocate(1 << 20) ? "\nthe heap has no end\n" : "\nfull is full\n");
    put_text("stack ");
    put_text(stack_used() <= stack_size() / 2 ? "fits" : "is too small");
    put_text("\n");
    return 0;
}
