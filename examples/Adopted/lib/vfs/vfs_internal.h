#pragma once
#include "vfs.h"

struct vfs_node *vfs_find(const char *path);
/* The folder that a path lies in, and the last part of the path. */
struct vfs_node *vfs_find_folder(const char *path, char *clean, const char **last);
