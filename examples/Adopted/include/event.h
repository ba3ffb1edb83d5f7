/* Events: whoever wants to hear of one says so with EVENT_HANDLER; the linker makes the table. */
#pragma once
#include <stddef.h>

typedef int (*event_function)(void *argument); /* not 0: stop here */
struct event_entry {
    const char *event;
    event_function function;
};

/* Handlers are called in the order of their priority (two digits). aligned: no gaps between the entries of the table. */
#define EVENT_HANDLER(name, priority, handler)                                                              \
    __attribute__((used, aligned(8), section(".kiln.event." #name "." #priority))) static const struct event_entry      \
        event_##name##_##handler = {#name, handler}

int event_raise(const char *event, void *argument); /* how many handlers were called */
size_t event_handlers(void);
