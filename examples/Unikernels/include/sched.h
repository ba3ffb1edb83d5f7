/* sched: cooperative threads, and what they wait for. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct thread;
typedef void (*thread_function)(void *argument);

struct thread *thread_start(const char *name, thread_function function, void *argument);
void thread_yield(void);
int thread_join(struct thread *thread); /* frees it; ERROR_DEADLOCK if it can never end */
struct thread *thread_current(void);
const char *thread_name(const struct thread *thread);
void thread_set_priority(struct thread *thread, unsigned priority); /* 0 (first) to 3 */
uint64_t thread_switches(void);

/* A queue of threads that wait. */
struct wait_queue {
    struct thread *first, *last;
};
int wait_on(struct wait_queue *queue); /* ERROR_DEADLOCK when nobody could wake us */
bool wake_one(struct wait_queue *queue);
unsigned wake_all(struct wait_queue *queue);

struct mutex {
    struct thread *owner;
    struct wait_queue waiters;
};
int mutex_lock(struct mutex *mutex);
bool mutex_try_lock(struct mutex *mutex);
int mutex_unlock(struct mutex *mutex);

struct semaphore {
    unsigned count;
    struct wait_queue waiters;
};
int semaphore_take(struct semaphore *semaphore);
void semaphore_give(struct semaphore *semaphore);

/* A barrier lets nobody through until all have come. */
struct barrier {
    unsigned parties, arrived;
    uint64_t round;
    struct wait_queue waiters;
};
int barrier_wait(struct barrier *barrier);

/* Readers share, a writer is alone; writers that wait go first. */
struct rwlock {
    unsigned readers, waiting_writers;
    bool writer;
    struct wait_queue read_queue, write_queue;
};
int rwlock_read(struct rwlock *lock);
int rwlock_write(struct rwlock *lock);
void rwlock_release(struct rwlock *lock);

/* Channels of messages of one size. Without capacity both sides meet. */
struct channel;
struct channel *channel_new(size_t message_size, size_t capacity);
int channel_send(struct channel *channel, const void *message);
int channel_receive(struct channel *channel, void *message); /* ERROR_CLOSED at the end */
int channel_try_receive(struct channel *channel, void *message);
void channel_close(struct channel *channel);
void channel_free(struct channel *channel);
/* Index of a channel that can be received from, or minus an error. */
int channel_select(struct channel *const *channels, size_t count);
