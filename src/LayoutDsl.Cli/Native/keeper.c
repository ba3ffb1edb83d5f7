/*
 * Starts programs for a parent that writes lines to our standard input, and ends all of them when that input ends, for whatever reason: the
 * parent is done, was interrupted, or was killed. Fields of a line are separated by tabs.
 *
 *   run PROGRAM ARGUMENT...   starts a program; the answer is a line with its process id
 *   restore FILE VALUE        writes the value to the file at the end
 */
#include "system.h"

#include <linux/fcntl.h>
#include <linux/prctl.h>
#include <linux/signal.h>
#include <linux/wait.h>

enum { LINE_SIZE = 65536, FIELDS = 256, RESTORES = 32, RESTORE_SIZE = 256, PROCESSES = 65536, SIGNAL_SET = 8 };

#define DEFAULT ((void *)0)
#define IGNORE ((void *)1)

struct kernel_action {
    void *handler;
    unsigned long flags;
    void *restorer;
    unsigned long mask;
};

static char line[LINE_SIZE];
static size_t used, taken;
static char restores[RESTORES][RESTORE_SIZE];
static int restore_count;
static long processes[PROCESSES];
static int process_count;

static void handle(int signal, void *handler)
{
    struct kernel_action action = {handler, 0, NULL, 0};

    call4(__NR_rt_sigaction, signal, &action, NULL, SIGNAL_SET);
}

static void handle_all(void *handler)
{
    static const int signals[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE};

    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++)
        handle(signals[i], handler);
}

/* The next line of the input, without its end; NULL when there is no more. */
static char *read_line(void)
{
    memmove(line, line + taken, used - taken);
    used -= taken;
    taken = 0;
    for (;;) {
        for (size_t i = 0; i < used; i++)
            if (line[i] == '\n') {
                line[i] = '\0';
                taken = i + 1;
                return line;
            }
        long count = used == sizeof line ? 0 : call3(__NR_read, 0, line + used, sizeof line - used);
        if (count <= 0)
            return NULL;
        used += (size_t)count;
    }
}

static int split(char *text, char **fields)
{
    int count = 0;

    for (char *start = text; count < FIELDS - 1; text++)
        if (*text == '\t' || *text == '\0') {
            bool last = *text == '\0';
            *text = '\0';
            fields[count++] = start;
            start = text + 1;
            if (last)
                break;
        }
    fields[count] = NULL;
    return count;
}

static void write_number(long value)
{
    char text[24];
    int at = sizeof text - 1;

    text[at] = '\0';
    text[--at] = '\n';
    do
        text[--at] = (char)('0' + value % 10);
    while ((value /= 10) > 0);
    write_text(1, text + at);
}

static void run(char **fields, char **environment)
{
    long parent = call0(__NR_getpid);
    long process = process_count == PROCESSES ? -1 : call1(__NR_clone, SIGCHLD);

    if (process == 0) {
        long null = call3(__NR_open, "/dev/null", O_RDWR, 0);
        for (int i = 0; i < 3; i++)
            call2(__NR_dup2, null, i);
        call1(__NR_close, null);
        handle_all(DEFAULT);
        call2(__NR_setpgid, 0, 0);
        call2(__NR_prctl, PR_SET_PDEATHSIG, SIGKILL);
        if (call0(__NR_getppid) == parent)
            call3(__NR_execve, fields[1], fields + 1, environment);
        for (;;)
            call1(__NR_exit_group, 127);
    }
    if (process > 0) {
        /* In both processes, so that it is so whoever comes first. */
        call2(__NR_setpgid, process, 0);
        processes[process_count++] = process;
    }
    write_number(process > 0 ? process : 0);
}

static void remember(char **fields)
{
    size_t first = length_of(fields[1]) + 1, second = length_of(fields[2]) + 1;

    if (restore_count == RESTORES || first + second > RESTORE_SIZE)
        return;
    memcpy(restores[restore_count], fields[1], first);
    memcpy(restores[restore_count++] + first, fields[2], second);
}

/* Ends all programs with what they have started themselves, and writes what was to be written. */
static void finish(void)
{
    for (int i = 0; i < process_count; i++)
        call2(__NR_kill, -processes[i], SIGKILL);
    while (call4(__NR_wait4, -1, NULL, 0, NULL) > 0)
        continue;
    for (int i = 0; i < restore_count; i++) {
        long file = call2(__NR_open, restores[i], O_WRONLY);
        write_text((int)file, restores[i] + length_of(restores[i]) + 1);
        call1(__NR_close, file);
    }
}

int keep(char **environment)
{
    char *fields[FIELDS];
    char *text;

    /* What a terminal sends to its foreground is for the parent alone; its end is what counts here. */
    call0(__NR_setsid);
    handle_all(IGNORE);
    while ((text = read_line()) != NULL) {
        int count = split(text, fields);
        if (count >= 2 && starts_with(fields[0], "run"))
            run(fields, environment);
        else if (count == 3 && starts_with(fields[0], "restore"))
            remember(fields);
    }
    finish();
    return 0;
}
