#include "log.h"
#include "libc.h"

enum { LINES = 32, WIDTH = 160 };
static char ring[LINES][WIDTH];
static unsigned next;

void log_ring_add(const char *line)
{
    strlcpy(ring[next++ % LINES], line, WIDTH);
}

void log_replay(unsigned last)
{
    for (unsigned i = last > next ? 0 : next - last; i < next; i++)
        printf("  %2u %s\n", i, ring[i % LINES]);
}
