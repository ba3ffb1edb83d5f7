// Stands in for a tool of a build, under the tool's name: runs the real one, and writes down what it was given and what it made.
//
// CAPTURE/capture-tool         this program; CAPTURE/bin/NAME are links to it
// CAPTURE/real/NAME            a link to the real tool, unless LAYOUT_CAPTURE_REAL has its path (see ../Preload); NAME.deps beside it says that the tool knows --dependency-file
// CAPTURE/records/*.record     one file for each run, written under another name and renamed, so that builds may run in parallel
// CAPTURE/files/ID             copies of what went in and came out: an intermediate file is often gone when the build ends.
//                              ID is made of what the system says of the file, so nothing is copied or read twice.
//                              What a thin archive names is in its copy
//
// Compiled by Capturing/CaptureProgram.cs where it is needed.
// The tool's result is returned unchanged, whatever becomes of the record.
#define _GNU_SOURCE
#include "thin.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { KEY = 160, DEEPEST = 8 };

struct file {
    char *path;
    char key[KEY];
    int after;    // found only when the tool had ended
    int response; // its text is a part of the command line
};

static char root[4096];
static struct file *files;
static size_t count, room;
static int failed;
static volatile sig_atomic_t child;

static void *grow(void *memory, size_t size)
{
    memory = realloc(memory, size);
    if (!memory) _exit(126);
    return memory;
}

static char *text(const char *format, ...)
{
    char *made;
    va_list list;
    va_start(list, format);
    if (vasprintf(&made, format, list) < 0) _exit(126);
    va_end(list);
    return made;
}

static int key_of(const char *path, char *key)
{
    struct stat s;
    if (stat(path, &s) != 0 || !S_ISREG(s.st_mode)) return 0;
    snprintf(key, KEY, "%lx-%lx-%lx-%lx.%lx-%lx.%lx", (long)s.st_dev, (long)s.st_ino, (long)s.st_size, (long)s.st_mtim.tv_sec, (long)s.st_mtim.tv_nsec,
             (long)s.st_ctim.tv_sec, (long)s.st_ctim.tv_nsec);
    thin_key(path, key, KEY);
    return 1;
}

static int copy_bytes(int from, int to)
{
    if (ioctl(to, FICLONE, from) == 0) return 1;
    for (;;) {
        ssize_t n = copy_file_range(from, NULL, to, NULL, 1 << 30, 0);
        if (n == 0) return 1;
        if (n < 0) break;
    }
    static char buffer[1 << 16];
    if (lseek(from, 0, SEEK_SET) < 0 || lseek(to, 0, SEEK_SET) < 0 || ftruncate(to, 0) != 0) return 0;
    for (;;) {
        ssize_t n = read(from, buffer, sizeof buffer);
        if (n <= 0) return n == 0;
        for (ssize_t done = 0; done < n;) {
            ssize_t w = write(to, buffer + done, n - done);
            if (w <= 0) return 0;
            done += w;
        }
    }
}

// Keeps the content of a file, unless it is there.
static void keep(const char *path, const char *key)
{
    char *place = text("%s/files/%s", root, key);
    if (access(place, F_OK) != 0) {
        char *temporary = text("%s.%d.tmp", place, (int)getpid());
        int from = open(path, O_RDONLY | O_CLOEXEC);
        int to = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
        int done = from >= 0 && to >= 0 && (thin_copy(path, to) > 0 || copy_bytes(from, to));
        if (from >= 0) close(from);
        if (to >= 0 && close(to) != 0) done = 0;
        if (!done || rename(temporary, place) != 0) {
            unlink(temporary);
            failed = 1;
        }
        free(temporary);
    }
    free(place);
}

static struct file *find(const char *path)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(files[i].path, path) == 0) return &files[i];
    return NULL;
}

static void add(const char *path, int after, int response)
{
    char key[KEY];
    if (find(path) || !key_of(path, key)) return;
    if (count == room) files = grow(files, (room = room * 2 + 64) * sizeof *files);
    struct file *added = &files[count++];
    added->path = text("%s", path);
    strcpy(added->key, key);
    added->after = after;
    added->response = response;
    keep(path, key);
}

// The files that an argument names: itself, or what stands behind a '=' or an option of one letter.
static void add_argument(const char *argument, int deep);

