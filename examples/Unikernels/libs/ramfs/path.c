/* Paths: walking the tree, normal forms, patterns. */
#include "alloc.h"
#include "nolibc.h"
#include "ramfs_internal.h"

static struct inode the_root = {.kind = FS_DIRECTORY, .links = 1};

/* The root is its own parent. */
__attribute__((constructor)) static void ramfs_init(void)
{
    the_root.directory.parent = &the_root;
}

struct walk {
    struct inode *at;
    struct inode *parent;
    char name[NAME_LIMIT + 1];
    unsigned links_followed;
};

static int walk_path(struct walk *walk, const char *path, bool follow_last);

static int follow_link(struct walk *walk, struct inode *link)
{
    if (++walk->links_followed > LINK_LIMIT)
        return -ERROR_LOOP;
    walk->at = walk->parent;
    return walk_path(walk, link->target, true);
}

static int step(struct walk *walk, const char *part, size_t length, bool last, bool follow)
{
    struct entry *entry;

    if (length > NAME_LIMIT)
        return -ERROR_NAME_TOO_LONG;
    if (walk->at == NULL)
        return -ERROR_NO_ENTRY;
    if (walk->at->kind != FS_DIRECTORY)
        return -ERROR_NOT_DIRECTORY;
    walk->parent = walk->at;
    memcpy(walk->name, part, length);
    walk->name[length] = '\0';
    if (strcmp(walk->name, ".") == 0)
        return OK;
    if (strcmp(walk->name, "..") == 0) {
        walk->at = walk->at->directory.parent;
        return OK;
    }
    entry = directory_find(walk->parent, part, length);
    walk->at = entry == NULL ? NULL : entry->inode;
    if (walk->at != NULL && walk->at->kind == FS_LINK && (!last || follow))
        return follow_link(walk, walk->at);
    return OK;
}

static int walk_path(struct walk *walk, const char *path, bool follow_last)
{
    if (*path == '/')
        walk->at = &the_root;
    while (*(path += strspn(path, "/")) != '\0') {
        size_t length = strcspn(path, "/");
        bool last = path[length + strspn(path + length, "/")] == '\0';
        int error = step(walk, path, length, last, follow_last);
        if (error != OK)
            return error;
        path += length;
    }
    return OK;
}

int path_resolve(const char *path, bool follow_last, struct inode **inode,
                 struct inode **parent, char name[NAME_LIMIT + 1])
{
    struct walk walk = {.at = &the_root, .parent = &the_root};
    int error = walk_path(&walk, path, follow_last);

    *inode = walk.at;
    if (parent != NULL)
        *parent = walk.parent;
    if (name != NULL)
        memcpy(name, walk.name, sizeof walk.name);
    return error;
}

/* Removes empty and "." parts and resolves "..", by text alone. */
size_t path_normalize(const char *path, char *to, size_t size)
{
    size_t length = 0;

    if (size < 2)
        return 0;
    while (*(path += strspn(path, "/")) != '\0') {
        size_t part = strcspn(path, "/");
        if (part == 2 && path[0] == '.' && path[1] == '.') {
            while (length > 0 && to[--length] != '/')
                ;
        } else if (part != 1 || path[0] != '.') {
            if (length + part + 2 > size)
                return 0;
            to[length++] = '/';
            memcpy(to + length, path, part);
            length += part;
        }
        path += part;
    }
    if (length == 0)
        to[length++] = '/';
    to[length] = '\0';
    return length;
}

const char *path_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash == NULL ? path : slash + 1;
}

static bool set_matches(const char **pattern, char c)
{
    const char *p = *pattern + 1;
    bool negate = *p == '!', found = false;

    p += negate;
    for (bool first = true; *p != '\0' && (*p != ']' || first); first = false, p++) {
        if (p[1] == '-' && p[2] != ']' && p[2] != '\0') {
            found |= p[0] <= c && c <= p[2];
            p += 2;
        } else {
            found |= *p == c;
        }
    }
    *pattern = *p == ']' ? p + 1 : p;
    return found != negate;
}

/* Goes back to the last star only: earlier ones can never do better. */
bool path_matches(const char *pattern, const char *name)
{
    const char *star = NULL, *retry = NULL;

    while (*name != '\0') {
        const char *p = pattern;
        if (*p == '*') {
            star = ++pattern;
            retry = name;
            continue;
        }
        if (*p == '[' ? set_matches(&pattern, *name) : *p == '?' || *p == *name) {
            pattern += *p != '[';
            name++;
        } else if (star != NULL) {
            pattern = star;
            name = ++retry;
        } else {
            return false;
        }
    }
    return pattern[strspn(pattern, "*")] == '\0';
}
