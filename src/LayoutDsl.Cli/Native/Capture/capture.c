// Stands in for a tool of a build, under the tool's name: runs the real one, and writes down what it was given and what it made.
//
// CAPTURE/capture-tool         this program; CAPTURE/bin/NAME are links to it
// CAPTURE/real/NAME            a link to the real tool, unless LAYOUT_CAPTURE_REAL has its path (see ../Preload); NAME.deps beside it says that the tool knows --dependency-file
// CAPTURE/records/*.record     one file for each run, written under another name and renamed, so that builds may run in parallel
// CAPTURE/files/ID             copies of what went in and came out: an intermediate file is often gone when the build ends.
//                              ID is made of what the system says of the file, so nothing is copied or read twice.
//                              What a thin archive names is in its copy
//
// Compiled by Capturing/CaptureRun.cs where it is needed.
// The tool's result is returned unchanged, whatever becomes of the record.
#define _GNU_SOURCE
#include "arguments.h"
#include "files.h"
#include "linker.h"
#include "record.h"
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t child;

static void forward(int signal)
{
    if (child > 0) kill(child, signal);
}

static void forward_signals(void)
{
    struct sigaction action = {.sa_handler = forward};
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGHUP, &action, NULL);
    signal(SIGINT, SIG_IGN);
    signal(SIGQUIT, SIG_IGN);
}

// The real tool behind a name, or NULL.
static const char *find_real(const char *name)
{
    static char real[4096];
    const char *given = getenv("LAYOUT_CAPTURE_REAL");
    if (given && strlen(given) < sizeof real) strcpy(real, given);
    else {
        char *link = text("%s/real/%s", root, name);
        ssize_t length = readlink(link, real, sizeof real - 1);
        free(link);
        if (length < 0) return NULL;
        real[length] = 0;
    }
    unsetenv("LAYOUT_CAPTURE_REAL");
    return real;
}

// A file in memory for what the linker reads, or -1 when it does not write that down, or does so for the build.
static int open_dependencies(const struct run *run)
{
    if (!knows_dependencies(run->name, run->real)) return -1;
    for (int i = 1; i < run->argc; i++)
        if (strncmp(run->argv[i], "--dependency-file", 17) == 0) return -1;
    return memfd_create("dependencies", 0);
}

// Starts the tool; -1 when that is not possible. The child has this memory until it is the tool.
static pid_t start_tool(const char *real, char **arguments)
{
    static volatile int refused;
    pid_t id = vfork();
    if (id == 0) {
        execv(real, arguments);
        refused = errno;
        _exit(127);
    }
    if (!refused) return id;
    waitpid(id, NULL, 0);
    return -1;
}

static int end_as(int status)
{
    if (WIFEXITED(status)) return WEXITSTATUS(status);
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    signal(WTERMSIG(status), SIG_DFL);
    raise(WTERMSIG(status));
    return 128 + WTERMSIG(status);
}

static int capture(struct run *run, char **arguments)
{
    const char *linker = linker_name(run->name, run->real);
    int is_link = linker != NULL, argc = run->argc;
    if (is_link) run->name = linker;
    note_inputs(argc - 1, run->argv + 1, is_link);
    run->standard_input = reads_input(run->name, argc, run->argv) ? keep_input(run->start) : NULL;
    keep_files(!is_link);
    if (!is_link) await_clock();
    int dependencies = is_link ? open_dependencies(run) : -1;
    if (dependencies >= 0) {
        arguments[argc] = text("--dependency-file=/proc/self/fd/%d", dependencies);
        arguments[argc + 1] = NULL;
    }

    pid_t id = start_tool(run->real, arguments);
    if (id < 0) {
        // Without a second process there is no record, and the tool does its work all the same.
        execv(run->real, run->argv);
        fprintf(stderr, "%s: %s: %s\n", run->name, run->real, strerror(errno));
        return 127;
    }
    child = id;
    forward_signals();
    keep_objects();
    int status;
    while (waitpid(id, &status, 0) < 0 && errno == EINTR) continue;
    if (dependencies >= 0) note_dependencies(dependencies);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) write_record(run);
    return end_as(status);
}

int main(int argc, char **argv)
{
    ssize_t length = readlink("/proc/self/exe", root, sizeof root - 1);
    char *slash = length > 0 ? strrchr(root, '/') : NULL;
    if (!slash) return 127;
    *slash = 0;
    struct run run = {.name = strrchr(argv[0], '/') ? strrchr(argv[0], '/') + 1 : argv[0], .real = "", .argc = argc, .argv = argv, .start = now()};
    if (strcmp(run.name, "capture-tool") == 0) {
        // By its own name it writes down what the files are now that the build has ended.
        note_inputs(argc - 1, argv + 1, 0);
        run.name = "";
        run.argc = 1;
        write_record(&run);
        return 0;
    }
    int is_given = getenv("LAYOUT_CAPTURE_REAL") != NULL;
    run.real = find_real(run.name);
    if (!run.real) {
        fprintf(stderr, "%s: the capture has no such tool\n", run.name);
        return 127;
    }
    char **arguments = grow(NULL, (argc + 2) * sizeof *arguments);
    memcpy(arguments, argv, (argc + 1) * sizeof *arguments);
    if (strchr(argv[0], '/') && !is_given) arguments[0] = (char *)run.real;
    return capture(&run, arguments);
}
