#include "libc.h"

static _Thread_local int error;

int *errno_place(void)
{
    return &error;
}

const char *strerror(int code)
{
    switch (code) {
    case 0: return "success";
    case ENOENT: return "no such file";
    case EIO: return "input or output failed";
    case EBADF: return "not an open file";
    case ENOMEM: return "out of memory";
    case EEXIST: return "it exists";
    case ENOTDIR: return "not a directory";
    case EISDIR: return "a directory";
    case EINVAL: return "invalid";
    case EMFILE: return "too many open files";
    case ENOSPC: return "no space left";
    case ERANGE: return "out of range";
    case ENOTEMPTY: return "not empty";
    default: return "unknown";
    }
}
