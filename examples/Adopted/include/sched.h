/* Cooperative threads, each with its own stack and thread-local data. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct thread;
struct thread *thread_start(const char *name, void (*function)(void *), void *argument);
struct thread *thread_self(void);
const char *thread_name(void);
void thread_yield(void);
void thread_park(void);                 /* until somebody wakes it */
void thread_wake(struct thread *thread);
int thread_run_all(void);               /* from the main thread: until all have ended; -1 if they wait for each other */
uint64_t thread_switches(void);

struct lock { struct thread *owner, *waiting[8]; unsigned count; };
void lock_take(struct lock *lock);
void lock_give(struct lock *lock);

struct queue { uint64_t items[8]; unsigned head, used; bool closed; struct thread *reader, *writer; };
void queue_put(struct queue *queue, uint64_t item);
bool queue_get(struct queue *queue, uint64_t *item); /* false: closed and empty */
void queue_close(struct queue *queue);
