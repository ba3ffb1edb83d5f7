/* ramfs: a file system that lives in the heap. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum fs_mode { FS_READ = 1, FS_WRITE = 2, FS_CREATE = 4, FS_TRUNCATE = 8, FS_APPEND = 16 };
enum fs_kind { FS_FILE, FS_DIRECTORY, FS_LINK };
enum fs_whence { FS_START, FS_CURRENT, FS_END };

struct fs_status {
    enum fs_kind kind;
    uint64_t size, inode;
    unsigned links;
    uint64_t version; /* goes up with each change */
};

/* Functions return 0 or a handle or size when all went well, minus an error otherwise. */
int fs_open(const char *path, unsigned mode);
int64_t fs_read(int handle, void *to, size_t size);
int64_t fs_write(int handle, const void *data, size_t size);
int64_t fs_seek(int handle, int64_t offset, enum fs_whence whence);
int fs_truncate(int handle, uint64_t size);
int fs_close(int handle);

int fs_make_directory(const char *path);
int fs_make_directories(const char *path); /* with all missing parents */
int fs_remove(const char *path);
int fs_rename(const char *from, const char *to);
int fs_link(const char *from, const char *to);
int fs_symlink(const char *target, const char *path);
int fs_status(const char *path, struct fs_status *status);

/* Entries in the order of their names. Returns how many were visited. */
typedef bool (*fs_visitor)(void *context, const char *path, const struct fs_status *status);
int fs_list(const char *path, fs_visitor visit, void *context);
int fs_walk(const char *path, fs_visitor visit, void *context);
int fs_glob(const char *path, const char *pattern, fs_visitor visit, void *context);

int64_t fs_write_file(const char *path, const void *data, size_t size);
int64_t fs_read_file(const char *path, void *to, size_t size);

/* tar archives (ustar) in memory. */
int64_t fs_unpack(const char *path, const void *archive, size_t size);
int64_t fs_pack(const char *path, void *archive, size_t size);

/* Paths. */
size_t path_normalize(const char *path, char *to, size_t size);
const char *path_name(const char *path);
bool path_matches(const char *pattern, const char *name); /* * ? [a-z] */
