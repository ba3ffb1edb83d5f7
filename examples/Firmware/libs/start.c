/* Start-up: the vector table, the copy of .data out of flash, .bss to zero, then main. */
#include "firmware.h"

/* Addresses of the plan: symbols of firmware.layout. */
extern uint32_t data_start[], data_end[], data_load[], bss_start[], bss_end[], stack_start[], stack_top[];

_Noreturn void reset(void) {
    for (uint32_t *to = data_start, *from = data_load; to < data_end;) *to++ = *from++;
    for (uint32_t *to = bss_start; to < bss_end;) *to++ = 0;

    /* What the stack never reached keeps its mark. A frame of this function lies just below the top. */
    uint32_t *frame = __builtin_frame_address(0);
    for (volatile uint32_t *to = stack_start; to < frame - 16;) *to++ = 0xA5A5A5A5u;
    halt(main());
}

static _Noreturn void fault(void) {
    put_text("fault\n");
    halt(1);
}

/* ARMv7-M Architecture Reference Manual, B1.5.3: the stack pointer, then the handlers by exception number. */
__attribute__((section(".vectors"), used)) static const void *const vectors[16] = {
    stack_top, reset, fault, fault, fault, fault, fault, 0, 0, 0, 0, fault, fault, 0, fault, fault,
};
