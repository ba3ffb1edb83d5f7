/* Inodes and directories. */
#include "alloc.h"
#include "nolibc.h"
#include "ramfs_internal.h"

static uint64_t next_number = 1;

struct inode *inode_new(enum fs_kind kind)
{
    struct inode *inode = calloc(1, sizeof *inode);

    if (inode != NULL) {
        inode->kind = kind;
        inode->number = next_number++;
    }
    return inode;
}

void inode_release(struct inode *inode)
{
    if (inode->links > 0 || inode->open > 0)
        return;
    if (inode->kind == FS_FILE)
        file_resize(inode, 0);
    else if (inode->kind == FS_DIRECTORY)
        free(inode->directory.entries);
    else
        free(inode->target);
    free(inode);
}

void inode_describe(const struct inode *inode, struct fs_status *status)
{
    *status = (struct fs_status){inode->kind, inode->size, inode->number, inode->links,
                                 inode->version};
}

static int compare_name(const char *name, size_t length, const char *other)
{
    int order = strncmp(name, other, length);

    return order != 0 ? order : other[length] == '\0' ? 0 : -1;
}

static size_t lower_bound(const struct inode *directory, const char *name, size_t length)
{
    size_t low = 0, high = directory->directory.count;

    while (low < high) {
        size_t middle = (low + high) / 2;
        if (compare_name(name, length, directory->directory.entries[middle].name) > 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct entry *directory_find(struct inode *directory, const char *name, size_t length)
{
    size_t index = lower_bound(directory, name, length);
    struct entry *entry = &directory->directory.entries[index];

    if (index < directory->directory.count && compare_name(name, length, entry->name) == 0)
        return entry;
    return NULL;
}

int directory_add(struct inode *directory, const char *name, struct inode *inode)
{
    size_t index = lower_bound(directory, name, strlen(name)), count;
    struct entry *entries = directory->directory.entries;
    char *copy;

    count = directory->directory.count;
    if (count == directory->directory.capacity) {
        size_t capacity = count == 0 ? 8 : count * 2;
        entries = realloc(entries, capacity * sizeof *entries);
        if (entries == NULL)
            return -ERROR_NO_MEMORY;
        directory->directory.entries = entries;
        directory->directory.capacity = capacity;
    }
    copy = strdup(name);
    if (copy == NULL)
        return -ERROR_NO_MEMORY;
    memmove(&entries[index + 1], &entries[index], (count - index) * sizeof *entries);
    entries[index] = (struct entry){copy, inode};
    directory->directory.count++;
    directory->size = directory->directory.count;
    directory->version++;
    inode->links++;
    if (inode->kind == FS_DIRECTORY)
        inode->directory.parent = directory;
    return OK;
}

void directory_drop(struct inode *directory, struct entry *entry)
{
    size_t index = (size_t)(entry - directory->directory.entries);
    struct inode *inode = entry->inode;

    free(entry->name);
    directory->directory.count--;
    memmove(entry, entry + 1, (directory->directory.count - index) * sizeof *entry);
    directory->size = directory->directory.count;
    directory->version++;
    inode->links--;
    inode_release(inode);
}
