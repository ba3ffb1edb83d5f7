/* Archives of files (ustar). */
#pragma once
#include <stddef.h>

void *tar_pack(const char *folder, size_t *size);                          /* all files below; memory to be freed */
int tar_unpack(const char *folder, const void *archive, size_t size);      /* how many files, or -1 */
