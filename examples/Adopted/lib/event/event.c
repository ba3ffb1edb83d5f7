#include "event.h"
#include "libc.h"

extern const struct event_entry kiln_events_start[], kiln_events_end[];

size_t event_handlers(void)
{
    return (size_t)(kiln_events_end - kiln_events_start);
}

int event_raise(const char *event, void *argument)
{
    int called = 0;

    for (const struct event_entry *entry = kiln_events_start; entry < kiln_events_end; entry++) {
        if (entry->event == NULL || strcmp(entry->event, event) != 0)
            continue;
        called++;
        if (entry->function(argument) != 0)
            break;
    }
    return called;
}
