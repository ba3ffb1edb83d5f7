// Loaded into the programs of a build that is captured (LD_PRELOAD): sends tools that are called by their path, and not found on PATH, through capture-tool.
//
// LAYOUT_CAPTURE        folder of the capture
// LAYOUT_CAPTURE_TOOLS  names of the tools, with ':' around each
#define _GNU_SOURCE
#include <dlfcn.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern char **environ;

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

struct call {
    char program[4096];
    char real[4200];
    char *environment[4096];
};

// Whether a call is of a tool that is captured; then what to call instead. No memory is allocated: the caller may be between vfork and exec.
static int captures(struct call *call, const char *path, char *const environment[])
{
    const char *root = getenv("LAYOUT_CAPTURE"), *tools = getenv("LAYOUT_CAPTURE_TOOLS"), *slash = strrchr(path, '/');
    if (!root || !tools || !slash) return 0;
    size_t length = strlen(root), name = strlen(slash + 1);
    if (strncmp(path, root, length) == 0 && path[length] == '/') return 0;
    const char *found = tools;
    for (;; found++) {
        found = strstr(found, slash + 1);
        if (!found || !name) return 0;
        if (found > tools && found[-1] == ':' && found[name] == ':') break;
    }
    size_t count = 0;
    for (; environment && environment[count]; count++) {
        if (count + 3 > sizeof call->environment / sizeof *call->environment) return 0;
        call->environment[count] = environment[count];
    }
    if (length + 16 > sizeof call->program || access(path, X_OK) != 0) return 0;
    strcpy(call->real, "LAYOUT_CAPTURE_REAL=");
    size_t at = strlen(call->real);
    if (path[0] != '/') {
        if (!getcwd(call->real + at, 2048)) return 0;
        at += strlen(call->real + at);
        call->real[at++] = '/';
    }
    if (at + strlen(path) >= sizeof call->real) return 0;
    strcpy(call->real + at, path);
    strcpy(call->program, root);
    strcat(call->program, "/capture-tool");
    call->environment[count++] = call->real;
    call->environment[count] = NULL;
    return 1;
}

int execve(const char *path, char *const arguments[], char *const environment[])
{
    struct call call;
    if (captures(&call, path, environment)) return NEXT(execve)(call.program, arguments, call.environment);
    return NEXT(execve)(path, arguments, environment);
}

int execv(const char *path, char *const arguments[])
{
    return execve(path, arguments, environ);
}

int execvpe(const char *file, char *const arguments[], char *const environment[])
{
    return strchr(file, '/') ? execve(file, arguments, environment) : NEXT(execvpe)(file, arguments, environment);
}

int execvp(const char *file, char *const arguments[])
{
    return strchr(file, '/') ? execve(file, arguments, environ) : NEXT(execvp)(file, arguments);
}

int posix_spawn(pid_t *pid, const char *path, const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *attributes, char *const arguments[], char *const environment[])
{
    struct call call;
    if (captures(&call, path, environment)) return NEXT(posix_spawn)(pid, call.program, actions, attributes, arguments, call.environment);
    return NEXT(posix_spawn)(pid, path, actions, attributes, arguments, environment);
}

int posix_spawnp(pid_t *pid, const char *file, const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *attributes, char *const arguments[], char *const environment[])
{
    if (strchr(file, '/')) return posix_spawn(pid, file, actions, attributes, arguments, environment);
    return NEXT(posix_spawnp)(pid, file, actions, attributes, arguments, environment);
}
