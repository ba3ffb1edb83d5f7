/* /dev: null, zero, random and console. */
#include "vfs.h"
#include "kiln.h"
#include "libc.h"

static const struct vfs_driver devfs;
enum { NULL_DEVICE, ZERO, RANDOM, CONSOLE, COUNT };
static const char *const names[COUNT] = {"null", "zero", "random", "console"};
static struct vfs_node nodes[COUNT], root;

static struct vfs_node *mount(void)
{
    root = (struct vfs_node){&devfs, 0, 1};
    for (int i = 0; i < COUNT; i++)
        nodes[i] = (struct vfs_node){&devfs, 0, 0};
    return &root;
}

static struct vfs_node *lookup(struct vfs_node *folder, const char *name, size_t length)
{
    for (int i = 0; folder == &root && i < COUNT; i++)
        if (strlen(names[i]) == length && memcmp(names[i], name, length) == 0)
            return &nodes[i];
    return NULL;
}

static long read(struct vfs_node *node, void *to, size_t size, size_t at)
{
    (void)at;
    if (node == &nodes[ZERO]) {
        memset(to, 0, size);
        return (long)size;
    }
    if (node == &nodes[RANDOM]) {
        for (size_t i = 0; i < size; i++)
            ((uint8_t *)to)[i] = (uint8_t)(random() >> 32);
        return (long)size;
    }
    return 0;
}

static long write(struct vfs_node *node, const void *from, size_t size, size_t at)
{
    (void)at;
    for (size_t i = 0; node == &nodes[CONSOLE] && i < size; i++)
        kiln_putc(((const char *)from)[i]);
    return (long)size;
}

static int list(struct vfs_node *folder, size_t index, char *name, size_t room)
{
    (void)folder;
    if (index >= COUNT)
        return 0;
    strlcpy(name, names[index], room);
    return 1;
}

static const struct vfs_driver devfs = {"devfs", mount, lookup, NULL, NULL, read, write, list, NULL};
VFS_DRIVER(devfs);
