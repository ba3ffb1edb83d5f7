using LayoutDsl.Tests.Support;

namespace LayoutDsl.Link.Tests;

/// <summary>Programs and scripts of <see cref="TrimmerTests"/>.</summary>
internal static class TrimmerSources
{
    /// <summary>Five functions on pages of their own; two are called always, "second" only with an argument.</summary>
    public const string Source = SmallFleet.Runtime + """
        #define PAGE __attribute__((noinline, used, aligned(ALIGNMENT)))
        int table[3] = {1, 2, 3};
        static int zeros[3000];
        PAGE int first(int n) { return n + table[0] + zeros[n]; }
        PAGE int second(int n) { return n + table[1]; }
        static PAGE int third(int n) { return n + table[2]; }
        PAGE int fourth(int n) { return n * table[2]; }
        PAGE int fifth(int n) { return n - table[1]; }
        PAGE void start(long *stack)
        {
            print(first(1) + fourth(2) == 8 ? "right\n" : "wrong\n");
            int (*volatile other)(int) = second;
            finish(*stack > 1 ? other(5) : 0);
        }
        __asm__(".globl _start\n_start: movq %rsp, %rdi\n andq $-16, %rsp\n call start\n");
        """;

    /// <summary>The end of a script whose segments are text, rodata and data.</summary>
    public const string Sections = """
          .text : { *(.text .text.*) } :text
          .rodata ALIGN(4096) : { *(.rodata .rodata.*) } :rodata
          .data ALIGN(4096) : { *(.data) } :data
          .bss : { *(.bss) } :data
          /DISCARD/ : { *(.note*) *(.eh_frame) }
        }
        """;

    /// <summary>Copies the segments of a program to their addresses, whatever their places in the file, and starts it with the arguments that follow.</summary>
    public const string Loader = """
        #define _GNU_SOURCE
        #include <elf.h>
        #include <stdio.h>
        #include <string.h>
        #include <sys/mman.h>
        static char file[1 << 20];
        static long stack[1 << 13];
        int main(int argc, char **argv)
        {
            FILE *f = fopen(argv[1], "rb");
            fread(file, 1, sizeof file, f);
            Elf64_Ehdr *header = (Elf64_Ehdr *)file;
            Elf64_Phdr *segments = (Elf64_Phdr *)(file + header->e_phoff);
            for (int i = 0; i < header->e_phnum; i++)
            {
                Elf64_Phdr *s = segments + i;
                if (s->p_type != PT_LOAD) continue;
                for (unsigned long page = s->p_vaddr & -4096; page < s->p_vaddr + s->p_memsz; page += 4096)
                    mmap((void *)page, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
                memcpy((void *)s->p_vaddr, file + s->p_offset, s->p_filesz);
            }
            long *top = stack + (1 << 13) - 64;
            top[0] = argc - 1;
            __asm__ volatile("movq %0, %%rsp\n jmp *%1" : : "r"(top), "r"(header->e_entry));
        }
        """;
}
