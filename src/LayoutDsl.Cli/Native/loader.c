/*
 * Loads a static program into this process and starts it: from its ELF file into anonymous memory, as a hypervisor does for a guest, or from the
 * manifest of a pool by mapping the runs of pages that it shares with others. Then jumps to its entry, on the stack that the kernel made for us.
 */
#include "sha256.h"
#include "system.h"

#include <linux/audit.h>
#include <linux/auxvec.h>
#include <linux/elf.h>
#include <linux/fcntl.h>
#include <linux/filter.h>
#include <linux/mman.h>
#include <linux/prctl.h>
#include <linux/seccomp.h>
#include <stddef.h>

#ifndef PR_SET_MEMORY_MERGE
#define PR_SET_MEMORY_MERGE 67
#endif

enum { HEADERS = 64, AT_EMPTY_DIRECTORY = AT_FDCWD, NAME_SIZE = 4096, MANIFEST_SIZE = 1 << 20, HELD_FILE = 900 };

/* What the auxiliary vector says of a program. */
struct program {
    const char *name;
    uint64_t entry;
    uint64_t headers;
    uint64_t header_count;
};

/* Kept here for programs whose own headers are not loaded. */
static Elf64_Phdr headers[HEADERS];

static uint64_t page_down(uint64_t address)
{
    return address & ~(uint64_t)(PAGE - 1);
}

static uint64_t page_up(uint64_t address)
{
    return page_down(address + PAGE - 1);
}

static void must(const char *name, long result, const char *problem)
{
    if (result < 0)
        fail(name, problem);
}

static void map(const char *name, uint64_t start, uint64_t length, int protection, int file)
{
    int flags = MAP_PRIVATE | MAP_FIXED_NOREPLACE | (file < 0 ? MAP_ANONYMOUS : 0);
    long got = call6(__NR_mmap, (long)start, (long)length, protection, flags, file, 0);

    if (got != (long)start)
        fail(name, "the system does not let this program have its addresses");
}

/* Bytes of a file at an offset; a file that ends before is damaged. */
static void read_at(const char *name, int file, void *to, uint64_t count, uint64_t offset)
{
    while (count > 0) {
        long got = call4(__NR_pread64, file, to, count, offset);
        if (got <= 0)
            fail(name, "the file is cut off");
        to = (char *)to + got;
        offset += (uint64_t)got;
        count -= (uint64_t)got;
    }
}

static int protection_of(uint32_t flags)
{
    return (flags & PF_R ? PROT_READ : 0) | (flags & PF_W ? PROT_WRITE : 0) | (flags & PF_X ? PROT_EXEC : 0);
}

/* Reads one segment into memory of its own. mapped is the end of what is mapped already: segments may share a page. */
static uint64_t load_segment(const char *name, int file, const Elf64_Phdr *segment, uint64_t mapped)
{
    uint64_t end = segment->p_vaddr + segment->p_memsz;
    uint64_t start = page_down(segment->p_vaddr);

    if (end < segment->p_vaddr || end > (uint64_t)1 << 47 || segment->p_filesz > segment->p_memsz || start < page_down(mapped - (mapped > 0)))
        fail(name, "its segments are not in order");
    if (start < mapped)
        must(name, call3(__NR_mprotect, start, mapped - start, PROT_READ | PROT_WRITE), "a segment cannot be loaded");
    else
        mapped = start;
    if (page_up(end) > mapped)
        map(name, mapped, page_up(end) - mapped, PROT_READ | PROT_WRITE, -1);
    read_at(name, file, (void *)segment->p_vaddr, segment->p_filesz, segment->p_offset);
    must(name, call3(__NR_mprotect, start, page_up(end) - start, protection_of(segment->p_flags)), "a segment cannot be protected");
    return page_up(end);
}

