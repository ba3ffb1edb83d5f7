/* Handles: what the program holds of an open file. */
#include "nolibc.h"
#include "ramfs_internal.h"

enum { HANDLES = 64 };

static struct handle {
    struct inode *inode; /* NULL: free */
    uint64_t offset;
    unsigned mode;
} handles[HANDLES];

static struct handle *get(int handle, unsigned mode)
{
    if (handle < 0 || handle >= HANDLES || handles[handle].inode == NULL)
        return NULL;
    return (handles[handle].mode & mode) == mode ? &handles[handle] : NULL;
}

static int find_or_create(const char *path, unsigned mode, struct inode **inode)
{
    char name[NAME_LIMIT + 1];
    struct inode *parent;
    int error = path_resolve(path, true, inode, &parent, name);

    if (error != OK)
        return error;
    if (*inode != NULL)
        return (*inode)->kind == FS_FILE ? OK : -ERROR_IS_DIRECTORY;
    if (!(mode & FS_CREATE))
        return -ERROR_NO_ENTRY;
    *inode = inode_new(FS_FILE);
    if (*inode == NULL)
        return -ERROR_NO_MEMORY;
    return directory_add(parent, name, *inode);
}

int fs_open(const char *path, unsigned mode)
{
    struct inode *inode;
    int handle = 0, error;

    while (handle < HANDLES && handles[handle].inode != NULL)
        handle++;
    if (handle == HANDLES)
        return -ERROR_BUSY;
    error = find_or_create(path, mode, &inode);
    if (error != OK)
        return error;
    if (mode & FS_TRUNCATE && (error = file_resize(inode, 0)) != OK)
        return error;
    inode->open++;
    handles[handle] = (struct handle){inode, 0, mode};
    return handle;
}

int64_t fs_read(int handle, void *to, size_t size)
{
    struct handle *h = get(handle, FS_READ);
    int64_t count;

    if (h == NULL)
        return -ERROR_BAD_HANDLE;
    count = file_read(h->inode, h->offset, to, size);
    h->offset += (uint64_t)count;
    return count;
}

int64_t fs_write(int handle, const void *data, size_t size)
{
    struct handle *h = get(handle, FS_WRITE);
    int64_t count;

    if (h == NULL)
        return get(handle, FS_READ) != NULL ? -ERROR_READ_ONLY : -ERROR_BAD_HANDLE;
    if (h->mode & FS_APPEND)
        h->offset = h->inode->size;
    count = file_write(h->inode, h->offset, data, size);
    if (count > 0)
        h->offset += (uint64_t)count;
    return count;
}

int64_t fs_seek(int handle, int64_t offset, enum fs_whence whence)
{
    struct handle *h = get(handle, 0);
    int64_t base;

    if (h == NULL)
        return -ERROR_BAD_HANDLE;
    base = whence == FS_START ? 0 : (int64_t)(whence == FS_END ? h->inode->size : h->offset);
    if (base + offset < 0)
        return -ERROR_INVALID;
    h->offset = (uint64_t)(base + offset);
    return base + offset;
}

int fs_truncate(int handle, uint64_t size)
{
    struct handle *h = get(handle, FS_WRITE);

    return h == NULL ? -ERROR_BAD_HANDLE : file_resize(h->inode, size);
}

int fs_close(int handle)
{
    struct handle *h = get(handle, 0);

    if (h == NULL)
        return -ERROR_BAD_HANDLE;
    h->inode->open--;
    inode_release(h->inode);
    h->inode = NULL;
    return OK;
}

int64_t fs_write_file(const char *path, const void *data, size_t size)
{
    int handle = fs_open(path, FS_WRITE | FS_CREATE | FS_TRUNCATE);
    int64_t count;

    if (handle < 0)
        return handle;
    count = fs_write(handle, data, size);
    fs_close(handle);
    return count;
}

int64_t fs_read_file(const char *path, void *to, size_t size)
{
    int handle = fs_open(path, FS_READ);
    int64_t count;

    if (handle < 0)
        return handle;
    count = fs_read(handle, to, size);
    fs_close(handle);
    return count;
}
