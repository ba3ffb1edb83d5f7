#define _GNU_SOURCE
#include "thin.h"
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAGIC = 8, HEADER = 60, NAME = 16, SIZE_AT = 48, SIZE = 10 };

struct archive {
    const char *path;
    char *data;
    size_t size;
    const char *names; // The table of long names, and its size
    size_t names_size;
};

struct entry {
    size_t at, size; // Of the header, and of what follows it in the archive itself
    char *file;      // The file that a member is; NULL for an index or the table of names
    struct stat status;
};

// Whether a file is a thin archive; then its content is read.
static int open_archive(struct archive *archive, const char *path)
{
    memset(archive, 0, sizeof *archive);
    archive->path = path;
    int from = open(path, O_RDONLY | O_CLOEXEC);
    char magic[MAGIC];
    struct stat s;
    int is_thin = from >= 0 && read(from, magic, MAGIC) == MAGIC && memcmp(magic, "!<thin>\n", MAGIC) == 0 && fstat(from, &s) == 0;
    if (is_thin) {
        archive->size = s.st_size;
        archive->data = malloc(archive->size + 1);
        is_thin = archive->data && pread(from, archive->data, archive->size, 0) == s.st_size;
    }
    if (from >= 0) close(from);
    return is_thin;
}

// Reads the entry at a place: 1 for an entry, 0 at the end, -1 for what is not understood.
static int next_entry(struct archive *archive, size_t at, struct entry *entry)
{
    if (at + HEADER > archive->size) return 0;
    const char *header = archive->data + at;
    char size[SIZE + 1] = "";
    memcpy(size, header + SIZE_AT, SIZE);
    entry->at = at;
    entry->file = NULL;
    entry->size = strtoull(size, NULL, 10);
    if (strncmp(header, "/ ", 2) == 0 || strncmp(header, "/SYM64/", 7) == 0 || strncmp(header, "// ", 3) == 0) {
        if (entry->size > archive->size - at - HEADER) return -1;
        if (header[1] == '/') {
            archive->names = header + HEADER;
            archive->names_size = entry->size;
        }
        return 1;
    }
    char name[NAME + 1] = "";
    memcpy(name, header, NAME);
    size_t length;
    const char *start = name;
    if (name[0] == '/') {
        char *end;
        size_t offset = strtoull(name + 1, &end, 10);
        if (*end != ' ' || offset >= archive->names_size) return -1; // "/12:34" is a member of an archive in the archive
        start = archive->names + offset;
        const char *stop = memmem(start, archive->names_size - offset, "/\n", 2);
        if (!stop) return -1;
        length = stop - start;
    } else length = strcspn(name, "/ ");
    const char *slash = start[0] == '/' ? NULL : strrchr(archive->path, '/');
    int folder = slash ? (int)(slash - archive->path + 1) : 0;
    if (asprintf(&entry->file, "%.*s%.*s", folder, archive->path, (int)length, start) < 0) return -1;
    entry->size = 0;
    return stat(entry->file, &entry->status) == 0 ? 1 : -1;
}

static size_t even(size_t size)
{
    return size + (size & 1);
}

void thin_key(const char *path, char *key, size_t room)
{
    struct archive archive;
    struct entry entry;
    uint64_t hash = 0xcbf29ce484222325; // FNV-1a
    if (open_archive(&archive, path)) {
        for (size_t at = MAGIC; next_entry(&archive, at, &entry) > 0; at += HEADER + even(entry.size)) {
            if (!entry.file) continue;
            uint64_t facts[] = {entry.status.st_ino, entry.status.st_size, entry.status.st_mtim.tv_sec, entry.status.st_mtim.tv_nsec, entry.status.st_ctim.tv_sec, entry.status.st_ctim.tv_nsec};
            for (size_t i = 0; i < sizeof facts; i++) hash = (hash ^ ((unsigned char *)facts)[i]) * 0x100000001b3;
            free(entry.file);
        }
        size_t length = strlen(key);
        snprintf(key + length, room - length, "-%lx", (long)hash);
    }
    free(archive.data);
}

// Where an entry is in the copy: what is in front of it takes its content too.
static size_t place_of(const struct entry *entries, size_t count, size_t at)
{
    size_t place = MAGIC;
    for (size_t i = 0; i < count && entries[i].at < at; i++) place += HEADER + even(entries[i].file ? (size_t)entries[i].status.st_size : entries[i].size);
    return place;
}

// The index says where members are, in numbers of one width with the most significant byte first (ar, "System V" format).
static void move_index(char *index, size_t size, size_t width, const struct entry *entries, size_t count)
{
    uint64_t members = 0;
    for (size_t i = 0; i < width && i < size; i++) members = members << 8 | (unsigned char)index[i];
    for (uint64_t m = 1; m <= members && (m + 1) * width <= size; m++) {
        uint64_t at = 0;
        for (size_t i = 0; i < width; i++) at = at << 8 | (unsigned char)index[m * width + i];
        at = place_of(entries, count, at);
        for (size_t i = width; i-- > 0; at >>= 8) index[m * width + i] = at;
    }
}

static int write_member(FILE *out, const char *header, const struct entry *entry)
{
    char size[SIZE + 1], buffer[1 << 16];
    snprintf(size, sizeof size, "%-*lld", SIZE, (long long)entry->status.st_size);
    fwrite(header, 1, SIZE_AT, out);
    fwrite(size, 1, SIZE, out);
    fwrite("`\n", 1, 2, out);
    FILE *in = fopen(entry->file, "r");
    if (!in) return 0;
    long long copied = 0;
    for (size_t n; (n = fread(buffer, 1, sizeof buffer, in)) > 0; copied += n) fwrite(buffer, 1, n, out);
    fclose(in);
    if (copied & 1) putc('\n', out);
    return copied == entry->status.st_size;
}

int thin_copy(const char *path, int to)
{
    struct archive archive;
    struct entry *entries = NULL;
    size_t count = 0;
    if (!open_archive(&archive, path)) {
        free(archive.data);
        return -1;
    }
    int found = 1;
    for (size_t at = MAGIC; found > 0; at += HEADER + even(entries[count - 1].size)) {
        struct entry *more = realloc(entries, (count + 1) * sizeof *entries);
        if (!more) break;
        entries = more;
        if ((found = next_entry(&archive, at, &entries[count])) > 0) count++;
        else break;
    }
    int copy = found == 0 ? dup(to) : -1;
    FILE *out = copy >= 0 ? fdopen(copy, "w") : NULL;
    int done = out != NULL;
    if (done) fputs("!<arch>\n", out);
    for (size_t i = 0; i < count && done; i++) {
        char *header = archive.data + entries[i].at;
        if (entries[i].file) done = write_member(out, header, &entries[i]);
        else {
            int width = header[1] == ' ' ? 4 : header[1] == 'S' ? 8 : 0;
            if (width) move_index(header + HEADER, entries[i].size, width, entries, count);
            fwrite(header, 1, HEADER + entries[i].size, out);
            if (entries[i].size & 1) putc('\n', out);
        }
    }
    if (out && fclose(out) != 0) done = 0;
    for (size_t i = 0; i < count; i++) free(entries[i].file);
    free(entries);
    free(archive.data);
    return done;
}
