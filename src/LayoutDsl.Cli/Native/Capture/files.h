// The files of a run: what they were when it saw them, and copies of them.
#pragma once
#include <stddef.h>

enum { KEY = 160 };

struct file {
    char *path;
    char key[KEY];
    int after;    // Found only when the tool had ended
    int response; // Its text is a part of the command line
    int kept;     // There is a copy
};

extern char root[4096];    // Folder of the capture
extern struct file *files; // In the order in which they were found
extern size_t count;
extern int failed; // A file could not be copied

void *grow(void *memory, size_t size);

__attribute__((format(printf, 1, 2))) char *text(const char *format, ...);

// What the system says of a file: its key. 0 when there is no such file.
int key_of(const char *path, char *key);

struct file *find(const char *path);

// Remembers a file, if there is one of that name; its content is not copied yet.
void note(const char *path, int after, int response);

// Copies the content of a file; 0 when there is a copy of it.
int keep(const char *path, const char *key);

// Copies the files that are noted and not yet kept: all, or all but objects and archives.
void keep_files(int all);

// Copies the others, while a linker runs: it only reads them. A file that somebody else changes meanwhile is a failure.
void keep_objects(void);

// Waits until a change of a noted file gives it another time than it has: the clock of file systems may stand still for some milliseconds.
void await_clock(void);

// Copies what comes through a pipe or from a file, and has the standard input be that. Its key, or NULL when there is nothing to keep.
char *keep_input(long long start);
