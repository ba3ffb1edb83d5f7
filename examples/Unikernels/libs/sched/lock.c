/* Locks: mutexes, semaphores, barriers, and locks for readers and writers. */
#include "nolibc.h"
#include "sched.h"

int mutex_lock(struct mutex *mutex)
{
    if (mutex->owner == thread_current())
        return ERROR_DEADLOCK;
    while (mutex->owner != NULL) {
        int error = wait_on(&mutex->waiters);
        if (error != OK)
            return error;
    }
    mutex->owner = thread_current();
    return OK;
}

bool mutex_try_lock(struct mutex *mutex)
{
    if (mutex->owner != NULL)
        return false;
    mutex->owner = thread_current();
    return true;
}

int mutex_unlock(struct mutex *mutex)
{
    if (mutex->owner != thread_current())
        return ERROR_PERMISSION;
    mutex->owner = NULL;
    wake_one(&mutex->waiters);
    return OK;
}

int semaphore_take(struct semaphore *semaphore)
{
    while (semaphore->count == 0) {
        int error = wait_on(&semaphore->waiters);
        if (error != OK)
            return error;
    }
    semaphore->count--;
    return OK;
}

void semaphore_give(struct semaphore *semaphore)
{
    semaphore->count++;
    wake_one(&semaphore->waiters);
}

int barrier_wait(struct barrier *barrier)
{
    uint64_t round = barrier->round;

    if (++barrier->arrived == barrier->parties) {
        barrier->arrived = 0;
        barrier->round++;
        wake_all(&barrier->waiters);
        return OK;
    }
    while (barrier->round == round) {
        int error = wait_on(&barrier->waiters);
        if (error != OK) {
            barrier->arrived--;
            return error;
        }
    }
    return OK;
}

int rwlock_read(struct rwlock *lock)
{
    while (lock->writer || lock->waiting_writers > 0) {
        int error = wait_on(&lock->read_queue);
        if (error != OK)
            return error;
    }
    lock->readers++;
    return OK;
}

int rwlock_write(struct rwlock *lock)
{
    int error = OK;

    lock->waiting_writers++;
    while (error == OK && (lock->writer || lock->readers > 0))
        error = wait_on(&lock->write_queue);
    lock->waiting_writers--;
    if (error == OK)
        lock->writer = true;
    return error;
}

void rwlock_release(struct rwlock *lock)
{
    if (lock->writer)
        lock->writer = false;
    else if (lock->readers > 0)
        lock->readers--;
    if (lock->readers == 0 && !wake_one(&lock->write_queue))
        wake_all(&lock->read_queue);
}
