using System.Collections.Generic;
using System.Linq;
using CsCheck;
using LayoutDsl.Facts;
using LayoutDsl.Model;
using LayoutDsl.Text;

namespace LayoutDsl.Tests.Support;

/// <summary>A fleet whose libraries are built for each image: builds differ in some objects, and some lack objects that others have.</summary>
internal sealed record BuildsFleet(string[] Declarations, FactsFile Facts)
{
    private static readonly (string Name, uint Type, ulong Flags)[] Kinds = [(".text", 1, 6), (".rodata", 1, 2), (".data", 1, 3), (".bss", 8, 3)];

    /// <summary>Any fleet of two to five images and one to three libraries of up to five objects.</summary>
    public static Gen<BuildsFleet> Any { get; } = Gen.Select(
        Gen.Int[1, 7].Array[2, 5],
        Gen.Select(Gen.Int[0, 15], Gen.Int[1, 9000], Gen.Int[0, 99]).Array[1, 5].Array[1, 3],
        Make);

    public string Text => string.Join("\n", Declarations);

    public override string ToString() => Text + "\n" + FactsText.Write(Facts);

    /// <summary>The fleet without its last image.</summary>
    public BuildsFleet WithoutLastImage() => this with { Declarations = Declarations[..^1] };

    /// <summary>The same fleet in a region of another size.</summary>
    public BuildsFleet In(ulong bytes) => this with { Declarations = [.. Declarations.Select(d => d.Replace("length 1GiB", $"length {bytes}", System.StringComparison.Ordinal))] };

    private static BuildsFleet Make(int[] images, (int Sections, int Size, int Seed)[][] libraries)
    {
        var declarations = new List<string>
        {
            "layout Test.Fleet;", "target x86_64 { page 4KiB; }", "region ram (rwx) { origin 1MiB; length 1GiB; }",
            "section text (rx) { \".text\" }", "section rodata (r) { \".rodata\" }", "section data (rw) { \".data\" }", "section bss (rw) { zero \".bss\" }",
        };
        for (int l = 0; l < libraries.Length; l++) declarations.Add($"library l{l} {{ objects \"{{image}}/l{l}/*.o\"; }}");
        var inputs = new List<InputFacts>();
        var objects = new List<ObjectFacts>();
        for (int i = 0; i < images.Length; i++)
        {
            int[] own = [.. Enumerable.Range(0, libraries.Length).Where(l => (images[i] >> l & 1) != 0)];
            declarations.Add($"image i{i} {{ {(own.Length > 0 ? $"uses {string.Join(", ", own.Select(l => $"l{l}"))}; " : "")}objects \"i{i}.o\"; }}");
            Add($"i{i}.o", $"i{i}.o", "app", 15, 700 + (i * 300));
            foreach (int l in own)
            {
                var files = new List<string>();
                for (int o = 0; o < libraries[l].Length; o++)
                {
                    // The first object is in all builds; of the others one build in four lacks it, and one in four has its own.
                    int fate = o == 0 ? 3 : (libraries[l][o].Seed + (i * 7) + (o * 3)) % 4;
                    if (fate == 0) continue;
                    string path = $"i{i}/l{l}/o{o}.o";
                    files.Add(path);
                    Add(null, path, fate == 1 ? $"{l}.{o}.{i}" : $"{l}.{o}", libraries[l][o].Sections | 1, libraries[l][o].Size + (fate == 1 ? i * 50 : 0));
                }

                inputs.Add(new InputFacts($"i{i}/l{l}/*.o", InputKind.Objects, files.ToEquatableArray()));
            }
        }

        return new BuildsFleet([.. declarations], new FactsFile(inputs.ToEquatableArray(), objects.ToEquatableArray()));

        void Add(string? pattern, string path, string identity, int sections, int size)
        {
            if (pattern is not null) inputs.Add(new InputFacts(pattern, InputKind.Objects, EquatableArray.Of(path)));
            objects.Add(new ObjectFacts(
                path, null, 62, identity, Kinds.Where((_, k) => (sections >> k & 1) != 0).Select((k, n) => new SectionFacts(k.Name, k.Type, k.Flags, (ulong)(size / (n + 1)) + 1, 16, identity)).ToEquatableArray(), default));
        }
    }
}
