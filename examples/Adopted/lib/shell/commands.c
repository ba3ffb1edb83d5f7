/* Commands for files, where there are files. */
#include "shell.h"
#include "heap.h"
#include "libc.h"

static int echo(int count, char **words)
{
    for (int i = 1; i < count; i++)
        printf("%s%s", words[i], i + 1 < count ? " " : "\n");
    return 0;
}
SHELL_COMMAND(echo, "prints its words", echo);

static int memory(int count, char **words)
{
    (void)count, (void)words;
    printf("%zu blocks in use\n", heap_numbers().blocks);
    return 0;
}
SHELL_COMMAND(memory, "how many blocks are in use", memory);

#ifdef CONFIG_LIB_VFS
#include "vfs.h"

static int ls(int count, char **words)
{
    const char *path = count > 1 ? words[1] : "/";
    char name[64];
    int found;

    for (size_t i = 0; (found = vfs_list(path, i, name, sizeof name)) == 1; i++)
        printf("  %s\n", name);
    if (found < 0)
        printf("ls: %s: %s\n", path, strerror(errno));
    return found;
}
SHELL_COMMAND(ls, "lists a folder", ls);

static int cat(int count, char **words)
{
    for (int i = 1; i < count; i++) {
        size_t size;
        char *text = vfs_load(words[i], &size);
        if (text == NULL) {
            printf("cat: %s: %s\n", words[i], strerror(errno));
            return -1;
        }
        printf("%s", text);
        free(text);
    }
    return 0;
}
SHELL_COMMAND(cat, "prints files", cat);

static int mkdir_(int count, char **words)
{
    for (int i = 1; i < count; i++)
        if (vfs_mkdir(words[i]) != 0) {
            printf("mkdir: %s: %s\n", words[i], strerror(errno));
            return -1;
        }
    return 0;
}
SHELL_COMMAND(mkdir, "makes folders", mkdir_);

static int rm(int count, char **words)
{
    for (int i = 1; i < count; i++)
        if (vfs_remove(words[i]) != 0) {
            printf("rm: %s: %s\n", words[i], strerror(errno));
            return -1;
        }
    return 0;
}
SHELL_COMMAND(rm, "removes files and empty folders", rm);
#endif
