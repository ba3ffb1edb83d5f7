#define _GNU_SOURCE
#include "linker.h"
#include "files.h"
#include <ctype.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

// ld, ld.bfd, aarch64-linux-gnu-ld; as in CapturedRun.cs.
static int is_linker(const char *name)
{
    const char *machine = strrchr(name, '-');
    if (machine) name = machine + 1;
    if (strncmp(name, "ld", 2) != 0 || (name[2] && name[2] != '.')) return 0;
    for (const char *c = name + 2 + (name[2] == '.'); *c; c++)
        if (!isalnum((unsigned char)*c)) return 0;
    return 1;
}

const char *linker_name(const char *name, const char *real)
{
    if (is_linker(name)) return name;
    char *behind = realpath(real, NULL);
    const char *slash = behind ? strrchr(behind, '/') : NULL;
    return slash && is_linker(slash + 1) ? slash + 1 : NULL;
}

// The name of the option is in the file of a linker that has it. lld is several linkers, of which that for ELF has it.
static int says_option(const char *name, const char *real)
{
    int from = open(real, O_RDONLY | O_CLOEXEC), says = 0;
    struct stat s;
    char *behind = realpath(real, NULL);
    int is_clear = behind && (!strstr(behind, "lld") || strstr(name, "ld.lld"));
    if (from >= 0 && is_clear && fstat(from, &s) == 0 && s.st_size > 2) {
        char *content = mmap(NULL, s.st_size, PROT_READ, MAP_PRIVATE, from, 0);
        if (content != MAP_FAILED) {
            says = memcmp(content, "\177ELF", 4) == 0 && (memmem(content, s.st_size, "dependency-file", 15) || memmem(content, s.st_size, "dependency_file", 15));
            munmap(content, s.st_size);
        }
    }
    if (from >= 0) close(from);
    free(behind);
    return says;
}

int knows_dependencies(const char *name, const char *real)
{
    char *on_path = text("%s/real/%s", root, name), *knows = text("%s.deps", on_path);
    struct stat ours, theirs;
    int is_same = stat(on_path, &ours) == 0 && stat(real, &theirs) == 0 && ours.st_dev == theirs.st_dev && ours.st_ino == theirs.st_ino;
    int does = is_same ? access(knows, F_OK) == 0 : says_option(name, real);
    free(on_path);
    free(knows);
    return does;
}

void note_dependencies(int from)
{
    FILE *in = fdopen(from, "r");
    if (!in) return;
    rewind(in);
    char *line = NULL;
    size_t size = 0;
    ssize_t length;
    while ((length = getline(&line, &size, in)) > 0) {
        while (length > 0 && strchr("\n\\ ", line[length - 1])) line[--length] = 0;
        if (strncmp(line, "  ", 2) == 0) note(line + 2, 1, 0);
    }
    free(line);
    fclose(in);
}
