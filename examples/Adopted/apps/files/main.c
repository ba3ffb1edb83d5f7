/* Files: a tree, errors, devices, an archive, written by several threads. */
#include "crc.h"
#include "flate.h"
#include "heap.h"
#include "kiln.h"
#include "libc.h"
#include "log.h"
#include "sched.h"
#include "shell.h"
#include "tar.h"
#include "vfs.h"

static void must(bool good, const char *what)
{
    if (!good)
        kiln_panic("%s: %s", what, strerror(errno));
}

static void writer(void *argument)
{
    char path[32];
    int file;

    snprintf(path, sizeof path, "/logs/%s.txt", thread_name());
    must((file = vfs_open(path, VFS_WRITE | VFS_CREATE)) >= 0, path);
    for (int i = 0; i < 200; i++) {
        must(vfs_printf(file, "%s wrote line %d of %s\n", thread_name(), i, (const char *)argument) > 0, "write");
        if (i % 7 == 0)
            thread_yield();
    }
    vfs_close(file);
}

static int count_command(int count, char **words)
{
    size_t size, lines = 0;
    char *text = count > 1 ? vfs_load(words[1], &size) : NULL;

    if (text == NULL)
        return -1;
    for (size_t i = 0; i < size; i++)
        lines += text[i] == '\n';
    printf("%zu lines, %zu bytes, crc %08x\n", lines, size, crc32(0, text, size));
    free(text);
    return 0;
}
SHELL_COMMAND(count, "counts the lines of a file", count_command);

static void holes(void)
{
    int file = vfs_open("/data/sparse", VFS_READ | VFS_WRITE | VFS_CREATE);
    char byte = 'x';

    must(file >= 0 && vfs_seek(file, 1000000) == 1000000 && vfs_write(file, "end", 3) == 3, "sparse");
    vfs_seek(file, 500000);
    must(vfs_read(file, &byte, 1) == 1 && byte == 0, "a hole is not zero");
    vfs_close(file);
    printf("sparse: %ld bytes\n", vfs_size("/data/sparse"));
    vfs_remove("/data/sparse");
}

static void archive(void)
{
    size_t size;
    uint8_t *tar = tar_pack("/logs", &size), *small = malloc(size + 1024), *again = malloc(size);
    long packed;

    must(tar != NULL && small != NULL && again != NULL, "archive");
    packed = deflate(small, size + 1024, tar, size);
    must(packed > 0 && inflate(again, size, small, (size_t)packed) == (long)size && memcmp(tar, again, size) == 0, "deflate");
    printf("archive: %zu bytes, crc %08x, deflated to %ld\n", size, crc32(0, tar, size), packed);
    small[packed / 2] ^= 0x10;
    printf("damaged: %s\n", inflate(again, size, small, (size_t)packed) != (long)size || memcmp(tar, again, size) != 0 ? "noticed" : "not noticed");
    must(vfs_mkdir("/copy") == 0 && tar_unpack("/copy", tar, size) == 4, "unpack");
    free(tar);
    free(small);
    free(again);
}

int app_main(void)
{
    static const char *const names[] = {"anna", "ben", "clara", "dora"};
    const char *drivers[8];
    size_t count = vfs_drivers(drivers, 8);
    uint8_t noise[64];
    int file;

    for (size_t i = 0; i < count; i++)
        printf("driver %s\n", drivers[i]);
    must(vfs_mount("/", "ramfs") == 0 && vfs_mount("/dev", "devfs") == 0, "mount");
    if (vfs_mount("/x", "nofs") != 0)
        printf("nofs: %s\n", strerror(errno));
    shell_run("mkdir /logs /data; ls /; ls /nowhere; mkdir /data; what is this");
    for (size_t i = 0; i < 4; i++)
        must(thread_start(names[i], writer, (void *)names[3 - i]) != NULL, "thread");
    must(thread_run_all() == 0, "threads");
    shell_run("ls /logs; count /logs/anna.txt; count /logs/dora.txt");
    holes();
    archive();
    shell_run("ls /copy; count /copy/ben.txt; rm /copy; rm /copy/ben.txt; ls /copy");
    must((file = vfs_open("/dev/random", VFS_READ)) >= 0 && vfs_read(file, noise, sizeof noise) == 64, "random");
    vfs_close(file);
    printf("random: %08x\n", crc32(0, noise, sizeof noise));
    must((file = vfs_open("/dev/console", VFS_WRITE)) >= 0, "console");
    vfs_printf(file, "written to the %s\n", "console");
    vfs_close(file);
    for (count = 0; vfs_open("/logs/ben.txt", VFS_READ) >= 0; count++)
        ;
    printf("%zu files open, then: %s\n", count, strerror(errno));
    shell_run("echo the end of   the shell;help");
    log_info("%zu commands", shell_commands());
    return 0;
}