static void add_response(const char *path, int deep)
{
    if (find(path) || deep > DEEPEST) return;
    FILE *in = fopen(path, "r");
    if (!in) return;
    add(path, 0, 1);
    char *word = NULL;
    size_t length = 0, size = 0;
    int quote = 0, any = 0, c;
    do {
        c = getc(in);
        int space = c == EOF || (!quote && strchr(" \t\r\n\f\v", c));
        if (space && any) {
            word[length] = 0;
            add_argument(word, deep + 1);
            length = any = 0;
        }
        if (space) continue;
        if (length + 2 > size) word = grow(word, size = size * 2 + 256);
        any = 1;
        if (c == quote && quote) quote = 0;
        else if (!quote && (c == '"' || c == '\'')) quote = c;
        else {
            if (c == '\\' && (c = getc(in)) == EOF) break;
            word[length++] = c;
        }
    } while (c != EOF);
    free(word);
    fclose(in);
}

static void add_argument(const char *argument, int deep)
{
    if (argument[0] == '@') add_response(argument + 1, deep);
    if (strncmp(argument, "-plugin", 7) == 0) return;
    add(argument, 0, 0);
    const char *value = strchr(argument, '=');
    if (value) add(value + 1, 0, 0);
    if (argument[0] == '-' && argument[1] && argument[2]) add(argument + 2, 0, 0);
}

// What the linker says that it read: a rule of make, the files one a line behind two spaces.
static void add_dependencies(const char *path)
{
    FILE *in = fopen(path, "r");
    if (!in) return;
    char *line = NULL;
    size_t size = 0;
    ssize_t length;
    while ((length = getline(&line, &size, in)) > 0) {
        while (length > 0 && strchr("\n\\ ", line[length - 1])) line[--length] = 0;
        if (strncmp(line, "  ", 2) == 0) add(line + 2, 1, 0);
    }
    free(line);
    fclose(in);
}

static void write_text(FILE *out, const char *keyword, const char *value)
{
    fprintf(out, "%s \"", keyword);
    for (const unsigned char *c = (const unsigned char *)value; *c; c++) {
        if (*c == '"' || *c == '\\') fprintf(out, "\\%c", *c);
        else if (*c < ' ' || *c == 0x7f) fprintf(out, "\\u%04x", *c);
        else putc(*c, out);
    }
    fputs("\"", out);
}

static void write_file(FILE *out, const char *keyword, const char *path, const char *key)
{
    write_text(out, keyword, path);
    fprintf(out, " %s\n", key);
}

// Whether a tool reads its standard input to the end: 'dd' without a file, an interpreter without a script, or whoever is told to.
static int reads_input(const char *name, int argc, char **argv)
{
    int is_dd = strcmp(name, "dd") == 0, reads = is_dd || ((strncmp(name, "python", 6) == 0 || strcmp(name, "perl") == 0) && argc == 1);
    for (int i = 1; i < argc; i++) {
        if (is_dd && (strncmp(argv[i], "if=", 3) == 0 || strncmp(argv[i], "count=", 6) == 0)) return 0;
        if (strcmp(argv[i], "-") == 0 || strcmp(argv[i], "/dev/stdin") == 0) reads = 1;
    }
    return reads;
}

// Keeps what comes through a pipe or from a file, and has the tool read that; returns its key, or NULL when there is nothing to keep.
static char *keep_input(long long start)
{
    struct stat s;
    if (fstat(0, &s) != 0 || !(S_ISFIFO(s.st_mode) || S_ISREG(s.st_mode))) return NULL;
    char *temporary = text("%s/files/%016llx-%d.tmp", root, start, (int)getpid()), *key = grow(NULL, KEY);
    int to = open(temporary, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    static char buffer[1 << 16];
    ssize_t n;
    int done = to >= 0;
    while (done && (n = read(0, buffer, sizeof buffer)) != 0) done = n > 0 ? write(to, buffer, n) == n : errno == EINTR;
    done = done && key_of(temporary, key);
    if (done) {
        char *place = text("%s/files/%s", root, key);
        done = rename(temporary, place) == 0;
        free(place);
    }
    if (!done) failed = 1;
    if (to >= 0) {
        lseek(to, 0, SEEK_SET);
        dup2(to, 0);
        close(to);
    }
    free(temporary);
    return done ? key : NULL;
}

static const char *output_of(int argc, char **argv)
{
    const char *found = "a.out";
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "-o") == 0 && i + 1 < argc) found = argv[++i];
        else if (strncmp(argv[i], "--output=", 9) == 0) found = argv[i] + 9;
        else if (strncmp(argv[i], "-o", 2) == 0 && argv[i][2]) found = argv[i] + 2;
    }
    return found;
}