static void load_elf(int file, struct program *program)
{
    const char *name = program->name;
    uint64_t mapped = 0;
    Elf64_Ehdr elf;

    read_at(name, file, &elf, sizeof elf, 0);
    if (elf.e_ident[EI_CLASS] != ELFCLASS64 || elf.e_machine != EM_X86_64)
        fail(name, "it is for another machine");
    if (elf.e_type != ET_EXEC)
        fail(name, "it is not linked to fixed addresses (gcc -static -no-pie does that)");
    if (elf.e_phnum > HEADERS || elf.e_phentsize != sizeof headers[0])
        fail(name, "it has too many program headers");
    read_at(name, file, headers, elf.e_phnum * sizeof headers[0], elf.e_phoff);
    program->entry = elf.e_entry;
    program->header_count = elf.e_phnum;
    program->headers = (uint64_t)headers;
    for (int i = 0; i < elf.e_phnum; i++) {
        const Elf64_Phdr *h = &headers[i];
        if (h->p_type == PT_INTERP)
            fail(name, "it is not static: it asks for a dynamic linker");
        if (h->p_type != PT_LOAD || h->p_memsz == 0)
            continue;
        mapped = load_segment(name, file, h, mapped);
        if (elf.e_phoff >= h->p_offset && elf.e_phoff + elf.e_phnum * sizeof headers[0] <= h->p_offset + h->p_filesz)
            program->headers = h->p_vaddr + elf.e_phoff - h->p_offset;
    }
}

static const char *read_number(const char *name, const char *text, uint64_t *value)
{
    const char *start = text;

    for (*value = 0;; text++) {
        int digit = *text >= '0' && *text <= '9' ? *text - '0' : *text >= 'a' && *text <= 'f' ? *text - 'a' + 10 : -1;
        if (digit < 0)
            break;
        *value = *value << 4 | (uint64_t)digit;
    }
    if (text == start || text - start > 16 || (*text != ' ' && *text != '\n'))
        fail(name, "the manifest is damaged");
    return text + 1;
}

static const char *read_numbers(const char *name, const char *text, uint64_t *values, int count)
{
    for (int i = 0; i < count; i++)
        text = read_number(name, text, &values[i]);
    return text;
}

/* Opens ../runs/HASH from the folder of the manifest. */
static int open_run(const char *manifest, const char *hash)
{
    static char path[NAME_SIZE];
    size_t folder = length_of(manifest);

    while (folder > 0 && manifest[folder - 1] != '/')
        folder--;
    if (folder + 80 > sizeof path)
        fail(manifest, "its path is too long");
    memcpy(path, manifest, folder);
    memcpy(path + folder, "../runs/", 8);
    memcpy(path + folder + 8, hash, 64);
    path[folder + 72] = '\0';
    long file = call2(__NR_open, path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        fail(path, "this run of pages cannot be opened");
    return (int)file;
}

/* "map ADDRESS LENGTH PROTECTION HASH": private, so that what the program writes stays its own. */
static const char *map_run(const char *manifest, const char *text, bool trusted)
{
    char found[65];
    uint64_t v[3];

    text = read_numbers(manifest, text, v, 3);
    if (v[0] % PAGE != 0 || v[1] % PAGE != 0)
        fail(manifest, "the manifest is damaged");
    for (int i = 0; i < 64; i++)
        if (text[i] == '\0' || text[i] == '/')
            fail(manifest, "the manifest is damaged");
    int file = open_run(manifest, text);
    map(manifest, v[0], v[1], PROT_READ, file);
    call1(__NR_close, file);
    if (!trusted) {
        sha256_pages((const unsigned char *)v[0], v[1], found);
        for (int i = 0; i < 64; i++)
            if (text[i] != found[i])
                fail(manifest, "a run of pages in the pool has another hash: it was changed");
    }
    must(manifest, call3(__NR_mprotect, v[0], v[1], protection_of((uint32_t)v[2])), "a run of pages cannot be protected");
    if (text[64] != '\n')
        fail(manifest, "the manifest is damaged");
    return text + 65;
}

static void load_pool(int file, struct program *program, bool trusted)
{
    const char *name = program->name;
    long text = call6(__NR_mmap, 0, MANIFEST_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    uint64_t v[8];

    must(name, text, "there is no memory");
    long size = call4(__NR_pread64, file, text, MANIFEST_SIZE - 1, 0);
    const char *end = (const char *)text + (size > 0 ? size : 0);
    for (const char *at = (const char *)text; at < end;) {
        if (starts_with(at, "layout-pool 1\n"))
            at += 14;
        else if (starts_with(at, "entry "))
            at = read_numbers(name, at + 6, &program->entry, 1);
        else if (starts_with(at, "headers "))
            at = read_numbers(name, at + 8, &program->headers, 1);
        else if (starts_with(at, "header ") && program->header_count < HEADERS) {
            at = read_numbers(name, at + 7, v, 8);
            headers[program->header_count++] =
                (Elf64_Phdr){(uint32_t)v[0], (uint32_t)v[1], v[2], v[3], v[4], v[5], v[6], v[7]};
        } else if (starts_with(at, "zero ")) {
            at = read_numbers(name, at + 5, v, 3);
            map(name, v[0], v[1], protection_of((uint32_t)v[2]), -1);
        } else if (starts_with(at, "map "))
            at = map_run(name, at + 4, trusted);
        else
            fail(name, "the manifest is damaged");
    }
    if (program->headers == 0)
        program->headers = (uint64_t)headers;
    call2(__NR_munmap, text, MANIFEST_SIZE);
}

/*
 * Makes exit_group wait for an answer of a supervisor that nobody asks: the process stays as it is when it would end, until it is killed. The
 * supervisor is the file that the kernel gives us; nothing reads it.
 */
static void stay(const char *name)
{
    struct sock_filter steps[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AUDIT_ARCH_X86_64, 0, 2),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_exit_group, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF),
    };
    struct sock_fprog filter = {sizeof steps / sizeof steps[0], steps};

    call6(__NR_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0, 0);
    long file = call3(__NR_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER | SECCOMP_FILTER_FLAG_SPEC_ALLOW, &filter);
    must(name, file, "the system does not let it stay (seccomp with user notification, Linux 5.0)");
    if (call3(__NR_fcntl, file, F_DUPFD_CLOEXEC, HELD_FILE) >= 0)
        call1(__NR_close, file);
}

