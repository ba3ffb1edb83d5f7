/* files: a file system, archives and compression. */
#include "alloc.h"
#include "app.h"
#include "compress.h"
#include "hash.h"
#include "ramfs.h"

static bool print_entry(void *context, const char *path, const struct fs_status *status)
{
    static const char kinds[] = "-dl";

    (void)context;
    console_printf("  %c %6lu %s\n", kinds[status->kind], status->size, path);
    return true;
}

static void make_tree(void)
{
    char line[64];
    int handle;

    console_puts("a tree");
    check_number("directories", fs_make_directories("/srv/www/img"), OK);
    check_number("a file", fs_write_file("/srv/www/index.html", "<p>Hello</p>\n", 13), 13);
    handle = fs_open("/srv/log", FS_WRITE | FS_CREATE | FS_APPEND);
    for (unsigned i = 0; i < 400; i++) {
        int length = snprintf(line, sizeof line, "%04u GET /item/%u 200\n", i, i * 7919 % 1000);
        fs_write(handle, line, (size_t)length);
    }
    fs_close(handle);
    check_number("a link", fs_symlink("/srv/www/index.html", "/srv/www/default"), OK);
    check_number("a hard link", fs_link("/srv/log", "/srv/log.1"), OK);
    handle = fs_open("/srv/sparse", FS_WRITE | FS_CREATE);
    fs_seek(handle, 100000, FS_START);
    fs_write(handle, "end", 3);
    fs_close(handle);
    check_number("entries", fs_walk("/", print_entry, NULL), 8);
    check_number("html files", fs_glob("/", "*.h[st]ml", print_entry, NULL), 1);
}

static void show_errors(void)
{
    struct fs_status status;
    char text[16] = "";

    console_puts("errors");
    check_text("missing", error_text(-fs_open("/nowhere", FS_READ)), error_text(ERROR_NO_ENTRY));
    check_number("not empty", fs_remove("/srv"), -ERROR_NOT_EMPTY);
    check_number("into itself", fs_rename("/srv", "/srv/www/srv"), -ERROR_INVALID);
    check_number("a file is no directory", fs_make_directory("/srv/log/x"), -ERROR_NOT_DIRECTORY);
    fs_symlink("/loop2", "/loop1");
    fs_symlink("/loop1", "/loop2");
    check_number("links in a circle", fs_status("/loop1", &status), -ERROR_LOOP);
    fs_remove("/loop1");
    fs_remove("/loop2");
    check_number("through a link", fs_read_file("/srv/www/default", text, sizeof text - 1), 13);
    check_number("rename", fs_rename("/srv/www", "/srv/web"), OK);
    check_number("the link now leads nowhere", fs_read_file("/srv/web/default", text, 4), -ERROR_NO_ENTRY);
    path_normalize("//a/./b/../c/", text, sizeof text);
    check_text("path", text, "/a/c");
}

static uint32_t file_sum(const char *path)
{
    static char data[120000];
    int64_t size = fs_read_file(path, data, sizeof data);

    return size < 0 ? 0 : crc32(0, data, (size_t)size);
}

static void show_archive(void)
{
    size_t room = 1 << 18;
    char *archive = malloc(room), *packed = malloc(room), *again = malloc(room);
    int64_t size = fs_pack("/srv", archive, room), small;
    uint32_t before = file_sum("/srv/sparse") ^ file_sum("/srv/log");

    console_puts("an archive");
    check_number("tar", size, 123904);
    small = compress_deflate(COMPRESS_GZIP, 6, archive, (size_t)size, packed, room);
    check(small > 0 && small < size / 20, "gzip makes it twenty times smaller");
    check_number("restored", compress_inflate(COMPRESS_GZIP, packed, (size_t)small, again, room), size);
    check(memcmp(archive, again, (size_t)size) == 0, "nothing has changed");
    fs_make_directory("/copy");
    check_number("unpacked", fs_unpack("/copy", again, (size_t)size), 7);
    check((file_sum("/copy/sparse") ^ file_sum("/copy/log")) == before, "files have their checksums");
    packed[small / 2] ^= 1;
    check(compress_inflate(COMPRESS_GZIP, packed, (size_t)small, again, room) < 0, "damage is noticed");
    free(archive);
    free(packed);
    free(again);
}

