#pragma once
#include <stddef.h>
#include <stdint.h>
enum { LARGEST_NETWORK = 48 };
extern void (*const sort_networks[LARGEST_NETWORK + 1])(uint64_t *);
