using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Analysis.Resolution;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Tests.Resolution;

/// <summary>Damaged files end in errors, whatever is damaged, and never in exceptions or endless work.</summary>
public class ResolutionRobustnessTests
{
    private const int Mutations = 20_000;

    [Fact]
    public void Resolve_MutatedFiles_ErrorsOrResults()
    {
        using LinkCase link = new LinkCase()
            .Cpp("start", "inline int g() { static int n; return ++n; } int f(); extern int v[]; extern \"C\" int _start() { return f() + g() + v[0]; }", "-fno-rtti")
            .Cpp("f", "inline int g() { static int n; return ++n; } extern \"C\" int h(); int f() { return g() + h(); }", "-fno-rtti")
            .C("h", "int v[4]; int k(void); int h(void) { return v[1] + k(); }", "-fcommon")
            .Asm("k", ".globl k1\nk1: ret\n.symver k1, k@@V1\n.section .gnu.linkonce.t.z,\"ax\"\n.weak z\nz: ret")
            .Archive("l.a", "f.o", "h.o", "k.o");
        link.Run("ar", "rcsT", "thin.a", "f.o", "h.o", "k.o");
        string[] names = ["start.o", "f.o", "h.o", "k.o", "l.a", "thin.a"];
        Dictionary<string, byte[]> originals = names.ToDictionary(n => n, n => link.Read(n)!.Value.ToArray());
        var random = new Random(20240607);
        int withErrors = 0;
        for (int i = 0; i < Mutations; i++)
        {
            string victim = names[random.Next(names.Length)];
            byte[] damaged = Mutate(originals[victim], random);
            var files = new LinkFiles(p => p == victim ? damaged : originals.TryGetValue(p, out byte[]? bytes) ? bytes : (ReadOnlyMemory<byte>?)null);
            if (Use(files, victim == "thin.a" || i % 2 == 0 ? "thin.a" : "l.a")) withErrors++;
        }

        Assert.InRange(withErrors, Mutations / 20, Mutations);
    }

    /// <summary>Resolves and asks for everything; returns whether there were errors.</summary>
    private static bool Use(LinkFiles files, string library)
    {
        var inputs = new List<LinkInput>();
        bool failed = false;
        foreach (string path in new[] { "start.o", library, "h.o" })
        {
            if (files.TryOpen(path, out IReadOnlyList<LinkInput>? opened, out ObjectFileError? error)) inputs.AddRange(opened);
            else failed |= error.Message.Length > 0;
        }

        LinkResolution resolution = SymbolResolver.Resolve(files, [new GroupInput(inputs)], ResolutionOptions.GnuDefault);
        foreach (LinkedObject linked in resolution.Objects)
        {
            for (int i = 0; i < linked.Object.Symbols.Count; i++) Assert.NotNull(resolution.Resolve(linked, i));
            for (int i = 0; i < linked.File.Sections.Count; i++) _ = linked.IsKept(i);
        }

        return failed | resolution.Errors.Count > 0;
    }

    private static byte[] Mutate(byte[] original, Random random)
    {
        byte[] result = random.Next(10) == 0 ? original[..random.Next(original.Length)] : (byte[])original.Clone();
        for (int i = random.Next(1, 5); i > 0 && result.Length > 0; i--)
        {
            result[random.Next(result.Length)] = random.Next(3) switch { 0 => (byte)random.Next(256), 1 => 0, _ => 255 };
        }

        return result;
    }
}
