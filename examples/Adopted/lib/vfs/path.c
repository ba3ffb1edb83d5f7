#include "vfs.h"
#include "libc.h"

size_t path_clean(char *to, const char *path, size_t room)
{
    size_t n = 0;

    while (*path != '\0') {
        size_t length;
        path += strspn(path, "/");
        length = strcspn(path, "/");
        if (length == 2 && path[0] == '.' && path[1] == '.') {
            while (n > 0 && to[--n] != '/')
                ;
        } else if (length > 0 && !(length == 1 && *path == '.') && n + length + 2 < room) {
            to[n++] = '/';
            memcpy(to + n, path, length);
            n += length;
        }
        path += length;
    }
    if (n == 0)
        to[n++] = '/';
    to[n] = '\0';
    return n;
}
