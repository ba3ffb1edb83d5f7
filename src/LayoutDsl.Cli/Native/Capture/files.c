#define _GNU_SOURCE
#include "files.h"
#include "thin.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

char root[4096];
struct file *files;
size_t count;
int failed;

static size_t room;
static struct timespec newest; // Of the changes of files that are noted
static char buffer[1 << 16];

void *grow(void *memory, size_t size)
{
    memory = realloc(memory, size);
    if (!memory) _exit(126);
    return memory;
}

char *text(const char *format, ...)
{
    char *made;
    va_list list;
    va_start(list, format);
    if (vasprintf(&made, format, list) < 0) _exit(126);
    va_end(list);
    return made;
}

static int is_before(struct timespec a, struct timespec b)
{
    return a.tv_sec < b.tv_sec || (a.tv_sec == b.tv_sec && a.tv_nsec < b.tv_nsec);
}

int key_of(const char *path, char *key)
{
    struct stat s;
    if (stat(path, &s) != 0 || !S_ISREG(s.st_mode)) return 0;
    snprintf(key, KEY, "%lx-%lx-%lx-%lx.%lx-%lx.%lx", (long)s.st_dev, (long)s.st_ino, (long)s.st_size, (long)s.st_mtim.tv_sec, (long)s.st_mtim.tv_nsec,
             (long)s.st_ctim.tv_sec, (long)s.st_ctim.tv_nsec);
    thin_key(path, key, KEY);
    if (is_before(newest, s.st_ctim)) newest = s.st_ctim;
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

int keep(const char *path, const char *key)
{
    char *place = text("%s/files/%s", root, key);
    int is_new = access(place, F_OK) != 0;
    if (is_new) {
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
    return is_new;
}

struct file *find(const char *path)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(files[i].path, path) == 0) return &files[i];
    return NULL;
}

void note(const char *path, int after, int response)
{
    char key[KEY];
    if (find(path) || !key_of(path, key)) return;
    if (count == room) files = grow(files, (room = room * 2 + 64) * sizeof *files);
    struct file *added = &files[count++];
    added->path = text("%s", path);
    strcpy(added->key, key);
    added->after = after;
    added->response = response;
    added->kept = 0;
}

static int is_object(const char *path)
{
    char magic[8] = "";
    int from = open(path, O_RDONLY | O_CLOEXEC);
    int is = from >= 0 && read(from, magic, sizeof magic) == sizeof magic
        && (memcmp(magic, "\177ELF", 4) == 0 || memcmp(magic, "!<arch>\n", sizeof magic) == 0 || memcmp(magic, "!<thin>\n", sizeof magic) == 0);
    if (from >= 0) close(from);
    return is;
}

void keep_files(int all)
{
    for (size_t i = 0; i < count; i++) {
        if (files[i].kept || (!all && is_object(files[i].path))) continue;
        keep(files[i].path, files[i].key);
        files[i].kept = 1;
    }
}

void keep_objects(void)
{
    for (size_t i = 0; i < count; i++) {
        char key[KEY];
        if (files[i].kept) continue;
        if (keep(files[i].path, files[i].key) && !(key_of(files[i].path, key) && strcmp(key, files[i].key) == 0)) failed = 1;
        files[i].kept = 1;
    }
}

void await_clock(void)
{
    // A clock that is behind that of the file system by more than this is another one.
    enum { STEP = 500000, STEPS = 40 };
    for (int i = 0; i < STEPS; i++) {
        struct timespec now, step = {0, STEP};
        if (clock_gettime(CLOCK_REALTIME_COARSE, &now) != 0 || is_before(newest, now)) return;
        nanosleep(&step, NULL);
    }
}

char *keep_input(long long start)
{
    struct stat s;
    if (fstat(0, &s) != 0 || !(S_ISFIFO(s.st_mode) || S_ISREG(s.st_mode))) return NULL;
    char *temporary = text("%s/files/%016llx-%d.tmp", root, start, (int)getpid()), *key = grow(NULL, KEY);
    int to = open(temporary, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
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
