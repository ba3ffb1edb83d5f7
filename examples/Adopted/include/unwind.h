/* Reads the records that the compiler writes for unwinding (.eh_frame). Images that have this library keep them. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

bool unwind_find(uint64_t address, uint64_t *start, uint64_t *size); /* the function that an address lies in */
size_t unwind_records(void);
unsigned unwind_depth(void);                                          /* how many callers have a record */
