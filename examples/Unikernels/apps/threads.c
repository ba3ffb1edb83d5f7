/* threads: cooperative threads that compute together. */
#include "alloc.h"
#include "app.h"
#include "sched.h"

/* A chain of threads, each of which lets through what its prime does not divide. */
struct filter {
    struct channel *in, *out;
    int64_t prime;
};

static void generate(void *argument)
{
    for (int64_t n = 2; channel_send(argument, &n) == OK; n++)
        ;
}

static void filter(void *argument)
{
    struct filter *f = argument;
    int64_t n;

    while (channel_receive(f->in, &n) == OK)
        if (n % f->prime != 0 && channel_send(f->out, &n) != OK)
            break;
    channel_close(f->in);
}

static void show_sieve(void)
{
    enum { PRIMES = 40 };
    static struct filter filters[PRIMES];
    static struct thread *threads[PRIMES + 1];
    struct channel *in = channel_new(sizeof(int64_t), 4);
    int64_t sum = 0, n = 0;

    console_puts("a sieve of channels");
    threads[PRIMES] = thread_start("numbers", generate, in);
    for (unsigned i = 0; i < PRIMES; i++) {
        channel_receive(in, &n);
        sum += n;
        filters[i] = (struct filter){in, channel_new(sizeof(int64_t), i % 3), n};
        threads[i] = thread_start("filter", filter, &filters[i]);
        in = filters[i].out;
    }
    check_number("prime 40", n, 173);
    check_number("sum of the first 40", sum, 3087);
    channel_close(in);
    for (unsigned i = PRIMES + 1; i-- > 0;) /* the generator sees the end last */
        if (i < PRIMES)
            thread_join(threads[i]);
    thread_join(threads[PRIMES]);
    for (unsigned i = 0; i < PRIMES; i++)
        channel_free(filters[i].in);
    channel_free(in);
    check(alloc_check(), "the heap is in order");
}

static struct mutex mutex;
static int64_t account;

static void deposit(void *argument)
{
    for (unsigned i = 0; i < 100; i++) {
        int64_t before;
        mutex_lock(&mutex);
        before = account;
        thread_yield(); /* others run here, and must wait */
        account = before + *(const int64_t *)argument;
        mutex_unlock(&mutex);
    }
}

static void show_mutex(void)
{
    static const int64_t amounts[] = {1, 10, 100, -11};
    struct thread *threads[4];

    console_puts("a shared account");
    for (unsigned i = 0; i < 4; i++)
        threads[i] = thread_start("deposit", deposit, (void *)&amounts[i]);
    for (unsigned i = 0; i < 4; i++)
        thread_join(threads[i]);
    check_number("balance", account, 10000);
    mutex_lock(&mutex);
    check_number("locking twice", mutex_lock(&mutex), ERROR_DEADLOCK);
    mutex_unlock(&mutex);
}

static char trace[64];
static struct barrier barrier = {.parties = 3};

static void phase(void *argument)
{
    for (char c = 'a'; c < 'd'; c++) {
        char text[3] = {*(const char *)argument, c, '\0'};
        strlcat(trace, text, sizeof trace);
        barrier_wait(&barrier);
    }
}

static void show_barrier(void)
{
    struct thread *threads[3];

    console_puts("a barrier, with priorities");
    for (unsigned i = 0; i < 3; i++) {
        threads[i] = thread_start("phase", phase, (void *)&"123"[i]);
        thread_set_priority(threads[i], 2 - i);
    }
    for (unsigned i = 0; i < 3; i++)
        thread_join(threads[i]);
    check_text("order", trace, "3a2a1a1b3b2b2c3c1c");
}

static struct semaphore forks[5] = {{1, {0}}, {1, {0}}, {1, {0}}, {1, {0}}, {1, {0}}};
static unsigned meals;

/* The lower fork first: so nobody can wait in a circle. */
static void philosopher(void *argument)
{
    unsigned seat = (unsigned)(uintptr_t)argument, left = seat, right = (seat + 1) % 5;
    unsigned first = left < right ? left : right, second = left + right - first;

    for (unsigned i = 0; i < 20; i++) {
        semaphore_take(&forks[first]);
        thread_yield();
        semaphore_take(&forks[second]);
        meals++;
        thread_yield();
        semaphore_give(&forks[second]);
        semaphore_give(&forks[first]);
    }
}

static void show_semaphores(void)
{
    struct thread *threads[5];

    console_puts("philosophers");
    for (uintptr_t i = 0; i < 5; i++)
        threads[i] = thread_start("philosopher", philosopher, (void *)i);
    for (unsigned i = 0; i < 5; i++)
        thread_join(threads[i]);
    check_number("meals", meals, 100);
}

static struct rwlock lock;
static unsigned readers, most_readers, version;

static void reader(void *argument)
{
    (void)argument;
    for (unsigned i = 0; i < 10; i++) {
        rwlock_read(&lock);
        readers++;
        most_readers = readers > most_readers ? readers : most_readers;
        thread_yield();
        readers--;
        rwlock_release(&lock);
        thread_yield();
    }
}

static void writer(void *argument)
{
    for (unsigned i = 0; i < 5; i++) {
        rwlock_write(&lock);
        if (readers != 0)
            *(bool *)argument = true;
        version++;
        thread_yield();
        rwlock_release(&lock);
        thread_yield();
    }
}

static void show_rwlock(void)
{
    struct thread *threads[5];
    bool disturbed = false;

    console_puts("readers and writers");
    for (unsigned i = 0; i < 5; i++)
        threads[i] = i < 4 ? thread_start("reader", reader, NULL)
                           : thread_start("writer", writer, &disturbed);
    for (unsigned i = 0; i < 5; i++)
        thread_join(threads[i]);
    check(!disturbed && version == 5, "writers were alone");
    check(most_readers > 1, "readers were not");
}

static int threads_main(void)
{
    struct wait_queue nobody = {0};

    show_sieve();
    show_mutex();
    show_barrier();
    show_semaphores();
    show_rwlock();
    check_number("waiting for nobody", wait_on(&nobody), ERROR_DEADLOCK);
    check(thread_switches() > 1000, "there were many switches");
    return failures;
}

APP_DESCRIPTOR("threads", threads_main, NULL);
