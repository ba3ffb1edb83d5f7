/* Open files; how many there can be is configured (CONFIG_VFS_MAX_FILES). */
#include "vfs_internal.h"
#include "heap.h"
#include "libc.h"

struct file {
    struct vfs_node *node;
    int flags;
    size_t at;
};

static struct file files[CONFIG_VFS_MAX_FILES];

static long fail(int error)
{
    errno = error;
    return -1;
}

static struct file *get(int file, int flag)
{
    if (file < 0 || file >= CONFIG_VFS_MAX_FILES || files[file].node == NULL || !(files[file].flags & flag)) {
        errno = EBADF;
        return NULL;
    }
    return &files[file];
}

static struct vfs_node *create(const char *path, int folder_wanted)
{
    char clean[256];
    const char *last;
    struct vfs_node *folder = vfs_find_folder(path, clean, &last);

    if (folder == NULL)
        return NULL;
    if (!folder->is_folder || folder->driver->create == NULL) {
        errno = ENOTDIR;
        return NULL;
    }
    return folder->driver->create(folder, last, strlen(last), folder_wanted);
}

int vfs_open(const char *path, int flags)
{
    struct vfs_node *node = vfs_find(path);

    if (node == NULL && (flags & VFS_CREATE))
        node = create(path, 0);
    if (node == NULL)
        return -1;
    if (node->is_folder && (flags & VFS_WRITE))
        return (int)fail(EISDIR);
    for (int i = 0; i < CONFIG_VFS_MAX_FILES; i++) {
        if (files[i].node != NULL)
            continue;
        if ((flags & VFS_TRUNCATE) && node->driver->truncate != NULL && node->driver->truncate(node) != 0)
            return -1;
        files[i] = (struct file){node, flags, 0};
        return i;
    }
    return (int)fail(EMFILE);
}

int vfs_close(int file)
{
    struct file *f = get(file, ~0);

    if (f == NULL)
        return -1;
    f->node = NULL;
    return 0;
}

long vfs_read(int file, void *to, size_t size)
{
    struct file *f = get(file, VFS_READ);
    long n;

    if (f == NULL)
        return -1;
    if (f->node->is_folder)
        return fail(EISDIR);
    n = f->node->driver->read(f->node, to, size, f->at);
    if (n > 0)
        f->at += (size_t)n;
    return n;
}

long vfs_write(int file, const void *from, size_t size)
{
    struct file *f = get(file, VFS_WRITE);
    long n;

    if (f == NULL)
        return -1;
    n = f->node->driver->write(f->node, from, size, f->at);
    if (n > 0)
        f->at += (size_t)n;
    return n;
}

long vfs_seek(int file, size_t at)
{
    struct file *f = get(file, ~0);

    if (f == NULL)
        return -1;
    f->at = at;
    return (long)at;
}

long vfs_size(const char *path)
{
    struct vfs_node *node = vfs_find(path);

    return node == NULL ? -1 : (long)node->size;
}

int vfs_mkdir(const char *path)
{
    if (vfs_find(path) != NULL)
        return (int)fail(EEXIST);
    return create(path, 1) != NULL ? 0 : -1;
}

int vfs_remove(const char *path)
{
    char clean[256];
    const char *last;
    struct vfs_node *node = vfs_find(path), *folder = vfs_find_folder(path, clean, &last);

    if (node == NULL || folder == NULL)
        return -1;
    for (int i = 0; i < CONFIG_VFS_MAX_FILES; i++)
        if (files[i].node == node)
            return (int)fail(EINVAL);
    return folder->driver->remove != NULL ? folder->driver->remove(folder, node) : (int)fail(EINVAL);
}

int vfs_list(const char *path, size_t index, char *name, size_t room)
{
    struct vfs_node *node = vfs_find(path);

    if (node == NULL)
        return -1;
    return node->is_folder ? node->driver->list(node, index, name, room) : (int)fail(ENOTDIR);
}

void *vfs_load(const char *path, size_t *size)
{
    struct vfs_node *node = vfs_find(path);
    char *data;

    if (node == NULL || node->is_folder || (data = malloc(node->size + 1)) == NULL)
        return NULL;
    *size = node->size;
    data[node->size] = '\0';
    if (node->driver->read(node, data, node->size, 0) != (long)node->size) {
        free(data);
        errno = EIO;
        return NULL;
    }
    return data;
}

int vfs_store(const char *path, const void *from, size_t size)
{
    int file = vfs_open(path, VFS_WRITE | VFS_CREATE | VFS_TRUNCATE);
    long n;

    if (file < 0)
        return -1;
    n = vfs_write(file, from, size);
    vfs_close(file);
    return n == (long)size ? 0 : -1;
}

int vfs_printf(int file, const char *format, ...)
{
    char line[512];
    va_list arguments;
    int n;

    va_start(arguments, format);
    n = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    return (int)vfs_write(file, line, (size_t)n < sizeof line ? (size_t)n : sizeof line - 1);
}
