/* A small Scheme. */
#pragma once
#include <stddef.h>

int lisp_start(size_t cells);
int lisp_run(const char *source, char *result, size_t room); /* the value of the last expression, as text; -1: an error, as text */
size_t lisp_collections(void);