/* Takes the first two arguments away, and makes the auxiliary vector that of the program. Gives the new stack. */
static unsigned long *make_stack(unsigned long *stack, const struct program *program)
{
    enum { TAKEN = 2 };
    unsigned long *end = stack + 1;

    stack[0] -= TAKEN;
    for (unsigned long *from = stack + 1 + TAKEN;; from++, end++)
        if ((*end = *from) == 0)
            break;
    for (unsigned long *from = end + 1 + TAKEN;; from++)
        if ((*++end = *from) == 0)
            break;
    for (unsigned long *from = end + 1 + TAKEN;; from += 2) {
        unsigned long type = from[0], value = from[1];
        switch (type) {
        case AT_PHDR: value = program->headers; break;
        case AT_PHENT: value = sizeof(Elf64_Phdr); break;
        case AT_PHNUM: value = program->header_count; break;
        case AT_ENTRY: value = program->entry; break;
        case AT_BASE: value = 0; break;
        case AT_EXECFN: value = stack[1]; break;
        }
        *++end = type;
        *++end = value;
        if (type == AT_NULL)
            return stack;
    }
}

__attribute__((noreturn)) void load(unsigned long *stack)
{
    const char *options = (const char *)stack[2];
    struct program program = {.name = (const char *)stack[3]};
    bool merge = false, stays = false, trusted = false;
    char magic[4];

    for (options++; *options != '\0'; options++) {
        merge |= *options == 'm';
        stays |= *options == 's';
        trusted |= *options == 't';
    }
    long file = call2(__NR_open, program.name, O_RDONLY | O_CLOEXEC);
    must(program.name, file, "it cannot be opened");
    /* Before there is memory, so that all of it takes part. */
    if (merge)
        must(program.name, call6(__NR_prctl, PR_SET_MEMORY_MERGE, 1, 0, 0, 0, 0), "its memory may not be merged (Linux 6.4 with KSM)");
    read_at(program.name, (int)file, magic, sizeof magic, 0);
    if (magic[0] == 0x7f && magic[1] == 'E' && magic[2] == 'L' && magic[3] == 'F')
        load_elf((int)file, &program);
    else
        load_pool((int)file, &program, trusted);
    call1(__NR_close, file);
    const char *short_name = program.name;
    for (const char *at = program.name; *at != '\0'; at++)
        if (*at == '/')
            short_name = at + 1;
    call2(__NR_prctl, PR_SET_NAME, short_name);
    if (stays)
        stay(program.name);
    stack = make_stack(stack, &program);
    __asm__ volatile("mov %0, %%rsp\n"
                     "xor %%edx, %%edx\n"
                     "xor %%ebp, %%ebp\n"
                     "jmp *%1"
                     :
                     : "r"(stack), "a"(program.entry)
                     : "memory");
    __builtin_unreachable();
}
