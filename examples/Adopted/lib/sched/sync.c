#include "sched.h"
#include "kiln.h"

void lock_take(struct lock *lock)
{
    while (lock->owner != NULL) {
        if (lock->count == sizeof lock->waiting / sizeof lock->waiting[0])
            kiln_panic("too many threads wait for a lock");
        lock->waiting[lock->count++] = thread_self();
        thread_park();
    }
    lock->owner = thread_self();
}

void lock_give(struct lock *lock)
{
    if (lock->owner != thread_self())
        kiln_panic("a lock was given by another thread");
    lock->owner = NULL;
    if (lock->count > 0) {
        struct thread *next = lock->waiting[0];
        for (unsigned i = 1; i < lock->count; i++)
            lock->waiting[i - 1] = lock->waiting[i];
        lock->count--;
        thread_wake(next);
    }
}

void queue_put(struct queue *queue, uint64_t item)
{
    while (queue->used == 8) {
        queue->writer = thread_self();
        thread_park();
    }
    queue->items[(queue->head + queue->used++) % 8] = item;
    thread_wake(queue->reader);
    queue->reader = NULL;
}

bool queue_get(struct queue *queue, uint64_t *item)
{
    while (queue->used == 0) {
        if (queue->closed)
            return false;
        queue->reader = thread_self();
        thread_park();
    }
    *item = queue->items[queue->head];
    queue->head = (queue->head + 1) % 8;
    queue->used--;
    thread_wake(queue->writer);
    queue->writer = NULL;
    return true;
}

void queue_close(struct queue *queue)
{
    queue->closed = true;
    thread_wake(queue->reader);
    queue->reader = NULL;
}
