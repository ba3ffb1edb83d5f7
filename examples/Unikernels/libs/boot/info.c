/* Reads the loader's start information: how much RAM there is, and the command line. */
#include "boot_internal.h"

enum { START_INFO_MAGIC = 0x336ec578, MEMORY_RAM = 1 };

struct start_info {
    uint32_t magic, version, flags, module_count;
    uint64_t modules, command_line, acpi_root, memory_map;
    uint32_t memory_map_count, reserved;
};

struct memory_range {
    uint64_t address, size;
    uint32_t type, reserved;
};

extern char _end[];

static struct boot_info info;

const struct boot_info *boot_info(void)
{
    return &info;
}

static void take_range(const struct memory_range *range)
{
    uint64_t image_end = (uint64_t)_end, end = range->address + range->size;

    if (range->type != MEMORY_RAM)
        return;
    info.ram_total += range->size;
    if (range->address <= image_end && image_end < end)
        info.ram_end = end;
}

void boot_info_init(uint64_t start_info_address)
{
    const struct start_info *start = (const struct start_info *)start_info_address;
    const struct memory_range *map;

    info.command_line = "";
    if (start == NULL || start->magic != START_INFO_MAGIC)
        return;
    if (start->command_line != 0)
        info.command_line = (const char *)start->command_line;
    if (start->version == 0)
        return; /* no memory map before version 1 */
    map = (const struct memory_range *)start->memory_map;
    info.memory_ranges = start->memory_map_count;
    for (unsigned i = 0; i < start->memory_map_count; i++)
        take_range(&map[i]);
}
