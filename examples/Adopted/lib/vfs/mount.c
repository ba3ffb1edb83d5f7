#include "vfs_internal.h"
#include "libc.h"

struct mount {
    char path[32];
    struct vfs_node *root;
};

extern const struct vfs_driver *const kiln_vfs_start[], *const kiln_vfs_end[];
static struct mount mounts[8];
static unsigned count;

size_t vfs_drivers(const char **names, size_t room)
{
    size_t n = 0;

    for (const struct vfs_driver *const *driver = kiln_vfs_start; driver < kiln_vfs_end; driver++)
        if (*driver != NULL && n < room)
            names[n++] = (*driver)->name;
    return n;
}

int vfs_mount(const char *path, const char *name)
{
    for (const struct vfs_driver *const *driver = kiln_vfs_start; driver < kiln_vfs_end; driver++) {
        if (*driver == NULL || strcmp((*driver)->name, name) != 0)
            continue;
        if (count == sizeof mounts / sizeof mounts[0] || (mounts[count].root = (*driver)->mount()) == NULL) {
            errno = ENOMEM;
            return -1;
        }
        path_clean(mounts[count++].path, path, sizeof mounts[0].path);
        return 0;
    }
    errno = EINVAL;
    return -1;
}

/* The mount whose path is the longest beginning of this one. */
static struct mount *mount_of(const char *path, size_t *skip)
{
    struct mount *best = NULL;

    for (unsigned i = 0; i < count; i++) {
        size_t n = strlen(mounts[i].path);
        if (n == 1)
            n = 0;
        if (strncmp(path, mounts[i].path, n) == 0 && (path[n] == '/' || path[n] == '\0') && (best == NULL || n >= *skip)) {
            best = &mounts[i];
            *skip = n;
        }
    }
    return best;
}

struct vfs_node *vfs_find(const char *path)
{
    char clean[256];
    size_t skip = 0;
    struct mount *mount;
    struct vfs_node *node;

    path_clean(clean, path, sizeof clean);
    if ((mount = mount_of(clean, &skip)) == NULL) {
        errno = ENOENT;
        return NULL;
    }
    node = mount->root;
    for (const char *part = clean + skip; node != NULL && *part != '\0';) {
        size_t length;
        part += strspn(part, "/");
        if ((length = strcspn(part, "/")) == 0)
            break;
        if (!node->is_folder) {
            errno = ENOTDIR;
            return NULL;
        }
        node = node->driver->lookup(node, part, length);
        part += length;
    }
    if (node == NULL)
        errno = ENOENT;
    return node;
}

struct vfs_node *vfs_find_folder(const char *path, char *clean, const char **last)
{
    char *slash;
    struct vfs_node *folder;

    path_clean(clean, path, 256);
    slash = strrchr(clean, '/');
    *last = slash + 1;
    if (slash == clean)
        return vfs_find("/");
    *slash = '\0';
    folder = vfs_find(clean);
    *slash = '/';
    return folder;
}
