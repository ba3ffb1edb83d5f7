#include "sched.h"
#include "event.h"
#include "heap.h"
#include "kiln.h"
#include "libc.h"

enum state { READY, PARKED, ENDED };

struct thread {
    void *stack_pointer; /* switch.S knows these two */
    void *thread_pointer;
    struct thread *next;
    enum state state;
    char name[16];
    void (*function)(void *);
    void *argument, *stack, *tls;
};

void sched_switch(struct thread *from, struct thread *to);
void sched_enter(void);

static struct thread main_thread = {.name = "main"}, *current = &main_thread, *head, **tail = &head;
static unsigned alive, parked;
static uint64_t switches;

static void enqueue(struct thread *thread)
{
    thread->next = NULL;
    *tail = thread;
    tail = &thread->next;
}

static struct thread *dequeue(void)
{
    struct thread *thread = head;

    if (thread != NULL && (head = thread->next) == NULL)
        tail = &head;
    return thread;
}

static void switch_to(struct thread *to)
{
    struct thread *from = current;

#ifdef CONFIG_SCHED_TRACE
    if (switches < 8)
        printf("  switch %s -> %s\n", from->name, to->name);
#endif
    switches++;
    current = to;
    if (from != to)
        sched_switch(from, to);
}

static void next_thread(void)
{
    struct thread *next = dequeue();

    switch_to(next != NULL ? next : &main_thread);
}

void sched_enter(void)
{
    current->function(current->argument);
    event_raise("thread_end", current->name);
    current->state = ENDED;
    alive--;
    next_thread();
}

struct thread *thread_start(const char *name, void (*function)(void *), void *argument)
{
    struct thread *thread = calloc(1, sizeof *thread);
    void **stack;

    if (thread == NULL || (thread->stack = malloc(CONFIG_SCHED_STACK)) == NULL || (thread->tls = malloc(kiln_tls_size() + 64)) == NULL) {
        errno = ENOMEM;
        return NULL;
    }
    strlcpy(thread->name, name, sizeof thread->name);
    thread->function = function;
    thread->argument = argument;
    thread->thread_pointer = kiln_tls_install((void *)(((uintptr_t)thread->tls + 63) & ~63ul), false);
    stack = (void **)(((uintptr_t)thread->stack + CONFIG_SCHED_STACK) & ~15ul);
    *--stack = NULL;
    *--stack = (void *)sched_enter;
    stack -= 6; /* the registers that switch.S takes */
    memset(stack, 0, 6 * sizeof *stack);
    thread->stack_pointer = stack;
    alive++;
    enqueue(thread);
    return thread;
}

struct thread *thread_self(void) { return current; }
const char *thread_name(void) { return current->name; }
uint64_t thread_switches(void) { return switches; }

void thread_yield(void)
{
    if (current != &main_thread)
        enqueue(current);
    next_thread();
}

void thread_park(void)
{
    current->state = PARKED;
    parked++;
    next_thread();
}

void thread_wake(struct thread *thread)
{
    if (thread == NULL || thread->state != PARKED)
        return;
    thread->state = READY;
    parked--;
    enqueue(thread);
}

int thread_run_all(void)
{
    while (alive > 0) {
        if (head == NULL)
            return -1;
        next_thread();
    }
    return 0;
}
