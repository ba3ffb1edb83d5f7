/* The time-stamp counter, measured once against the interval timer. */
#include "cpu.h"
#include "time.h"

enum { PIT_CHANNEL0 = 0x40, PIT_COMMAND = 0x43, PIT_HERTZ = 1193182 };

static uint64_t ticks_per_second, first_tick;

static uint16_t pit_read(void)
{
    uint16_t low;

    cpu_out8(PIT_COMMAND, 0x00); /* latch channel 0 */
    low = cpu_in8(PIT_CHANNEL0);
    return (uint16_t)(low | cpu_in8(PIT_CHANNEL0) << 8);
}

/* The counter runs down from 65535; ten milliseconds are about 11,932 steps. */
static uint64_t measure(void)
{
    const uint16_t steps = PIT_HERTZ / 100;
    uint64_t start, end;
    uint16_t first, passed = 0;

    cpu_out8(PIT_COMMAND, 0x34); /* both bytes, rate generator */
    cpu_out8(PIT_CHANNEL0, 0xff);
    cpu_out8(PIT_CHANNEL0, 0xff);
    first = pit_read();
    start = end = cpu_timestamp();
    /* The bound on ticks ends the loop on a machine that has no such timer. */
    while (passed < steps && end - start < 1000000000) {
        passed = (uint16_t)(first - pit_read());
        end = cpu_timestamp();
    }
    return passed == 0 ? 1000000000 : (end - start) * PIT_HERTZ / passed;
}

uint64_t time_ticks_per_second(void)
{
    if (ticks_per_second == 0)
        ticks_per_second = measure();
    return ticks_per_second;
}

__attribute__((constructor)) static void clock_init(void)
{
    first_tick = cpu_timestamp();
}

uint64_t time_now(void)
{
    uint64_t ticks = cpu_timestamp() - first_tick, rate = time_ticks_per_second();

    /* In two parts, because ticks times a billion would overflow within seconds. */
    return ticks / rate * SECOND + ticks % rate * 1000 / (rate / 1000000 + 1);
}

void time_sleep(uint64_t nanoseconds)
{
    uint64_t end = time_now() + nanoseconds;

    while (time_now() < end)
        __asm__ volatile("pause");
}
