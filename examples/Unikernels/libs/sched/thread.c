/* Threads: creation, the ready queues, and the switch from one to the next. */
#include "alloc.h"
#include "boot.h"
#include "nolibc.h"
#include "sched.h"

enum { STACK_SIZE = 16384, PRIORITIES = 4, STACK_MARK = 0x5afe57ac };

enum state { READY, WAITING, ENDED };

struct thread {
    uint64_t stack_pointer;
    struct thread *next; /* in the ready queue or a wait queue */
    const char *name;
    thread_function function;
    void *argument;
    enum state state;
    unsigned priority;
    struct wait_queue joiners;
    uint32_t *stack;
};

void sched_switch(uint64_t *old_stack, uint64_t new_stack);

/* The thread that boot started; it has the boot stack. */
static struct thread main_thread = {.name = "main", .state = READY, .priority = 1};
static struct thread *current = &main_thread;
static struct wait_queue ready[PRIORITIES];
static uint64_t switches;

static void append(struct wait_queue *queue, struct thread *thread)
{
    thread->next = NULL;
    if (queue->first == NULL)
        queue->first = thread;
    else
        queue->last->next = thread;
    queue->last = thread;
}

static struct thread *remove_first(struct wait_queue *queue)
{
    struct thread *thread = queue->first;

    if (thread != NULL)
        queue->first = thread->next;
    return thread;
}

static void make_ready(struct thread *thread)
{
    thread->state = READY;
    append(&ready[thread->priority], thread);
}

static struct thread *next_ready(void)
{
    for (unsigned priority = 0; priority < PRIORITIES; priority++)
        if (ready[priority].first != NULL)
            return remove_first(&ready[priority]);
    return NULL;
}

static void switch_to(struct thread *thread)
{
    struct thread *before = current;

    if (before->stack != NULL && before->stack[0] != STACK_MARK)
        boot_panic("thread %s has overrun its stack", before->name);
    current = thread;
    switches++;
    sched_switch(&before->stack_pointer, thread->stack_pointer);
}

/* The first thing a new thread runs; its stack was made to return here. */
static _Noreturn void thread_entry(void)
{
    struct thread *next;

    current->function(current->argument);
    current->state = ENDED;
    wake_all(&current->joiners);
    next = next_ready();
    if (next == NULL)
        boot_panic("the last thread that could run has ended");
    switch_to(next);
    __builtin_unreachable();
}

struct thread *thread_start(const char *name, thread_function function, void *argument)
{
    struct thread *thread = calloc(1, sizeof *thread);
    uint64_t *top;

    if (thread == NULL)
        return NULL;
    thread->stack = malloc(STACK_SIZE);
    if (thread->stack == NULL) {
        free(thread);
        return NULL;
    }
    thread->name = name;
    thread->function = function;
    thread->argument = argument;
    thread->priority = 1;
    thread->stack[0] = STACK_MARK;
    /* Six saved registers, the address to return to, and a slot that keeps the
     * alignment the calling convention wants at function entry. */
    top = (uint64_t *)((char *)thread->stack + STACK_SIZE) - 8;
    memset(top, 0, 8 * sizeof *top);
    top[6] = (uint64_t)thread_entry;
    thread->stack_pointer = (uint64_t)top;
    make_ready(thread);
    return thread;
}

void thread_yield(void)
{
    struct thread *next;

    make_ready(current);
    next = next_ready();
    if (next != current)
        switch_to(next);
}

int wait_on(struct wait_queue *queue)
{
    struct thread *next = next_ready();

    if (next == NULL)
        return ERROR_DEADLOCK;
    current->state = WAITING;
    append(queue, current);
    switch_to(next);
    return OK;
}

bool wake_one(struct wait_queue *queue)
{
    struct thread *thread = remove_first(queue);

    if (thread == NULL)
        return false;
    make_ready(thread);
    return true;
}

unsigned wake_all(struct wait_queue *queue)
{
    unsigned count = 0;

    while (wake_one(queue))
        count++;
    return count;
}

int thread_join(struct thread *thread)
{
    while (thread->state != ENDED) {
        int error = wait_on(&thread->joiners);
        if (error != OK)
            return error;
    }
    free(thread->stack);
    free(thread);
    return OK;
}

struct thread *thread_current(void)
{
    return current;
}

const char *thread_name(const struct thread *thread)
{
    return thread->name;
}

void thread_set_priority(struct thread *thread, unsigned priority)
{
    struct thread **link = &ready[thread->priority].first, *before = NULL;
    struct wait_queue *queue = &ready[thread->priority];

    if (priority >= PRIORITIES)
        priority = PRIORITIES - 1;
    while (*link != NULL && *link != thread) {
        before = *link;
        link = &before->next;
    }
    if (*link == thread) {
        *link = thread->next;
        if (queue->last == thread)
            queue->last = before;
        thread->priority = priority;
        make_ready(thread);
    }
    thread->priority = priority;
}

uint64_t thread_switches(void)
{
    return switches;
}
