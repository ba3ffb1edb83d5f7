using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Facts;
using LayoutDsl.Model;
using LayoutDsl.Syntax;
using LayoutDsl.Text;

namespace LayoutDsl.Benchmarks;

/// <summary>
/// A fleet of any size whose libraries are as popular as packages of a distribution: a few are in all images, then the share falls with the rank (Zipf's law), and most are in few. Their sections have the sizes of those of
/// static libraries of Debian (<see cref="ArchiveSizes"/>). The same numbers give the same fleet, and a fleet of more images begins with the images of a smaller one.
/// </summary>
/// <param name="Layout">The layout, bound.</param>
/// <param name="Facts">The facts of all its objects.</param>
internal sealed record SyntheticFleet(BoundLayout Layout, FactsFile Facts)
{
    private const int Everywhere = 5;
    private const int FewestLibraries = 50, MostLibraries = 200;

    /// <summary>Sections in the order of <see cref="ArchiveSizes"/>, and what an image's own object has of each, in hundredths of its text.</summary>
    private static readonly (string Name, uint Type, ulong Flags, int Share)[] Sections = [(".text", 1, 6, 100), (".rodata", 1, 2, 30), (".data.rel.ro", 1, 3, 2), (".data", 1, 3, 4), (".bss", 8, 3, 8)];

    /// <summary>Images and libraries of the fleets on which strategies are compared: many images over few libraries, as many of both, and libraries that hardly any two images have in common.</summary>
    public static (int Images, int Libraries)[] Compared { get; } = [(300, 60), (150, 150), (60, 600)];

    /// <summary>Pairs of an image and a library that it has.</summary>
    public long Pairs => Layout.Images.Sum(i => (long)i.Libraries.Count);

    /// <summary>Makes a fleet.</summary>
    public static SyntheticFleet Make(int images, int libraries) => Make(0, images, libraries);

    /// <summary>One image of a fleet, and all libraries.</summary>
    public static SyntheticFleet MakeOne(int number, int libraries) => Make(number, 1, libraries);

    private static SyntheticFleet Make(int first, int images, int libraries)
    {
        BoundLayout frame = LayoutCompiler.Bind(LayoutCompiler.Parse(new SourceText("fleet.layout", """
            layout Synthetic.Fleet;
            target x86_64 { page 4KiB; entry _start; }
            region ram (rwx) { origin 1MiB; length 64GiB; }
            section text (rx) { ".text" }
            section rodata (r) { ".rodata" }
            section relro (rw) { relro ".data.rel.ro" }
            section data (rw) { ".data" }
            section bss (rw) { zero ".bss" }
            image frame { objects "frame.o"; }
            """)), _ => (FileSyntax?)null).Value!;
        SourceLocation location = frame.Target.Location;
        var inputs = new List<InputFacts>();
        var objects = new List<ObjectFacts>();
        double[] shares = Accumulate(libraries);
        string[] names = Enumerable.Range(0, libraries).Select(i => FormattableString.Invariant($"lib{i:0000}")).ToArray();
        var sizes = new Random(1);
        BoundLibrary[] bound = names.Select(n => new BoundLibrary(n, EquatableArray.Of(Input(n, ArchiveSizes.All[sizes.Next(ArchiveSizes.All.Count)])), null, "", location)).ToArray();
        var all = new BoundImage[images];
        for (int i = 0; i < images; i++)
        {
            var random = new Random(first + i + 7);
            string name = FormattableString.Invariant($"image{first + i:000000}");
            all[i] = new BoundImage(name, null, Pick(random, names, shares), EquatableArray.Of(Input(name, OwnSizes(4096 + random.Next(20000)))), 1, "", location);
        }

        var layout = frame with { Libraries = new EquatableArray<BoundLibrary>(bound), Images = new EquatableArray<BoundImage>(all) };
        return new SyntheticFleet(layout, new FactsFile(inputs.ToEquatableArray(), objects.ToEquatableArray()));

        ulong[] OwnSizes(int text) => Sections.Select(s => (ulong)(text * s.Share / 100)).ToArray();

        BoundInput Input(string name, ulong[] bytes)
        {
            string path = name + ".o";
            inputs.Add(new InputFacts(path, InputKind.Objects, EquatableArray.Of(path)));
            objects.Add(new ObjectFacts(path, null, 62, name, Sections.Select((s, i) => new SectionFacts(s.Name, s.Type, s.Flags, bytes[i], 16)).ToEquatableArray(), default));
            return new BoundInput(path, InputKind.Objects, location);
        }
    }

    private static double[] Accumulate(int libraries)
    {
        var shares = new double[libraries];
        double sum = 0;
        for (int i = 0; i < libraries; i++) shares[i] = sum += 1.0 / (i + 1);
        return shares;
    }

    private static EquatableArray<string> Pick(Random random, string[] names, double[] shares)
    {
        int count = Math.Min(names.Length, random.Next(FewestLibraries, MostLibraries + 1));
        var picked = new SortedSet<int>(Enumerable.Range(0, Math.Min(Everywhere, names.Length)));
        while (picked.Count < count)
        {
            int index = Array.BinarySearch(shares, random.NextDouble() * shares[^1]);
            picked.Add(Math.Min(index < 0 ? ~index : index, names.Length - 1));
        }

        return picked.Select(i => names[i]).ToEquatableArray();
    }
}
