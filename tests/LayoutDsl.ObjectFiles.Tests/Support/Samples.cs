using System.Globalization;
using System.Text;

namespace LayoutDsl.ObjectFiles.Tests;

/// <summary>Source texts that make compilers and assemblers produce what a reader must know.</summary>
internal static class Samples
{
    public const string C = """
        #include <stddef.h>
        int common_block[12];
        int initialised = 42;
        static int hidden_counter;
        __thread int thread_value = 7;
        const char *const names[] = { "alpha", "beta", "gamma" };
        extern int elsewhere(int) __attribute__((weak));
        __attribute__((visibility("hidden"))) int hidden_function(int x) { return x + hidden_counter++; }
        __attribute__((weak)) int weak_function(void) { return initialised; }
        static int chosen(void) { return 1; }
        static void *choose(void) { return (void *)chosen; }
        int indirect_function(void) __attribute__((ifunc("choose")));
        int use(int x) { return (elsewhere ? elsewhere(x) : 0) + hidden_function(x) + weak_function() + thread_value + common_block[3]; }
        """;

    public const string Program = """
        int shared_value = 5;
        static int zero[4096];
        __attribute__((used)) static const char text[] = "some text";
        void _start(void) { zero[1] = shared_value; for (;;) { } }
        """;

    public const string Groups = """
            .section .text.first,"axG",@progbits,signature_one,comdat
            .weak signature_one
            .type signature_one, @function
        signature_one:
            nop
            .size signature_one, .-signature_one
            .section .rodata.first,"aG",@progbits,signature_one,comdat
            .quad signature_one
            .section .text.second,"axG",@progbits,signature_two,comdat
            .globl signature_two
        signature_two:
            nop
        """;

    /// <summary>Directives that every assembler for ELF knows, whatever the machine.</summary>
    public const string AnyMachine = """
            .text
            .globl entry
        entry:
            .4byte external
            .4byte 17
            .section .other,"a"
            .4byte entry
            .section .bss.big,"aw","nobits"
            .globl buffer
        buffer:
            .zero 64
            .data
            .weak maybe
            .4byte maybe
            .comm shared,16,8
        """;

    /// <summary>Sections for whose indices 16 bits do not suffice, each with a symbol.</summary>
    public static string ManySections(int count)
    {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $".section .s{i},\"a\"\n.globl g{i}\ng{i}: .byte 1\n");
        }

        return text.ToString();
    }
}
