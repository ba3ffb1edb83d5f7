/* The tree behind the file system. */
#pragma once
#include "ramfs.h"

enum { BLOCK_SIZE = 1024, NAME_LIMIT = 100, PATH_LIMIT = 512, LINK_LIMIT = 8 };

struct entry;

struct inode {
    enum fs_kind kind;
    unsigned links, open;
    uint64_t number, size, version;
    union {
        struct {
            uint8_t **blocks; /* NULL for a hole */
            size_t count;
        } file;
        struct {
            struct entry *entries; /* sorted by name */
            size_t count, capacity;
            struct inode *parent;
        } directory;
        char *target;
    };
};

struct entry {
    char *name;
    struct inode *inode;
};

struct inode *inode_new(enum fs_kind kind);
void inode_release(struct inode *inode); /* frees it when nobody needs it any more */
void inode_describe(const struct inode *inode, struct fs_status *status);

struct entry *directory_find(struct inode *directory, const char *name, size_t length);
int directory_add(struct inode *directory, const char *name, struct inode *inode);
void directory_drop(struct inode *directory, struct entry *entry);

/* Follows a path. *parent and *name tell where the last part is or would be. */
int path_resolve(const char *path, bool follow_last, struct inode **inode,
                 struct inode **parent, char name[NAME_LIMIT + 1]);

int64_t file_read(struct inode *file, uint64_t offset, void *to, size_t size);
int64_t file_write(struct inode *file, uint64_t offset, const void *data, size_t size);
int file_resize(struct inode *file, uint64_t size);
