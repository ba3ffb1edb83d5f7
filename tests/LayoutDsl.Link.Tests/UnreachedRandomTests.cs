using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using LayoutDsl.Analysis.Sharing;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Link.Tests;

/// <summary>Fleets over members that refer to each other at random. What GNU ld itself says of the references (--emit-relocs) is compared with what the images have.</summary>
public sealed class UnreachedRandomTests
{
    private const int Members = 36;

    private const string Print = """
        static int show(unsigned value)
        {
            char text[9] = { 0 };
            for (int i = 7; i >= 0; i--, value >>= 4) text[i] = "0123456789abcdef"[value & 15];
            print(text);
            print("\n");
            return 0;
        }

        """;

    private static readonly string[] Images = ["a", "b", "c", "d", "e", "f"];

    [Theory]
    [InlineData(1, "-fno-pic")]
    [InlineData(2, "-fno-pic")]
    [InlineData(3, "-fPIE")]
    [InlineData(4, "-ffunction-sections")]
    public void Images_OfARandomFleet_HaveAllThatTheyReferToAndComputeTheSame(int seed, string code)
    {
        using UnreachedFleet fleet = Make(new Random(seed), code);
        fleet.Link("kept");
        string[] expected = [.. Images.Select(fleet.Run)];
        int whole = Images.Sum(i => fleet.Memory(i).Pages.Count);
        fleet.Link();
        Assert.Equal(expected, Images.Select(fleet.Run));
        Assert.True(expected.Distinct().Count() > 1);
        fleet.CheckPlan();
        Assert.InRange(Images.Sum(i => fleet.Memory(i).Pages.Count), 0, whole - 1);
        Assert.All(Images, i => AssertComplete(fleet, i));
    }

    /// <summary>No reference out of something that the image has a name for leads to a page that it lacks.</summary>
    private static void AssertComplete(UnreachedFleet fleet, string image)
    {
        string folder = fleet.Fleet.Folder.Path;
        Tool.Run(folder, "ld", $"@scripts/{image}.rsp", "-T", $"scripts/{image}.ld", "--emit-relocs", "--orphan-handling=place", "-o", $"{image}.whole");
        var whole = ElfFile.Read(System.IO.File.ReadAllBytes(fleet.Fleet.Folder[$"{image}.whole"]), image);
        MemoryImage all = MemoryImage.Load(whole, 4096);
        MemoryImage trimmed = fleet.Memory(image);
        (ulong First, ulong End)[] named = [.. SymbolsOf(fleet.Read(image)).Where(s => s.Size > 0 && s.IsDefinedInSection).Select(s => (s.Value, s.Value + s.Size))];
        IReadOnlyList<ElfSymbol> symbols = SymbolsOf(whole);
        int followed = 0;
        foreach (ElfSection table in whole.Sections.Where(s => s.Type == ElfSectionType.Rela && whole.Sections[(int)s.Info].IsAllocated))
        {
            Assert.True(whole.TryReadRelocations(table, out IReadOnlyList<ElfRelocation>? relocations, out _));
            foreach (ElfRelocation relocation in relocations!.Where(r => named.Any(n => n.First <= r.Offset && r.Offset < n.End)))
            {
                ElfSymbol symbol = symbols[relocation.SymbolIndex];
                ulong target = symbol.Value + (ulong)relocation.Addend + (relocation.Type is 2 or 4 or 9 or 41 or 42 ? 4UL : 0);
                if (!all.HasPage(target)) continue;
                followed++;
                Assert.True(trimmed.HasPage(target), $"{image} (0x{relocation.Offset:x}) leads to {symbol.Name} (0x{target:x}), which is gone");
            }
        }

        Assert.True(followed > 10, $"{image} has {followed} references");
    }

    private static IReadOnlyList<ElfSymbol> SymbolsOf(ElfFile file)
    {
        Assert.True(file.TryReadSymbols(out IReadOnlyList<ElfSymbol>? symbols, out _));
        return symbols!;
    }

    private static UnreachedFleet Make(Random random, string code)
    {
        var fleet = new UnreachedFleet("""
            section relro (rw) { relro ".data.rel.ro" ".data.rel.ro.*" }
            section got (rw) { table ".got" ".got.plt" ".igot" ".igot.plt" reserve 1KiB }
            """, code: code);
        for (int i = 0; i < Members; i++) fleet.Member($"m{i}", MakeMember(random, i));
        foreach (string image in Images)
        {
            int[] roots = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(Members)).Distinct()];
            string declarations = string.Concat(roots.Select(r => $"unsigned f{r}(unsigned);\n"));
            fleet.Image(image, declarations + Print, $"unsigned n = 1; {string.Concat(roots.Select(r => $"n = n * 31 + f{r}(n); "))} return show(n);");
        }

        return fleet;
    }

    /// <summary>A function that calls later ones, directly and by pointers, and looks at data, constants and strings of any; so it ends.</summary>
    private static string MakeMember(Random random, int index)
    {
        var text = new StringBuilder();
        var body = new StringBuilder();
        void Line(string line) => body.Append(line).Append('\n');
        void Declare(string line) => text.Append(line).Append('\n');
        string page = random.Next(3) > 0 ? "__attribute__((aligned(4096)))" : "";
        Declare($"const unsigned d{index}[{random.Next(1, 900)}] {page} = {{ {random.Next(1000)}, 2 }};");
        Declare($"unsigned v{index} = {random.Next(1000)};");
        Declare($"static const char *const names{index}[] = {{ \"{Word(random)}\", \"{Word(random)}\" }};");
        Declare($"static unsigned {(random.Next(2) > 0 ? page : "")} inner{index}(unsigned n) {{ return n * 7 + (unsigned)names{index}[n & 1][0]; }}");
        for (int i = random.Next(3); i > 0 && index < Members - 1; i--)
        {
            int other = random.Next(index + 1, Math.Min(Members, index + 9));
            switch (random.Next(5))
            {
                case 0:
                    Declare($"extern unsigned f{other}(unsigned); unsigned (*p{index}_{i})(unsigned) = f{other};");
                    Line($"n = n * 3 + p{index}_{i}(n);");
                    break;
                case 1:
                    Declare($"extern unsigned f{other}(unsigned); static unsigned (*const c{index}_{i}[])(unsigned) = {{ f{other}, 0 }};");
                    Line($"n = n * 3 + c{index}_{i}[n - n](n);");
                    break;
                case 2:
                    Declare($"extern unsigned f{other}(unsigned) __attribute__((weak));");
                    Line($"if (f{other}) n = n * 5 + f{other}(n);");
                    break;
                default:
                    Declare($"extern unsigned f{other}(unsigned);");
                    Line($"n = n * 3 + f{other}(n);");
                    break;
            }
        }

        if (random.Next(4) == 0)
        {
            int other = random.Next(Members);
            Declare($"extern const unsigned d{other}[]; extern unsigned v{other};");
            Line($"n += d{other}[0] + v{other}++;");
        }

        Line($"for (const char *s = \"{Word(random)}\"; *s; s++) n = n * 33 + (unsigned)*s;");
        string inner = random.Next(2) > 0 ? "noinline" : "cold";
        Declare($"__attribute__(({inner})) static unsigned last{index}(unsigned n) {{ return inner{index}(n) + v{index}; }}");
        Declare($"{page} unsigned f{index}(unsigned n)\n{{\n{body}return last{index}(n);\n}}");
        return text.ToString();
    }

    private static string Word(Random random) => random.Next(3) switch { 0 => "a long common tail", 1 => "common tail", _ => $"word {random.Next(9)} tail" };
}
