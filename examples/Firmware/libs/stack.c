/* Measures the stack by the marks that start-up left on it. */
#include "firmware.h"

extern uint32_t stack_start[], stack_top[];

size_t stack_size(void) { return (size_t)(stack_top - stack_start) * 4; }

size_t stack_used(void) {
    const uint32_t *at = stack_start;
    while (at < stack_top && *at == 0xA5A5A5A5u) at++;
    return (size_t)(stack_top - at) * 4;
}
