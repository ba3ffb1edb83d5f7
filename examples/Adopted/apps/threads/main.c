/* Threads: a sieve of queues, locks, thread-local data, sorted by networks. */
#include "crc.h"
#include "event.h"
#include "heap.h"
#include "kiln.h"
#include "libc.h"
#include "log.h"
#include "sched.h"
#include "sortnet.h"

enum { PRIMES = 40 };

static unsigned ended;

static int on_end(void *name)
{
    (void)name;
    ended++;
    return 0;
}
EVENT_HANDLER(thread_end, 50, on_end);

/* Every filter passes on what its prime does not divide. */
static uint64_t primes[PRIMES];
static unsigned found;

static void filter(void *argument)
{
    struct queue *in = argument, *out = NULL;
    uint64_t prime, n;

    if (!queue_get(in, &prime))
        return;
    primes[found++] = prime;
    while (queue_get(in, &n)) {
        if (n % prime == 0)
            continue;
        if (out == NULL && found < PRIMES) {
            out = calloc(1, sizeof *out);
            thread_start("filter", filter, out);
        }
        if (out != NULL)
            queue_put(out, n);
    }
    if (out != NULL)
        queue_close(out);
}

static void source(void *argument)
{
    for (uint64_t n = 2; n < 180; n++)
        queue_put(argument, n);
    queue_close(argument);
}

static _Thread_local unsigned mine = 100;
static unsigned total;
static struct lock lock;

static void worker(void *argument)
{
    srandom((uint64_t)argument);
    for (int i = 0; i < 50; i++) {
        mine++;
        lock_take(&lock);
        unsigned before = total;
        if (random() % 3 == 0)
            thread_yield();
        total = before + 1;
        lock_give(&lock);
        thread_yield();
    }
    if (mine != 150)
        kiln_panic("%s: thread-local data was mixed up: %u", thread_name(), mine);
}

static void fail_inside(void *argument)
{
    (void)argument;
    strtol("99999999999999999999", NULL, 10);
    thread_yield();
    printf("%s: %s\n", thread_name(), strerror(errno));
}

static void sort_many(void)
{
    static uint64_t words[2000], scratch[2000];
    uint32_t crc = 0;

    for (size_t count = 0; count <= 2000; count += count < 40 ? 1 : 392) {
        uint64_t sum = 0;
        for (size_t i = 0; i < count; i++)
            sum += words[i] = random() % 1000;
        sort_words(words, count, scratch);
        for (size_t i = 0; i < count; i++) {
            sum -= words[i];
            if (i > 0 && words[i - 1] > words[i])
                kiln_panic("not sorted: %zu of %zu", i, count);
        }
        if (sum != 0)
            kiln_panic("something was lost while sorting %zu", count);
        crc = crc32(crc, words, count * sizeof *words);
    }
    printf("sorted, networks up to %zu, crc %08x\n", sort_network_largest(), crc);
}

int app_main(void)
{
    struct queue *first = calloc(1, sizeof *first);

    thread_start("source", source, first);
    thread_start("filter", filter, first);
    if (thread_run_all() != 0)
        kiln_panic("the sieve is stuck");
    for (unsigned i = 0; i < found; i++)
        printf("%lu%c", primes[i], i + 1 < found ? ' ' : '\n');
    for (uint64_t i = 1; i <= 6; i++) {
        char name[16];
        snprintf(name, sizeof name, "worker%lu", i);
        thread_start(name, worker, (void *)i);
    }
    thread_start("failing", fail_inside, NULL);
    if (thread_run_all() != 0)
        kiln_panic("the workers are stuck");
    printf("total %u, main has %u, main's error: %s, %u threads ended\n", total, mine, strerror(errno), ended);
    sort_many();
    log_info("%s", crc32c(0, "123456789", 9) == 0xe3069283 && crc32(0, "123456789", 9) == 0xcbf43926 &&
             crc64(0, "123456789", 9) == 0x995dc9bbdf1939fa ? "the checksums are right" : "a checksum is wrong");
    return ended == 48 ? 0 : 1;
}
