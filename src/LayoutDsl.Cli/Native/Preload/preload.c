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
    char preload[4096];
    char *environment[4096];
};

// Programs that call no tool: they need not load this. Compilers do, since they call linkers.
static const char *const leaves[] = {"cc1", "cc1plus", "as", "ar", "ranlib", "nm",
                                     "rm", "mkdir", "mv", "cp", "cat", "echo", "sed", "grep", "ln", "touch", "chmod", "cmp", "true", "test", "expr", "uname", "dirname", "basename", "printf", "sort", "head"};

// The name of a program without the machine that it is for and its version: x86_64-linux-gnu-gcc-12 is gcc.
static int is_leaf(const char *path)
{
    const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
    for (size_t i = 0; i < sizeof leaves / sizeof *leaves; i++) {
        size_t length = strlen(leaves[i]);
        for (const char *at = strstr(name, leaves[i]); at; at = strstr(at + 1, leaves[i])) {
            int starts = at == name || at[-1] == '-';
            const char *end = at + length;
            if (*end == '-' && end[1]) end += 1 + strspn(end + 1, "0123456789.");
            if (starts && *end == 0) return 1;
        }
    }
    return 0;
}

// The environment of a leaf: without this library, with what else is preloaded.
static int releases(struct call *call, const char *path, char *const environment[])
{
    const char *root = getenv("LAYOUT_CAPTURE");
    size_t length = root ? strlen(root) : 0, count = 0;
    if (!root || !environment || !is_leaf(path)) return 0;
    for (; *environment; environment++) {
        if (count + 2 > sizeof call->environment / sizeof *call->environment) return 0;
        const char *value = *environment + 11;
        if (strncmp(*environment, "LD_PRELOAD=", 11) == 0 && strncmp(value, root, length) == 0 && value[length] == '/') {
            const char *others = strchr(value, ':');
            if (!others) continue;
            if (strlen(others) + 12 > sizeof call->preload) return 0;
            strcat(strcpy(call->preload, "LD_PRELOAD="), others + 1);
            call->environment[count++] = call->preload;
        } else call->environment[count++] = *environment;
    }
    call->environment[count] = NULL;
    return 1;
}

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
    if (releases(&call, path, environment)) return NEXT(execve)(path, arguments, call.environment);
    return NEXT(execve)(path, arguments, environment);
}

int execv(const char *path, char *const arguments[])
{
    return execve(path, arguments, environ);
}

int execvpe(const char *file, char *const arguments[], char *const environment[])
{
    struct call call;
    if (strchr(file, '/')) return execve(file, arguments, environment);
    return NEXT(execvpe)(file, arguments, releases(&call, file, environment) ? call.environment : environment);
}

int execvp(const char *file, char *const arguments[])
{
    return execvpe(file, arguments, environ);
}

int posix_spawn(pid_t *pid, const char *path, const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *attributes, char *const arguments[], char *const environment[])
{
    struct call call;
    if (captures(&call, path, environment)) return NEXT(posix_spawn)(pid, call.program, actions, attributes, arguments, call.environment);
    if (releases(&call, path, environment)) return NEXT(posix_spawn)(pid, path, actions, attributes, arguments, call.environment);
    return NEXT(posix_spawn)(pid, path, actions, attributes, arguments, environment);
}

int posix_spawnp(pid_t *pid, const char *file, const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *attributes, char *const arguments[], char *const environment[])
{
    struct call call;
    if (strchr(file, '/')) return posix_spawn(pid, file, actions, attributes, arguments, environment);
    return NEXT(posix_spawnp)(pid, file, actions, attributes, arguments, releases(&call, file, environment) ? call.environment : environment);
}
