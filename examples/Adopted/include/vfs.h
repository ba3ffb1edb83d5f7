/* Files. Drivers put themselves into a table that the linker makes. Functions return -1 and set errno when they fail. */
#pragma once
#include <stddef.h>
#include <stdint.h>

struct vfs_node;
struct vfs_driver {
    const char *name;
    struct vfs_node *(*mount)(void);
    struct vfs_node *(*lookup)(struct vfs_node *folder, const char *name, size_t length);
    struct vfs_node *(*create)(struct vfs_node *folder, const char *name, size_t length, int folder_wanted);
    int (*remove)(struct vfs_node *folder, struct vfs_node *node);
    long (*read)(struct vfs_node *node, void *to, size_t size, size_t at);
    long (*write)(struct vfs_node *node, const void *from, size_t size, size_t at);
    int (*list)(struct vfs_node *folder, size_t index, char *name, size_t room); /* 0: there is no such index */
    int (*truncate)(struct vfs_node *node);
};
struct vfs_node {
    const struct vfs_driver *driver;
    size_t size;
    int is_folder;
};

#define VFS_DRIVER(driver)                                                                             \
    __attribute__((used, section(".kiln.vfs." #driver))) static const struct vfs_driver *const         \
        vfs_driver_##driver = &driver

enum { VFS_READ = 1, VFS_WRITE = 2, VFS_CREATE = 4, VFS_TRUNCATE = 8 };

int vfs_mount(const char *path, const char *driver);
int vfs_open(const char *path, int flags);
int vfs_close(int file);
long vfs_read(int file, void *to, size_t size);
long vfs_write(int file, const void *from, size_t size);
long vfs_seek(int file, size_t at);
long vfs_size(const char *path);
int vfs_mkdir(const char *path);
int vfs_remove(const char *path);
int vfs_list(const char *path, size_t index, char *name, size_t room);
void *vfs_load(const char *path, size_t *size); /* a whole file, in memory to be freed */
int vfs_store(const char *path, const void *from, size_t size);
int vfs_printf(int file, const char *format, ...) __attribute__((format(printf, 2, 3)));
size_t vfs_drivers(const char **names, size_t room);
size_t path_clean(char *to, const char *path, size_t room); /* no //, no ., no .. */
