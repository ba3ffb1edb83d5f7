/* An archiver: many files, three ways to make them smaller, checksums and hashes over them. */
#include "crc.h"
#include "crypto.h"
#include "flate.h"
#include "heap.h"
#include "kiln.h"
#include "libc.h"
#include "log.h"
#include "tar.h"
#include "vfs.h"

static void must(bool good, const char *what)
{
    if (!good)
        kiln_panic("%s: %s", what, strerror(errno));
}

/* Text of a small grammar, so that it can be compressed. */
static void write_story(const char *path, unsigned sentences)
{
    static const char *const who[] = {"the baker", "a carpenter", "her uncle", "the ferryman", "nobody", "the old clock"};
    static const char *const does[] = {"repairs", "sells", "forgets", "carries", "paints", "counts"};
    static const char *const what[] = {"seven apples", "a wooden bridge", "the long winter", "two letters", "bread", "every star"};
    int file = vfs_open(path, VFS_WRITE | VFS_CREATE);

    must(file >= 0, path);
    for (unsigned i = 0; i < sentences; i++)
        must(vfs_printf(file, "%s %s %s%s", who[random() % 6], does[random() % 6], what[random() % 6], i % 4 == 3 ? ".\n" : ", and ") > 0, path);
    vfs_close(file);
}

static void write_noise(const char *path, size_t size)
{
    uint8_t *data = malloc(size);

    must(data != NULL, path);
    for (size_t i = 0; i < size; i++)
        data[i] = (uint8_t)(random() >> 40);
    must(vfs_store(path, data, size) == 0, path);
    free(data);
}

typedef long (*coder)(void *to, size_t room, const void *from, size_t size);

static void try(const char *name, coder pack, coder unpack, const uint8_t *data, size_t size)
{
    size_t room = size + size / 8 + 1024;
    uint8_t *packed = malloc(room), *again = malloc(size + 1);
    long n;

    must(packed != NULL && again != NULL, name);
    n = pack(packed, room, data, size);
    must(n > 0, name);
    must(unpack(again, size + 1, packed, (size_t)n) == (long)size && memcmp(again, data, size) == 0, name);
    printf("  %-8s %7zu -> %7ld (%ld%%) crc64 %016lx\n", name, size, n, n * 100 / (long)size, crc64(0, packed, (size_t)n));
    must(pack(packed, (size_t)n / 2, data, size) < 0, "half the room should not be enough");
    free(packed);
    free(again);
}

int app_main(void)
{
    char path[64], hex[65];
    uint8_t digest[32], *data;
    size_t size;

    must(vfs_mount("/", "ramfs") == 0, "mount");
    srandom(2024);
    vfs_mkdir("/stories");
    vfs_mkdir("/stories/old");
    for (unsigned i = 1; i <= 12; i++) {
        snprintf(path, sizeof path, i % 3 == 0 ? "/stories/old/%u.txt" : "/stories/%u.txt", i);
        write_story(path, i * 60);
    }
    write_noise("/noise", 60000);
    for (unsigned i = 0; i < 3; i++) {
        const char *names[] = {"/stories/11.txt", "/noise", NULL};
        data = names[i] != NULL ? vfs_load(names[i], &size) : tar_pack("/stories", &size);
        must(data != NULL, "load");
        printf("%s: %zu bytes, crc32 %08x, crc32c %08x, adler %08x\n", names[i] != NULL ? names[i] : "tar", size, crc32(0, data, size),
               crc32c(0, data, size), adler32(1, data, size));
        sha256(data, size, digest);
        for (int b = 0; b < 32; b++)
            snprintf(hex + b * 2, 3, "%02x", digest[b]);
        printf("  sha256 %s\n", hex);
        try("deflate", deflate, inflate, data, size);
        try("lz", lz_pack, lz_unpack, data, size);
        free(data);
    }
    log_info("%zu blocks in use", heap_numbers().blocks);
    return 0;
}