static void fill(char *data, size_t size, unsigned kind)
{
    uint32_t state = 12345;

    for (size_t i = 0; i < size; i++) {
        state = state * 1664525 + 1013904223;
        data[i] = kind == 0 ? (char)(state >> 24) : kind == 1 ? "etaoin shrdlu"[(state >> 20) % 13]
                  : kind == 2 ? (char)(i / 500) : (char)("the quick brown fox "[i % 20]);
    }
}

/* All formats, all levels, four kinds of data, several sizes. */
static void show_formats(void)
{
    static const char *const kinds[] = {"noise", "letters", "runs", "phrases"};
    static const size_t sizes[] = {0, 1, 5, 258, 4096, 70000};
    char *data = malloc(70000), *packed = malloc(90000), *again = malloc(70000);
    unsigned good = 0, all = 0;

    console_puts("compression");
    for (unsigned kind = 0; kind < 4; kind++) {
        fill(data, 70000, kind);
        for (unsigned i = 0; i < 6; i++)
            for (int level = 0; level < 10; level += 3, all++) {
                int64_t size = compress_deflate(COMPRESS_ZLIB, level, data, sizes[i], packed, 90000);
                int64_t back = size < 0 ? -1 : compress_inflate(COMPRESS_ZLIB, packed, (size_t)size, again, 70000);
                good += back == (int64_t)sizes[i] && memcmp(data, again, sizes[i]) == 0;
            }
        int64_t lz = lz_compress(data, 70000, packed, 90000);
        good += lz_expand(packed, (size_t)lz, again, 70000) == 70000 && memcmp(data, again, 70000) == 0;
        int64_t rle = rle_compress(data, 70000, packed, 90000);
        good += rle_expand(packed, (size_t)rle, again, 70000) == 70000 && memcmp(data, again, 70000) == 0;
        all += 2;
        console_printf("  %-8s deflate %6ld, lz %6ld, run lengths %6ld\n", kinds[kind],
                       compress_deflate(COMPRESS_RAW, 9, data, 70000, packed, 90000), lz, rle);
    }
    check_number("round trips", good, all);
    free(data);
    free(packed);
    free(again);
}

/* Made by another program, so that not both directions can be wrong in the same way. */
static void show_foreign(void)
{
    static const uint8_t stream[] = {
        0x78, 0xda, 0x0b, 0xce, 0x48, 0x55, 0x28, 0x4e, 0xcd, 0xc9, 0x29, 0x06, 0x92, 0x89,
        0x0a, 0xc5, 0x19, 0x60, 0x66, 0x52, 0xa5, 0x42, 0x09, 0x58, 0x1c, 0x24, 0x92, 0x5f,
        0x94, 0x6a, 0x0d, 0xe1, 0x42, 0x24, 0x8b, 0xe1, 0x3a, 0x12, 0x8b, 0x52, 0x91, 0x75,
        0xa5, 0xe5, 0x17, 0x29, 0x14, 0x97, 0x16, 0xa5, 0xea, 0x81, 0x04, 0x01, 0x78, 0x41,
        0x1f, 0x71,
    };
    char text[128] = "";

    console_puts("a stream from elsewhere");
    check_number("size", compress_inflate(COMPRESS_ZLIB, stream, sizeof stream, text, sizeof text - 1), 88);
    check_text("text", text, "She sells sea shells by the sea shore; the shells she sells are sea shells for sure. sea");
}

static int files_main(void)
{
    make_tree();
    show_errors();
    show_archive();
    show_formats();
    show_foreign();
    check(alloc_check(), "the heap is in order");
    return failures;
}

APP_DESCRIPTOR("files", files_main, NULL);
