using System.Collections.Generic;
using System.IO;
using System.Linq;
using LayoutDsl.Analysis.Sharing;
using LayoutDsl.Analysis.Variants;
using LayoutDsl.Analysis.Verifying;
using LayoutDsl.Diagnostics;
using LayoutDsl.Facts;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Planning;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Link.Tests;

/// <summary>Real builds of one library for three images: one object has the name of the image in it.</summary>
public sealed class PerImageLibraryTests
{
    private const string Layout = """
        layout Small.Fleet;
        target x86_64 { entry _start; }
        region ram (rwx) { origin 4MiB; length 64MiB; }
        section text (rx) { ".text" ".text.*" }
        section rodata (r) { ".rodata" ".rodata.*" }
        section data (rw) { ".data" ".data.*" }
        section bss (rw) { zero ".bss" ".bss.*" "COMMON" }
        section hooks (r) { table keep "hooks" bounds __start_hooks __stop_hooks }
        library sys { objects "build/sys.o"; }
        library lib { objects "build/{image}/lib/*.o"; }
        image one { uses sys, lib; objects "build/one.o"; }
        image two { uses sys, lib; objects "build/two.o"; }
        image fn[1..2] { uses sys, lib; objects "build/fn{n}.o"; }
        """;

    [Fact]
    public void Link_BuildsThatDifferInOneObject_ShareAllPagesButItsOwn()
    {
        using SmallFleet fleet = Make();
        Assert.Empty(fleet.Link().Diagnostics.Select(d => d.ToString()));
        (_, FactsFile facts, LayoutPlan plan) = fleet.Plan();
        var images = new Dictionary<string, (ElfFile File, MemoryImage Memory)>();
        foreach (ImagePlan image in plan.Images)
        {
            string path = Path.Combine(fleet.Output, image.Name + ".elf");
            Assert.Equal($"{image.Name} 42\n", Tool.Run(fleet.Folder.Path, path));
            ElfFile file = ElfFile.Read(File.ReadAllBytes(path), image.Name);
            var bag = new DiagnosticBag();
            PlanVerifier.Verify(plan, image, file, facts.Objects.ToLookup(o => o.Path), bag);
            Assert.Empty(bag.ToSortedArray().Select(d => d.ToString()));
            images.Add(image.Name, (file, MemoryImage.Load(file, plan.Page)));
        }

        // What calls the object with the name is the same everywhere, since all variants of that object are at one address.
        LibrarySharing library = LibraryCensus.Count(plan, fleet.Folder.Path, images).Single(l => l.Name == "lib");
        SectionSharing[] whole = [.. library.Sections.Where(s => s.Section == "text")];
        Assert.NotEmpty(whole);
        Assert.All(whole, s => Assert.Equal((s.Pages, true), (s.Shared, s.Address is not null)));
        ulong[] names = [.. images.Values.Select(i => Address(i.File, "image_name"))];
        Assert.Single(names.Distinct());
    }

    [Fact]
    public void Measure_TwoBuildsWithOtherDebugInformation_HaveEqualIdentities()
    {
        using SmallFleet fleet = Make();
        var sections = fleet.Plan().Facts.Objects
            .Where(o => o.Path.EndsWith("/lib/add.o", System.StringComparison.Ordinal))
            .Select(o => string.Join(" ", o.Sections.Where(s => s.Size > 0).Select(s => s.Name + s.Identity)))
            .ToArray();
        Assert.Equal(4, sections.Length);
        Assert.Single(sections.Distinct());
        Assert.Equal(4, fleet.Plan().Facts.Objects.Where(o => o.Path.EndsWith("/lib/name.o", System.StringComparison.Ordinal)).Select(o => o.Sections.Single(s => s.Name == ".data").Identity).Distinct().Count());
    }

    [Fact]
    public void Variants_BuildsThatDifferInOneObject_AreNamedWithTheirImages()
    {
        using SmallFleet fleet = Make();
        (_, FactsFile facts, LayoutPlan plan) = fleet.Plan();
        VariantPart part = Assert.Single(VariantPart.Find(plan, facts), p => p.Inputs.Any(i => i.Symbol == "own"));
        Assert.Equal(("lib", "name.o"), (part.Library, part.Part));
        Assert.Contains(part.Inputs, i => i.Object == "build/{image}/lib/name.o" && i.Sections.Contains(".data") && i.Symbol == "own");
        Assert.All(part.Inputs, i => Assert.Equal("build/{image}/lib/name.o", i.Object));
        Assert.Equal(["fn1", "fn2", "one", "two"], part.Variants.SelectMany(v => v.Images).Order());
        Assert.Equal(4, part.Variants.Count);
    }

    private static SmallFleet Make()
    {
        var fleet = new SmallFleet(Layout);
        foreach (string image in new[] { "one", "two", "fn1", "fn2" })
        {
            string source = $"build/{image}/lib/";
            fleet.Folder.Write(source + "add.c", "extern void print(const char *); extern const char *image_name(void); int add(int a, int b) { print(image_name()); print(\" 42\\n\"); return a + b; }");
            fleet.Folder.Write(source + "name.c", $"char own[] = \"{image}\"; const char *image_name(void) {{ return own; }}");
            foreach (string name in new[] { "add", "name" })
            {
                Tool.Run(fleet.Folder[source], "gcc", "-c", "-g", "-O2", "-ffreestanding", "-fno-pic", "-fno-stack-protector", "-fno-asynchronous-unwind-tables", "-fcf-protection=none", $"{name}.c");
                File.Delete(fleet.Folder[source + name + ".c"]);
            }

            fleet.Compile(image, SmallFleet.Program("extern int add(int, int);", "return add(1, 2) - 3;"));
        }

        return fleet;
    }

    private static ulong Address(ElfFile file, string name) => file.TryReadSymbols(out IReadOnlyList<ElfSymbol>? symbols, out _) ? symbols.Single(s => s.Name == name).Value : 0;
}
