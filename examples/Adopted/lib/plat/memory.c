/* How much memory there is: the loader says it in one of two ways. */
#include "plat.h"

struct pvh_info {
    uint32_t magic, version, flags, modules;
    uint64_t module_list, command_line, rsdp, map;
    uint32_t entries, reserved;
};
struct pvh_range {
    uint64_t start, size;
    uint32_t type, reserved;
};
struct multiboot_info {
    uint32_t flags, lower, upper, device, command_line;
};

extern const char _end[];
static uint64_t ram_end = 16 << 20;
static const char *command_line = "";

static void from_pvh(const struct pvh_info *info)
{
    const struct pvh_range *range = (const struct pvh_range *)info->map;

    if (info->command_line != 0)
        command_line = (const char *)info->command_line;
    if (info->version == 0)
        return;
    for (uint32_t i = 0; i < info->entries; i++)
        if (range[i].type == 1 && range[i].start <= (uint64_t)_end && range[i].start + range[i].size > (uint64_t)_end)
            ram_end = range[i].start + range[i].size;
}

void plat_memory_init(uint32_t magic, uint32_t info)
{
    const struct pvh_info *pvh = (const struct pvh_info *)(uint64_t)info;

    if (magic == 0x2badb002) {
        const struct multiboot_info *multiboot = (const struct multiboot_info *)(uint64_t)info;
        if (multiboot->flags & 1)
            ram_end = 0x100000 + (uint64_t)multiboot->upper * 1024;
        if (multiboot->flags & 4)
            command_line = (const char *)(uint64_t)multiboot->command_line;
    } else if (info != 0 && pvh->magic == 0x336ec578) {
        from_pvh(pvh);
    }
}

uint64_t kiln_ram_end(void)
{
    return ram_end;
}

const char *kiln_command_line(void)
{
    return command_line;
}
