using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Link.Tests.Importing;

/// <summary>One object with all kinds of sections for each machine that an assembler of this machine knows.</summary>
internal sealed class TestObjects
{
    private const string Source = """
          .text
          .globl _start, g
        _start: .long 1, 2, 3
          .section .text.hot.f,"ax"
          .long 4
          .section .text.boot,"ax"
          .long 4
          .section .init,"ax"
          .long 5
          .section .rodata,"a"
          .ascii "hello"
          .section .rodata.str1.1,"aMS",%progbits,1
          .asciz "merged"
          .section .init_array.00100,"aw"
          .long 6, 6
          .section .init_array,"aw"
          .long 7, 7
          .section .ctors.00010,"aw"
          .long 8, 8
          .section .uk_inittab2,"a"
          .long 8
          .section .uk_inittab1,"a"
          .long 9
          .section .tdata,"awT",%progbits
          .long 9
          .section .tbss,"awT",%nobits
          .zero 12
          .section .data.rel.ro,"aw"
          .long 10
          .section .preserve,"aw"
          .long 10
          .data
          .balign 8
        g: .long 11, 12
          .bss
          .zero 40
          .comm common_symbol,24,8
          .section .note.test,"a",%note
          .long 4, 4, 1, 0x41414141, 0
          .section .comment
          .asciz "c"
          .section other_section,"aw"
          .long 13

        """;

    private static readonly string[] Flags =
        ["", "--32", "--x32", "-EB", "-mabi=ilp32", "-mabi=ilp32 -EB", "-march=rv32imac -mabi=ilp32", "-mbig-endian", "-march=rv32imac -mabi=ilp32 -mbig-endian"];

    private readonly TemporaryFolder folder;
    private readonly Dictionary<string, IReadOnlyList<string>> byTriple = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> chosen = new(StringComparer.Ordinal);

    public TestObjects(TemporaryFolder folder)
    {
        this.folder = folder;
        folder.Write("a.s", Source);
    }

    /// <summary>The object that a script's emulation accepts: the first that it links; null when there is none.</summary>
    public string? Find(InstalledScripts.Script script, Func<string, bool> links)
    {
        string emulation = script.Linker + "/" + Path.GetFileName(script.Path).Split('.')[0];
        if (chosen.TryGetValue(emulation, out string? known)) return known;
        string triple = script.Linker[..script.Linker.LastIndexOf("-ld", StringComparison.Ordinal)];
        if (!byTriple.TryGetValue(triple, out IReadOnlyList<string>? objects)) byTriple.Add(triple, objects = Assemble(triple).ToArray());
        return chosen[emulation] = objects.FirstOrDefault(links);
    }

    private IEnumerable<string> Assemble(string triple)
    {
        if (!File.Exists($"/usr/bin/{triple}-as")) yield break;
        foreach ((int i, string flags) in Flags.Index())
        {
            string path = FormattableString.Invariant($"{triple}.{i}.o");
            if (Tool.TryRun(folder.Path, triple + "-as", [.. flags.Split(' ', StringSplitOptions.RemoveEmptyEntries), "a.s", "-o", path]).Code == 0) yield return path;
        }
    }
}
