/* Operations on the tree: making, removing, renaming, listing. */
#include "alloc.h"
#include "nolibc.h"
#include "ramfs_internal.h"

/* Puts a new inode at a path where nothing is yet. */
static int place(const char *path, struct inode *inode)
{
    char name[NAME_LIMIT + 1];
    struct inode *there, *parent;
    int error;

    if (inode == NULL)
        return -ERROR_NO_MEMORY;
    error = path_resolve(path, false, &there, &parent, name);
    if (error == OK && there != NULL)
        error = -ERROR_EXISTS;
    if (error == OK)
        error = directory_add(parent, name, inode);
    if (error != OK)
        inode_release(inode);
    return error;
}

int fs_make_directory(const char *path)
{
    return place(path, inode_new(FS_DIRECTORY));
}

int fs_make_directories(const char *path)
{
    char part[PATH_LIMIT];
    size_t length = path_normalize(path, part, sizeof part);

    for (size_t i = 1; i <= length; i++) {
        char after = part[i];
        int error;
        if (after != '/' && after != '\0')
            continue;
        part[i] = '\0';
        error = fs_make_directory(part);
        if (error != OK && error != -ERROR_EXISTS)
            return error;
        part[i] = after;
    }
    return OK;
}

int fs_symlink(const char *target, const char *path)
{
    struct inode *link = inode_new(FS_LINK);

    if (link != NULL) {
        link->target = strdup(target);
        link->size = strlen(target);
    }
    return place(path, link);
}

int fs_link(const char *from, const char *to)
{
    struct inode *inode;
    int error = path_resolve(from, true, &inode, NULL, NULL);

    if (error != OK || inode == NULL)
        return error != OK ? error : -ERROR_NO_ENTRY;
    return inode->kind == FS_DIRECTORY ? -ERROR_IS_DIRECTORY : place(to, inode);
}

static int find_entry(const char *path, struct inode **parent, struct entry **entry)
{
    char name[NAME_LIMIT + 1];
    struct inode *inode;
    int error = path_resolve(path, false, &inode, parent, name);

    if (error != OK || inode == NULL)
        return error != OK ? error : -ERROR_NO_ENTRY;
    *entry = directory_find(*parent, name, strlen(name));
    return *entry == NULL ? -ERROR_INVALID : OK;
}

int fs_remove(const char *path)
{
    struct inode *parent;
    struct entry *entry;
    int error = find_entry(path, &parent, &entry);

    if (error != OK)
        return error;
    if (entry->inode->kind == FS_DIRECTORY && entry->inode->directory.count > 0)
        return -ERROR_NOT_EMPTY;
    directory_drop(parent, entry);
    return OK;
}

static bool is_inside(struct inode *inode, const struct inode *directory)
{
    for (;; inode = inode->directory.parent) {
        if (inode == directory)
            return true;
        if (inode == inode->directory.parent)
            return false;
    }
}

int fs_rename(const char *from, const char *to)
{
    char name[NAME_LIMIT + 1];
    struct inode *source, *target, *there;
    struct entry *entry;
    int error = find_entry(from, &source, &entry);

    if (error == OK)
        error = path_resolve(to, false, &there, &target, name);
    if (error != OK)
        return error;
    if (there == entry->inode)
        return OK;
    /* A directory cannot become a part of itself. */
    if (entry->inode->kind == FS_DIRECTORY && is_inside(target, entry->inode))
        return -ERROR_INVALID;
    if (there != NULL) {
        error = fs_remove(to);
        if (error != OK)
            return error;
    }
    error = find_entry(from, &source, &entry);
    there = entry->inode;
    if (error == OK)
        error = directory_add(target, name, there);
    if (error == OK && (error = find_entry(from, &source, &entry)) == OK)
        directory_drop(source, entry);
    return error;
}

int fs_status(const char *path, struct fs_status *status)
{
    struct inode *inode;
    int error = path_resolve(path, true, &inode, NULL, NULL);

    if (error != OK || inode == NULL)
        return error != OK ? error : -ERROR_NO_ENTRY;
    inode_describe(inode, status);
    return OK;
}

struct visit {
    fs_visitor visitor;
    void *context;
    const char *pattern; /* NULL: all */
    bool deep;
    int count;
};

static bool visit_directory(struct visit *visit, struct inode *directory, char *path)
{
    size_t length = strlen(path);

    for (size_t i = 0; i < directory->directory.count; i++) {
        struct entry *entry = &directory->directory.entries[i];
        struct fs_status status;
        bool go_on = true;
        snprintf(path + length, PATH_LIMIT - length, "%s%s",
                 length > 0 && path[length - 1] == '/' ? "" : "/", entry->name);
        inode_describe(entry->inode, &status);
        if (visit->pattern == NULL || path_matches(visit->pattern, entry->name)) {
            visit->count++;
            go_on = visit->visitor(visit->context, path, &status);
        }
        if (go_on && visit->deep && entry->inode->kind == FS_DIRECTORY)
            go_on = visit_directory(visit, entry->inode, path);
        path[length] = '\0';
        if (!go_on)
            return false;
    }
    return true;
}

static int visit_path(const char *path, struct visit *visit)
{
    char full[PATH_LIMIT];
    struct inode *inode;
    int error = path_resolve(path, true, &inode, NULL, NULL);

    if (error != OK || inode == NULL)
        return error != OK ? error : -ERROR_NO_ENTRY;
    if (inode->kind != FS_DIRECTORY)
        return -ERROR_NOT_DIRECTORY;
    path_normalize(path, full, sizeof full);
    visit_directory(visit, inode, full);
    return visit->count;
}

int fs_list(const char *path, fs_visitor visitor, void *context)
{
    return visit_path(path, &(struct visit){visitor, context, NULL, false, 0});
}

int fs_walk(const char *path, fs_visitor visitor, void *context)
{
    return visit_path(path, &(struct visit){visitor, context, NULL, true, 0});
}

int fs_glob(const char *path, const char *pattern, fs_visitor visitor, void *context)
{
    return visit_path(path, &(struct visit){visitor, context, pattern, true, 0});
}
