using System;
using System.IO;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Cli.Tests;

/// <summary>
/// A build with make that knows nothing of layouts: two programs of libraries that are linked into one object each with hidden symbols, an archive, a script with program headers and bounds, one that
/// is put into it, a sorted table, and steps that strip and seal the programs. They run on this machine without a C library.
/// </summary>
internal sealed class MakeProject : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public MakeProject()
    {
        Write("Makefile", """
            CFLAGS := -O1 -ffreestanding -fno-pic -fno-pie -fno-stack-protector -fno-asynchronous-unwind-tables -fcf-protection=none
            all: one.bin two.bin
            %.o: %.c
            	gcc $(CFLAGS) -c -o $@ $<
            libgreet.ld.o: greet/greet.o greet/text.o
            	ld -r -o $@ $^
            libcount.ld.o: count/count.o count/text.o
            	ld -r -o $@ $^
            lib%.o: lib%.ld.o %/exports
            	objcopy --keep-global-symbols=$*/exports $< $@
            libsum.a: sum/sum.o sum/unused.o
            	rm -f $@; ar rc $@ $^
            %.elf: apps/%.o core/start.o libgreet.o libcount.o libsum.a main.lds table.lds
            	gcc -nostdlib -static -no-pie -Wl,--build-id=none -Wl,-T,table.lds -Wl,-T,main.lds -Wl,-Map=$*.map -o $@ apps/$*.o core/start.o libgreet.o libcount.o libsum.a
            %.bin: %.elf
            	strip -s -o $@.tmp $< && printf SEAL | dd of=$@.tmp bs=1 seek=8 conv=notrunc 2>/dev/null && mv $@.tmp $@
            """);
        Write("main.lds", """
            ENTRY(_start)
            PHDRS { text PT_LOAD FLAGS(5); data PT_LOAD FLAGS(6); }
            SECTIONS
            {
                . = 0x400000;
                .boot : { KEEP(*(.boot)) } :text
                _text = .;
                .text : { *(.text .text.*) _etext = .; } :text
                .rodata : { *(.rodata .rodata.*) } :text
                . = ALIGN(0x1000);
                .data : { *(.data .data.*) } :data
                .bss : { __bss_start = .; *(.bss .bss.*) *(COMMON) } :data
                _end = .;
                ASSERT(_etext > _text, "there is no code")
                /DISCARD/ : { *(.comment) *(.note.*) }
            }
            """);
        Write("table.lds", "SECTIONS { .table : ALIGN(8) { table_start = .; KEEP(*(SORT_BY_NAME(.table.*))) table_end = .; } } INSERT AFTER .rodata;\n");
        Write("core/start.c", """
            typedef void entry(void);
            extern entry *table_start[], *table_end[];
            extern char _text[], _etext[], __bss_start[], _end[];
            int main(void);
            __attribute__((section(".boot"))) const char magic[8] = "BOOT";
            void say(const char *text)
            {
                unsigned long length = 0, done;
                while (text[length]) length++;
                __asm__ volatile("syscall" : "=a"(done) : "a"(1), "D"(1), "S"(text), "d"(length) : "rcx", "r11", "memory");
            }
            static int holds(const void *low, const void *x, const void *high) { return (const char *)low <= (const char *)x && (const char *)x < (const char *)high; }
            void start(void)
            {
                int code;
                for (entry **e = table_start; e < table_end; e++) (*e)();
                code = main();
                if (!holds(_text, (void *)say, _etext) || !holds(_text, (void *)main, _etext)) say("bounds of code are wrong\n");
                __asm__ volatile("syscall" : : "a"(60), "D"(code) : "memory");
            }
            __asm__(".globl _start\n_start: xor %ebp, %ebp\n and $-16, %rsp\n call start\n");
            """);
        foreach (string library in new[] { "greet", "count" })
        {
            Write($"{library}/text.c", $"const char *text(int n) {{ static const char *const all[] = {{ \"{library} zero\\n\", \"{library} one\\n\" }}; return all[n & 1]; }}\n");
            Write($"{library}/{library}.c", $$"""
                void say(const char *);
                const char *text(int);
                static int calls;
                void {{library}}(void) { say(text(calls++)); }
                __attribute__((section(".table.{{library}}"), used)) static void (*const entry)(void) = {{library}};
                """);
            Write($"{library}/exports", library + "\n");
        }

        Write("sum/sum.c", "int sum_bias = 40; int sum(int a, int b) { return a + b + sum_bias; }\n");
        Write("sum/unused.c", "int unused(void) { return 1; }\n");
        Write("apps/one.c", "void greet(void); void count(void); int sum(int, int); int main(void) { greet(); count(); return sum(1, 1); }\n");
        Write("apps/two.c", "void greet(void); void say(const char *); int sum(int, int); static char big[20000]; int main(void) { big[sum(1, 2)] = 1; say(\"two\\n\"); greet(); greet(); return sum(1, 2) + big[43]; }\n");
    }

    public string Root => folder.Path;

    public string this[string path] => folder[path];

    public void Write(string path, string text) => folder.Write(path, text.Replace("\r\n", "\n", StringComparison.Ordinal) + "\n");

    /// <summary>Runs the tool as a user does, in the folder of the build; its output and that of the build together.</summary>
    public (int Code, string Output) TryLayout(params string[] arguments) => Tool.TryRun(Root, "dotnet", [Path.Combine(AppContext.BaseDirectory, "layout.dll"), .. arguments]);

    /// <summary>Runs the tool, which must succeed.</summary>
    public string Layout(params string[] arguments) => TryLayout(arguments) is var (code, output) && code == 0 ? output : throw new InvalidOperationException($"layout {string.Join(' ', arguments)} ended with {code}:\n{output}");

    /// <summary>Runs a program and gives its exit code and what it printed.</summary>
    public (int Code, string Output) Start(string program) => Tool.TryRun(Root, this[program]);

    public void Dispose() => folder.Dispose();
}
