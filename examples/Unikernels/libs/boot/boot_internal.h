/* What the files of boot share among themselves. */
#pragma once
#include "boot.h"

void boot_traps_init(void);
void boot_info_init(uint64_t start_info_address);
