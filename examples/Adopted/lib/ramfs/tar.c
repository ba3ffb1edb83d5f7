#include "tar.h"
#include "heap.h"
#include "libc.h"
#include "vfs.h"

struct header {
    char name[100], mode[8], owner[8], group[8], size[12], time[12], checksum[8], type, link[100], magic[8], names[64], device[16], prefix[155], pad[12];
};
struct writer {
    char *data;
    size_t size, room;
    bool failed;
};

static void append(struct writer *w, const void *data, size_t size)
{
    size_t padded = (size + 511) & ~511ul;

    if (w->size + padded > w->room) {
        size_t room = (w->size + padded) * 2;
        char *grown = realloc(w->data, room);
        if (grown == NULL) {
            w->failed = true;
            return;
        }
        w->data = grown;
        w->room = room;
    }
    memcpy(w->data + w->size, data, size);
    memset(w->data + w->size + size, 0, padded - size);
    w->size += padded;
}

static unsigned sum(const struct header *h)
{
    const unsigned char *bytes = (const unsigned char *)h;
    unsigned total = 0;

    for (size_t i = 0; i < sizeof *h; i++)
        total += i >= offsetof(struct header, checksum) && i < offsetof(struct header, type) ? ' ' : bytes[i];
    return total;
}

static void append_header(struct writer *w, const char *name, size_t size, char type)
{
    struct header h;

    memset(&h, 0, sizeof h);
    strlcpy(h.name, name, sizeof h.name);
    snprintf(h.mode, sizeof h.mode, "%07o", type == '5' ? 0755 : 0644);
    snprintf(h.owner, sizeof h.owner, "%07o", 0);
    snprintf(h.group, sizeof h.group, "%07o", 0);
    snprintf(h.size, sizeof h.size, "%011lo", size);
    snprintf(h.time, sizeof h.time, "%011o", 0);
    h.type = type;
    memcpy(h.magic, "ustar\00000", 8);
    snprintf(h.checksum, sizeof h.checksum, "%06o", sum(&h));
    append(w, &h, sizeof h);
}

static void pack(struct writer *w, const char *folder, size_t skip)
{
    char name[64], path[256];

    for (size_t i = 0; vfs_list(folder, i, name, sizeof name) == 1; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, name);
        if (path[strlen(path) - 1] == '/') {
            append_header(w, path + skip, 0, '5');
            path[strlen(path) - 1] = '\0';
            pack(w, path, skip);
        } else {
            size_t size;
            void *data = vfs_load(path, &size);
            if (data == NULL) {
                w->failed = true;
                return;
            }
            append_header(w, path + skip, size, '0');
            append(w, data, size);
            free(data);
        }
    }
}

void *tar_pack(const char *folder, size_t *size)
{
    static const char end[1024];
    struct writer w = {NULL, 0, 0, false};

    pack(&w, folder, strlen(folder) + 1);
    append(&w, end, sizeof end);
    if (w.failed) {
        free(w.data);
        return NULL;
    }
    *size = w.size;
    return w.data;
}

int tar_unpack(const char *folder, const void *archive, size_t size)
{
    const char *at = archive, *end = at + size;
    int count = 0;

    while ((size_t)(end - at) >= sizeof(struct header)) {
        const struct header *h = (const struct header *)at;
        size_t length = strtoul(h->size, NULL, 8), padded = (length + 511) & ~511ul;
        char path[256];
        if (h->name[0] == '\0')
            return count;
        if (strtoul(h->checksum, NULL, 8) != sum(h) || padded > (size_t)(end - at) - sizeof *h) {
            errno = EINVAL;
            return -1;
        }
        snprintf(path, sizeof path, "%s/%.100s", folder, h->name);
        if (h->type == '5' ? vfs_mkdir(path) != 0 : vfs_store(path, at + sizeof *h, length) != 0)
            return -1;
        count += h->type != '5';
        at += sizeof *h + padded;
    }
    errno = EINVAL;
    return -1;
}
