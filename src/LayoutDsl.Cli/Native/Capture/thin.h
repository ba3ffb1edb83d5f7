// Thin archives name files that stand elsewhere (ar(1), option T). A copy of one is an archive with their contents.
#pragma once
#include <stddef.h>

// Adds to a key what the system says of the files that a thin archive names; nothing for any other file.
void thin_key(const char *path, char *key, size_t room);

// Writes an archive with the members of a thin one; 0 when that is not possible, and then nothing is written, -1 when the file is no thin archive.
int thin_copy(const char *path, int to);
