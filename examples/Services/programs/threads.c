/* threads: POSIX threads and thread-local storage. Each thread has its own copies; a queue hands work around. */
#include "service.h"

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>

enum { THREADS = 8, JOBS = 400, ROOM = 16 };

/* Initialised and zero thread-local data, one of it with an alignment of its own. */
static _Thread_local int counter = 100;
static _Thread_local long sum;
static _Thread_local _Alignas(64) unsigned char line[64];
_Thread_local const char *thread_name = "unnamed";

static int jobs[ROOM], queued, taken;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t not_empty = PTHREAD_COND_INITIALIZER, not_full = PTHREAD_COND_INITIALIZER;
static pthread_barrier_t all_started;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t key;
static atomic_int made_once, destroyed, fresh, aligned, own_errno;
static atomic_long total;

static void destroy(void *value)
{
    atomic_fetch_add(&destroyed, value != NULL);
}

static void make_once(void)
{
    atomic_fetch_add(&made_once, 1);
    pthread_key_create(&key, destroy);
}

static void put(int job)
{
    pthread_mutex_lock(&lock);
    while (queued - taken == ROOM)
        pthread_cond_wait(&not_full, &lock);
    jobs[queued++ % ROOM] = job;
    pthread_cond_signal(&not_empty);
    pthread_mutex_unlock(&lock);
}

static int take(void)
{
    pthread_mutex_lock(&lock);
    while (queued == taken)
        pthread_cond_wait(&not_empty, &lock);
    int job = jobs[taken++ % ROOM];
    pthread_cond_signal(&not_full);
    pthread_mutex_unlock(&lock);
    return job;
}

/* Takes jobs until it gets a zero. Its thread-local data must be as new at the start. */
static void *work(void *name)
{
    bool zero = sum == 0;

    for (size_t i = 0; i < sizeof line; i++)
        zero &= line[i] == 0;
    atomic_fetch_add(&fresh, zero && counter == 100 && strcmp(thread_name, "unnamed") == 0);
    atomic_fetch_add(&aligned, (size_t)line % 64 == 0);
    thread_name = name;
    pthread_once(&once, make_once);
    pthread_setspecific(key, name);
    errno = (int)(size_t)thread_name[7];
    pthread_barrier_wait(&all_started);
    for (int job; (job = take()) != 0; counter++)
        sum += (long)job * job;
    atomic_fetch_add(&own_errno, errno == thread_name[7]);
    atomic_fetch_add(&total, sum);
    memset(line, counter, sizeof line);
    return (void *)(size_t)(counter - 100);
}

static void check_pool(void)
{
    static char names[THREADS][12];
    pthread_t threads[THREADS];
    size_t done = 0;

    pthread_barrier_init(&all_started, NULL, THREADS + 1);
    for (int i = 0; i < THREADS; i++) {
        snprintf(names[i], sizeof names[i], "worker %c", 'a' + i);
        pthread_create(&threads[i], NULL, work, names[i]);
    }
    pthread_barrier_wait(&all_started);
    for (int i = 1; i <= JOBS; i++)
        put(i);
    for (int i = 0; i < THREADS; i++)
        put(0);
    for (int i = 0; i < THREADS; i++) {
        void *result;

        pthread_join(threads[i], &result);
        done += (size_t)result;
    }
    check_number("jobs done", (long long)done, JOBS);
    check_number("sum of squares", atomic_load(&total), 21413400);
    check_number("threads that began with fresh data", atomic_load(&fresh), THREADS);
    check_number("threads with aligned data", atomic_load(&aligned), THREADS);
    check_number("threads that kept their errno", atomic_load(&own_errno), THREADS);
    check_number("made once", atomic_load(&made_once), 1);
    check_number("destroyed", atomic_load(&destroyed), THREADS);
    check(counter == 100 && sum == 0 && strcmp(thread_name, "unnamed") == 0, "the main thread's data is untouched");
}

static void *post(void *semaphore)
{
    for (int i = 0; i < 100; i++)
        sem_post(semaphore);
    return NULL;
}

static void check_semaphore(void)
{
    sem_t semaphore;
    pthread_t thread;
    int left;

    sem_init(&semaphore, 0, 0);
    pthread_create(&thread, NULL, post, &semaphore);
    for (int i = 0; i < 90; i++)
        sem_wait(&semaphore);
    pthread_join(thread, NULL);
    sem_getvalue(&semaphore, &left);
    check_number("left on the semaphore", left, 10);
    sem_destroy(&semaphore);
}

int main(void)
{
    printf("threads: a pool with data of its own in each thread\n");
    check_pool();
    check_semaphore();
    return finish("threads");
}
