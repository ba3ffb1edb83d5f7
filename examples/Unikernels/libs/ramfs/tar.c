/* Trees as tar archives (the ustar format). */
#include "alloc.h"
#include "nolibc.h"
#include "ramfs_internal.h"

enum { RECORD = 512 };

struct header {
    char name[100], mode[8], uid[8], gid[8], size[12], mtime[12], checksum[8], type, link[100];
    char magic[6], version[2], user[32], group[32], major[8], minor[8], prefix[155], padding[12];
};

static unsigned checksum_of(const struct header *header)
{
    const uint8_t *bytes = (const uint8_t *)header;
    unsigned sum = 0;

    for (size_t i = 0; i < sizeof *header; i++) {
        bool own = i >= offsetof(struct header, checksum) && i < offsetof(struct header, type);
        sum += own ? ' ' : bytes[i];
    }
    return sum;
}

static int unpack_one(const char *base, const struct header *header, const uint8_t *data,
                      size_t size)
{
    char path[PATH_LIMIT], link[101];
    int64_t result;

    snprintf(path, sizeof path, "%s/%.155s%s%.100s", base, header->prefix,
             header->prefix[0] != '\0' ? "/" : "", header->name);
    switch (header->type) {
    case '5':
        return fs_make_directories(path);
    case '2':
        strlcpy(link, header->link, sizeof link);
        return fs_symlink(link, path);
    case '0': case '\0':
        result = fs_write_file(path, data, size);
        return result < 0 ? (int)result : OK;
    default:
        return -ERROR_UNSUPPORTED;
    }
}

int64_t fs_unpack(const char *path, const void *archive, size_t size)
{
    const uint8_t *at = archive, *end = at + size;
    int64_t count = 0;

    while (end - at >= RECORD && *at != '\0') {
        const struct header *header = (const struct header *)at;
        size_t content = strtoul(header->size, NULL, 8);
        int error;
        if (strtoul(header->checksum, NULL, 8) != checksum_of(header))
            return -ERROR_CHECKSUM;
        at += RECORD;
        if ((size_t)(end - at) < content)
            return -ERROR_TRUNCATED;
        error = unpack_one(path, header, at, content);
        if (error != OK)
            return error;
        at += (content + RECORD - 1) / RECORD * RECORD;
        count++;
    }
    return count;
}

struct packing {
    char *at, *end;
    size_t base;
    int error;
};

static bool pack_one(void *context, const char *path, const struct fs_status *status)
{
    struct packing *packing = context;
    size_t content = status->kind == FS_FILE ? status->size : 0;
    size_t padded = (content + RECORD - 1) / RECORD * RECORD;
    struct header *header = (struct header *)packing->at;
    struct inode *inode;

    if ((size_t)(packing->end - packing->at) < RECORD + padded) {
        packing->error = -ERROR_TOO_LARGE;
        return false;
    }
    memset(header, 0, RECORD + padded);
    strlcpy(header->name, path + packing->base, sizeof header->name);
    snprintf(header->mode, sizeof header->mode, "%07o", status->kind == FS_DIRECTORY ? 0755 : 0644);
    snprintf(header->uid, sizeof header->uid, "%07o", 0);
    snprintf(header->gid, sizeof header->gid, "%07o", 0);
    snprintf(header->size, sizeof header->size, "%011lo", content);
    snprintf(header->mtime, sizeof header->mtime, "%011o", 0);
    header->type = status->kind == FS_DIRECTORY ? '5' : status->kind == FS_LINK ? '2' : '0';
    memcpy(header->magic, "ustar", 6);
    memcpy(header->version, "00", 2);
    path_resolve(path, false, &inode, NULL, NULL);
    if (status->kind == FS_LINK)
        strlcpy(header->link, inode->target, sizeof header->link);
    snprintf(header->checksum, sizeof header->checksum, "%06o", checksum_of(header));
    if (content > 0)
        file_read(inode, 0, packing->at + RECORD, content);
    packing->at += RECORD + padded;
    return true;
}

int64_t fs_pack(const char *path, void *archive, size_t size)
{
    char base[PATH_LIMIT];
    size_t length = path_normalize(path, base, sizeof base);
    struct packing packing = {archive, (char *)archive + size, length == 1 ? 1 : length + 1, OK};
    int visited = fs_walk(path, pack_one, &packing);

    if (visited < 0 || packing.error != OK)
        return visited < 0 ? visited : packing.error;
    if (packing.end - packing.at < 2 * RECORD)
        return -ERROR_TOO_LARGE;
    memset(packing.at, 0, 2 * RECORD);
    return packing.at + 2 * RECORD - (char *)archive;
}
