/* An allocator that only gives: firmware allocates at start. The heap is what firmware.layout makes it. */
#include "firmware.h"

extern unsigned char heap_start[], heap_end[];

static unsigned char *next = heap_start;

void *allocate(size_t bytes) {
    bytes = (bytes + 7) & ~(size_t)7;
    if (bytes > (size_t)(heap_end - next)) return NULL;
    void *result = next;
    next += bytes;
    return result;
}

size_t allocated(void) { return (size_t)(next - heap_start); }

void *memcpy(void *to, const void *from, size_t count) {
    unsigned char *out = to;
    const unsigned char *in = from;
    while (count--) *out++ = *in++;
    return to;
}

void *memset(void *to, int value, size_t count) {
    unsigned char *out = to;
    while (count--) *out++ = (unsigned char)value;
    return to;
}
