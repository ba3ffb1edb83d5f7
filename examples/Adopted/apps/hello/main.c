/* The smallest image: traps, memory, numbers. */
#include "event.h"
#include "heap.h"
#include "kiln.h"
#include "libc.h"
#include "log.h"

static int heard;

static int first(void *argument) { heard = heard * 10 + *(int *)argument; return 0; }
static int second(void *argument) { heard = heard * 10 + *(int *)argument + 1; return 0; }
EVENT_HANDLER(hello, 20, second);
EVENT_HANDLER(hello, 10, first);

static bool on_trap(unsigned vector, uint64_t address)
{
    (void)address;
    printf("trap %u was expected\n", vector);
    return vector == 3;
}

static int descending(const void *a, const void *b)
{
    return *(const int *)b - *(const int *)a;
}

static void memory(void)
{
    void *blocks[100];
    size_t before = heap_numbers().blocks;

    for (int i = 0; i < 100; i++)
        if ((blocks[i] = malloc((size_t)(random() % 3000 + 1))) == NULL)
            kiln_panic("out of memory");
    for (int i = 0; i < 100; i += 2)
        free(blocks[i]);
    for (int i = 1; i < 100; i += 2)
        free(blocks[i]);
    printf("blocks left: %zu; too much: %s\n", heap_numbers().blocks - before, malloc(1ul << 40) == NULL ? strerror(errno) : "?");
}

int app_main(void)
{
    int numbers[20], one = 1;
    unsigned long largest;

    log_info("%zu handlers of events", event_handlers());
    log_debug("debugging is on");
    printf("%d|%5d|%-5d|%05d|%+d|%x|%#X|%o|%s|%.2s|%c|%%\n", -12, 34, 56, -78, 9, 0xbeef, 0xcafe, 0755, "text", "cut", 'c');
    printf("heard %d times", event_raise("hello", &one));
    printf(", %d\n", heard);
    kiln_trap_hook = on_trap;
    __asm__ volatile("int3");
    for (int i = 0; i < 20; i++)
        numbers[i] = i * 7 % 20;
    qsort(numbers, 20, sizeof numbers[0], descending);
    for (int i = 0; i < 20; i++)
        printf("%d%c", numbers[i], i < 19 ? ' ' : '\n');
    largest = strtoul("18446744073709551616", NULL, 10);
    printf("%ld %lu %s\n", strtol("-0x7fffffffffffffff", NULL, 0), largest, strerror(errno));
    memory();
    log_replay(2);
    return 0;
}
