/* seal IMAGE.dbg IMAGE [--multiboot]: fills in the header of a linked image (sizes, and a checksum over what lies between the symbols
 * _text and _erodata of the .dbg file), and makes the file one that a multiboot loader takes: those refuse the machine x86-64. */
#include <elf.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct header {
    char magic[8];
    uint32_t version, flags;
    uint64_t image_start, image_size, sealed_start, sealed_end;
    uint32_t checksum, sealed;
};

static unsigned char *contents;
static long size;

static void fail(const char *what)
{
    fprintf(stderr, "seal: %s\n", what);
    exit(1);
}

static void load(const char *path)
{
    FILE *file = fopen(path, "rb");

    if (file == NULL || fseek(file, 0, SEEK_END) != 0 || (size = ftell(file)) < (long)sizeof(Elf64_Ehdr))
        fail("cannot read the image");
    rewind(file);
    free(contents);
    contents = malloc((size_t)size);
    if (contents == NULL || fread(contents, 1, (size_t)size, file) != (size_t)size)
        fail("cannot read the image");
    fclose(file);
    if (memcmp(contents, ELFMAG, SELFMAG) != 0 || contents[EI_CLASS] != ELFCLASS64)
        fail("not an ELF64 file");
}

static uint64_t symbol(const char *name)
{
    const Elf64_Ehdr *elf = (const Elf64_Ehdr *)contents;
    const Elf64_Shdr *sections = (const Elf64_Shdr *)(contents + elf->e_shoff);

    for (int i = 0; i < elf->e_shnum; i++) {
        if (sections[i].sh_type != SHT_SYMTAB)
            continue;
        const Elf64_Sym *symbols = (const Elf64_Sym *)(contents + sections[i].sh_offset);
        const char *names = (const char *)contents + sections[sections[i].sh_link].sh_offset;
        for (size_t s = 0; s < sections[i].sh_size / sizeof *symbols; s++)
            if (strcmp(names + symbols[s].st_name, name) == 0)
                return symbols[s].st_value;
    }
    fail(name);
    return 0;
}

static uint32_t crc32(const unsigned char *data, size_t length)
{
    uint32_t crc = ~0u;

    while (length-- > 0) {
        crc ^= *data++;
        for (int bit = 0; bit < 8; bit++)
            crc = crc & 1 ? crc >> 1 ^ 0xedb88320 : crc >> 1;
    }
    return ~crc;
}

int main(int count, char **arguments)
{
    uint64_t image, end, from, to, header_at;

    if (count < 3)
        fail("usage: seal IMAGE.dbg IMAGE [--multiboot]");
    load(arguments[1]);
    image = symbol("_image_start");
    end = symbol("_end");
    from = symbol("_text");
    to = symbol("_erodata");
    header_at = symbol("kiln_header");
    if (to < from || to - from > 1u << 30)
        fail("_erodata lies before _text");

    /* The image as it will be in memory; what no segment covers is zero there. */
    load(arguments[2]);
    Elf64_Ehdr *elf = (Elf64_Ehdr *)contents;
    const Elf64_Phdr *segments = (const Elf64_Phdr *)(contents + elf->e_phoff);
    unsigned char *memory = calloc(to - from + 1, 1);
    struct header *header = NULL;
    for (int i = 0; i < elf->e_phnum; i++) {
        const Elf64_Phdr *s = &segments[i];
        if (s->p_type != PT_LOAD)
            continue;
        if (header_at >= s->p_vaddr && header_at + sizeof *header <= s->p_vaddr + s->p_filesz)
            header = (struct header *)(contents + s->p_offset + (header_at - s->p_vaddr));
        uint64_t low = s->p_vaddr > from ? s->p_vaddr : from;
        uint64_t high = s->p_vaddr + s->p_filesz < to ? s->p_vaddr + s->p_filesz : to;
        if (low < high)
            memcpy(memory + (low - from), contents + s->p_offset + (low - s->p_vaddr), high - low);
    }
    if (header == NULL || memcmp(header->magic, "KILNIMG", 8) != 0)
        fail("the image has no header");
    if (header->image_start != image)
        fail("the header has another address than _image_start");
    header->image_size = end - image;
    header->sealed_start = from;
    header->sealed_end = to;
    header->checksum = crc32(memory, to - from);
    header->sealed = 0x5ea1ed;
    if (count > 3)
        elf->e_machine = EM_386;

    FILE *file = fopen(arguments[2], "r+b");
    if (file == NULL || fwrite(contents, 1, (size_t)size, file) != (size_t)size || fclose(file) != 0)
        fail("cannot write the image");
    return 0;
}
