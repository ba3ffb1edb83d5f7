/* Files in memory: blocks of a page, so that a file may have holes. */
#include "vfs.h"
#include "heap.h"
#include "libc.h"

enum { BLOCK = 4096 };

struct node {
    struct vfs_node vfs;
    struct node *next, *children;
    uint8_t **blocks;
    size_t block_count;
    char name[];
};

static const struct vfs_driver ramfs;

static struct node *make(const char *name, size_t length, int is_folder)
{
    struct node *node = calloc(1, sizeof *node + length + 1);

    if (node != NULL) {
        node->vfs = (struct vfs_node){&ramfs, 0, is_folder};
        memcpy(node->name, name, length);
    }
    return node;
}

static struct vfs_node *mount(void)
{
    return (struct vfs_node *)make("", 0, 1);
}

static struct vfs_node *lookup(struct vfs_node *folder, const char *name, size_t length)
{
    for (struct node *n = ((struct node *)folder)->children; n != NULL; n = n->next)
        if (strlen(n->name) == length && memcmp(n->name, name, length) == 0)
            return &n->vfs;
    return NULL;
}

/* Kept in the order of names, so that a list is sorted. */
static struct vfs_node *create(struct vfs_node *folder, const char *name, size_t length, int folder_wanted)
{
    struct node **link = &((struct node *)folder)->children, *node = make(name, length, folder_wanted);

    if (node == NULL)
        return NULL;
    while (*link != NULL && strcmp((*link)->name, node->name) < 0)
        link = &(*link)->next;
    node->next = *link;
    *link = node;
    return &node->vfs;
}

static int truncate(struct vfs_node *vfs)
{
    struct node *node = (struct node *)vfs;

    for (size_t i = 0; i < node->block_count; i++)
        free(node->blocks[i]);
    free(node->blocks);
    node->blocks = NULL;
    node->block_count = 0;
    vfs->size = 0;
    return 0;
}

static int remove_node(struct vfs_node *folder, struct vfs_node *vfs)
{
    struct node **link = &((struct node *)folder)->children, *node = (struct node *)vfs;

    if (node->children != NULL) {
        errno = ENOTEMPTY;
        return -1;
    }
    while (*link != node)
        link = &(*link)->next;
    *link = node->next;
    truncate(vfs);
    free(node);
    return 0;
}

static long read(struct vfs_node *vfs, void *to, size_t size, size_t at)
{
    struct node *node = (struct node *)vfs;
    size_t done = 0;

    if (at >= vfs->size)
        return 0;
    if (size > vfs->size - at)
        size = vfs->size - at;
    while (done < size) {
        size_t block = (at + done) / BLOCK, offset = (at + done) % BLOCK, part = BLOCK - offset;
        if (part > size - done)
            part = size - done;
        if (block < node->block_count && node->blocks[block] != NULL)
            memcpy((char *)to + done, node->blocks[block] + offset, part);
        else
            memset((char *)to + done, 0, part);
        done += part;
    }
    return (long)done;
}

static int reserve(struct node *node, size_t count)
{
    uint8_t **blocks;

    if (count <= node->block_count)
        return 0;
    if ((blocks = realloc(node->blocks, count * 2 * sizeof *blocks)) == NULL)
        return -1;
    memset(blocks + node->block_count, 0, (count * 2 - node->block_count) * sizeof *blocks);
    node->blocks = blocks;
    node->block_count = count * 2;
    return 0;
}

static long write(struct vfs_node *vfs, const void *from, size_t size, size_t at)
{
    struct node *node = (struct node *)vfs;
    size_t done = 0;

    if (size == 0)
        return 0;
    if (reserve(node, (at + size - 1) / BLOCK + 1) != 0)
        return -1;
    while (done < size) {
        size_t block = (at + done) / BLOCK, offset = (at + done) % BLOCK, part = BLOCK - offset;
        if (part > size - done)
            part = size - done;
        if (node->blocks[block] == NULL && (node->blocks[block] = calloc(1, BLOCK)) == NULL)
            return done > 0 ? (long)done : -1;
        memcpy(node->blocks[block] + offset, (const char *)from + done, part);
        done += part;
    }
    if (at + size > vfs->size)
        vfs->size = at + size;
    return (long)done;
}

static int list(struct vfs_node *folder, size_t index, char *name, size_t room)
{
    struct node *node = ((struct node *)folder)->children;

    for (; node != NULL && index > 0; index--)
        node = node->next;
    if (node == NULL)
        return 0;
    strlcpy(name, node->name, room);
    if (node->vfs.is_folder)
        strlcat(name, "/", room);
    return 1;
}

static const struct vfs_driver ramfs = {"ramfs", mount, lookup, create, remove_node, read, write, list, truncate};
VFS_DRIVER(ramfs);