static void write_record(const char *name, const char *real, int argc, char **argv, long long start, const char *standard_input)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    char *place = text("%s/records/%016llx-%d", root, start, (int)getpid());
    char *temporary = text("%s.tmp", place), *final = text("%s.record", place);
    FILE *out = fopen(temporary, "w");
    if (!out) return;
    char *directory = getcwd(NULL, 0);
    fputs("layoutdsl-capture 1\n", out);
    write_text(out, "tool", name);
    write_text(out, "", real);
    fputc('\n', out);
    write_text(out, "directory", directory ? directory : ".");
    fprintf(out, "\ntime %llu %llu\n", start, now.tv_sec * 1000000000ull + now.tv_nsec);
    for (int i = 1; i < argc; i++) {
        write_text(out, "argument", argv[i]);
        fputc('\n', out);
    }
    for (size_t i = 0; i < count; i++) write_file(out, files[i].response ? "response" : "input", files[i].path, files[i].key);

    if (standard_input) write_file(out, "stdin", "-", standard_input);

    // What has another content than before, and what the command line names and was not there.
    size_t before = count;
    for (size_t i = 0; i < before; i++) {
        char key[KEY];
        if (!files[i].after && key_of(files[i].path, key) && strcmp(key, files[i].key) != 0) {
            keep(files[i].path, key);
            write_file(out, "output", files[i].path, key);
        }
    }
    for (int i = 1; i < argc; i++) add_argument(argv[i], 0);
    if (argc > 1) add(output_of(argc, argv), 0, 0);
    for (size_t i = before; i < count; i++)
        if (!files[i].response) write_file(out, "output", files[i].path, files[i].key);
    if (failed) fputs("incomplete\n", out);
    fputs("end\n", out);
    if (fclose(out) != 0 || rename(temporary, final) != 0) unlink(temporary);
}

static void forward(int signal)
{
    if (child > 0) kill(child, signal);
}

int main(int argc, char **argv)
{
    ssize_t length = readlink("/proc/self/exe", root, sizeof root - 1);
    char *slash = length > 0 ? strrchr(root, '/') : NULL;
    if (!slash) return 127;
    *slash = 0;
    const char *name = strrchr(argv[0], '/') ? strrchr(argv[0], '/') + 1 : argv[0];
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    long long start = now.tv_sec * 1000000000ll + now.tv_nsec;
    if (strcmp(name, "capture-tool") == 0) {
        // By its own name it writes down what the files are now that the build has ended.
        for (int i = 1; i < argc; i++) add_argument(argv[i], 0);
        write_record("", "", 1, argv, start, NULL);
        return 0;
    }
    char real[4096];
    char *link = text("%s/real/%s", root, name);
    const char *given = getenv("LAYOUT_CAPTURE_REAL");
    if (given && strlen(given) < sizeof real) strcpy(real, given);
    else {
        length = readlink(link, real, sizeof real - 1);
        if (length < 0) {
            fprintf(stderr, "%s: the capture has no such tool\n", name);
            return 127;
        }
        real[length] = 0;
    }
    unsetenv("LAYOUT_CAPTURE_REAL");
    for (int i = 1; i < argc; i++) {
        // What is at the place of the output belongs to an earlier build.
        if (strcmp(argv[i], "-o") == 0) i++;
        else add_argument(argv[i], 0);
    }

    char *standard_input = reads_input(name, argc, argv) ? keep_input(start) : NULL;
    char **arguments = grow(NULL, (argc + 2) * sizeof *arguments);
    char *dependencies = NULL;
    memcpy(arguments, argv, (argc + 1) * sizeof *arguments);
    if (strchr(argv[0], '/') && !given) arguments[0] = real;
    char *knows = text("%s.deps", link);
    if (access(knows, F_OK) == 0) {
        dependencies = text("%s/records/%016llx-%d.d", root, start, (int)getpid());
        for (int i = 1; i < argc; i++)
            if (strncmp(argv[i], "--dependency-file", 17) == 0) dependencies = NULL;
        if (dependencies) {
            arguments[argc] = text("--dependency-file=%s", dependencies);
            arguments[argc + 1] = NULL;
        }
    }

    pid_t id = fork();
    if (id == 0) {
        execv(real, arguments);
        fprintf(stderr, "%s: %s: %s\n", name, real, strerror(errno));
        _exit(127);
    }
    if (id < 0) {
        // Without a second process there is no record, and the tool does its work all the same.
        execv(real, argv);
        return 127;
    }
    child = id;
    struct sigaction action = {.sa_handler = forward};
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGHUP, &action, NULL);
    signal(SIGINT, SIG_IGN);
    signal(SIGQUIT, SIG_IGN);
    int status;
    while (waitpid(id, &status, 0) < 0 && errno == EINTR) continue;
    if (dependencies) {
        add_dependencies(dependencies);
        unlink(dependencies);
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) write_record(name, real, argc, argv, start, standard_input);
    if (WIFEXITED(status)) return WEXITSTATUS(status);
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    signal(WTERMSIG(status), SIG_DFL);
    raise(WTERMSIG(status));
    return 128 + WTERMSIG(status);
}
