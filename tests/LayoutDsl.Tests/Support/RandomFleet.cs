using System.Collections.Generic;
using System.Linq;
using CsCheck;
using LayoutDsl.Facts;
using LayoutDsl.Model;
using LayoutDsl.Text;

namespace LayoutDsl.Tests.Support;

/// <summary>A layout without mistakes, with facts of all its objects.</summary>
internal sealed record RandomFleet(string[] Declarations, FactsFile Facts)
{
    private static readonly string[] Frame =
    [
        "layout Test.Fleet;", "region ram (rwx) { origin 1MiB; length 1TiB; }",
        "section text (rx) { \".text\" \".text.*\" }", "section stubs (rx) { \".stub*\" }", "section rodata (r) { \".rodata*\" }", "section notes (r) { \".note.*\" }",
        "section data (rw) { \".data*\" }", "section bss (rw) { zero \".bss*\" \"COMMON\" }",
        "section inits (r) { table keep sort(\".init_array.*\") \".init_array\" bounds __init_start __init_end }",
        "section hooks (rw) { table \".hooks\" }", "section heap (rw) { zero table reserve 10000 \".heap\" bounds __heap __heap_end }", "discard \".junk\";",
    ];

    private static readonly Gen<SectionFacts> Section =
        Gen.Select(
            Gen.OneOf(
                (".text", 1u, 6ul), (".text.hot", 1u, 6ul), (".stub.a", 1u, 6ul), (".rodata", 1u, 2ul), (".rodata.str", 1u, 0x32ul), (".note.id", 7u, 2ul), (".data", 1u, 3ul), (".data.rel", 1u, 3ul),
                (".bss", 8u, 3ul), (".bss.x", 8u, 3ul), (".init_array", 14u, 2ul), (".init_array.00010", 14u, 2ul), (".hooks", 1u, 3ul), (".junk", 1u, 3ul)),
            Gen.Frequency((1, Gen.Const(0)), (4, Gen.Int[1, 300]), (3, Gen.Int[301, 20_000])),
            Gen.Frequency((8, Gen.Int[0, 6]), (1, Gen.Int[7, 13])),
            (kind, size, bits) => new SectionFacts(kind.Item1, kind.Item2, kind.Item3, (ulong)size, 1UL << bits));

    private static readonly Gen<CommonFacts> Common = Gen.Select(Gen.Int[1, 5000], Gen.Int[0, 6], (size, bits) => new CommonFacts("c", (ulong)size, 1UL << bits));

    private static readonly Gen<(SectionFacts[] Sections, CommonFacts[] Commons)> Object = Gen.Select(Section.Array[0, 5], Common.Array[0, 1]);

    /// <summary>Any fleet of up to six libraries and six images or families.</summary>
    public static Gen<RandomFleet> Any { get; } = Gen.Select(
        Gen.Select(Gen.Int[0, 63], Gen.Int[0, 3], Gen.Int[0, 2]).Array[1, 6],
        Gen.Select(Object.Array[1, 3], Gen.Int[0, 2]).Array[0, 6],
        Object.Array[24],
        Gen.Select(Gen.OneOf("*", "l0", "l1", "i0", "f1"), Gen.OneOf("*", "text", "data", "bss", "inits"), Gen.Int[0, 15]).Array[0, 6],
        Gen.OneOf("4KiB", "16KiB", "64KiB"),
        Gen.OneOf("", "place images from 2MiB + 512GiB;", "place images; place libraries after images;"),
        Make);

    public string Text => string.Join("\n", Declarations);

    /// <summary>The same with members of archives, each of which so many images need, and images without what they do not reach.</summary>
    public RandomFleet WithMembers()
    {
        string[] declarations = [.. Declarations.Select(d => d.StartsWith("target", System.StringComparison.Ordinal) ? d.Replace("}", "unreached dropped; }") : d.Replace("{ archive ", "{ members "))];
        ObjectFacts[] objects = [.. Facts.Objects.Select(o => o.Member is { } member ? o with { Path = $"obj/{o.Path}/{member}", Member = null } : o)];
        InputFacts[] inputs = [.. Facts.Inputs.Select(i => i.Kind == InputKind.Archive ? ToMembers(i) : i)];
        return new RandomFleet(declarations, Facts with { Inputs = inputs.ToEquatableArray(), Objects = objects.ToEquatableArray() });

        InputFacts ToMembers(InputFacts archive)
        {
            string[] files = [.. objects.Select(o => o.Path).Where(p => p.StartsWith($"obj/{archive.Pattern}/", System.StringComparison.Ordinal))];
            return new InputFacts(archive.Pattern, InputKind.Members, files.ToEquatableArray()) { Needs = files.Select((_, i) => 1 + (i * 2)).ToEquatableArray() };
        }
    }

    public override string ToString() => Text + "\n" + FactsText.Write(Facts);

    private static RandomFleet Make(
        (int Uses, int Members, int Objects)[] images,
        ((SectionFacts[] Sections, CommonFacts[] Commons)[] Objects, int Headroom)[] libraries,
        (SectionFacts[] Sections, CommonFacts[] Commons)[] applications,
        (string Owner, string Section, int Bits)[] rules,
        string page,
        string place)
    {
        var declarations = new List<string>(Frame) { $"target x86_64 {{ page {page}; }}" };
        if (place.Length > 0) declarations.Add(place);
        var inputs = new List<InputFacts>();
        var objects = new List<ObjectFacts>();
        var names = new HashSet<string> { "*" };
        for (int l = 0; l < libraries.Length; l++)
        {
            names.Add($"l{l}");
            declarations.Add($"library l{l} {{ archive \"l{l}.a\"; headroom {libraries[l].Headroom * 7}%; }}");
            inputs.Add(new InputFacts($"l{l}.a", InputKind.Archive, EquatableArray.Of($"l{l}.a")));
            objects.AddRange(libraries[l].Objects.Select((o, i) => ToFacts($"l{l}.a", $"m{i}.o", o)));
        }

        for (int i = 0; i < images.Length; i++)
        {
            string[] uses = Enumerable.Range(0, libraries.Length).Where(l => (images[i].Uses >> l & 1) != 0).Select(l => $"l{l}").ToArray();
            string usesText = uses.Length == 0 ? "" : $"uses {string.Join(", ", uses)}; ";
            bool isFamily = images[i].Members > 0;
            string name = (isFamily ? "f" : "i") + i;
            names.Add(name);
            declarations.Add(isFamily ? $"image {name}[1..{images[i].Members}] {{ {usesText}objects \"{name}_{{n}}.o\"; }}" : $"image {name} {{ {usesText}objects \"{name}.o\"; }}");
            foreach (string file in isFamily ? Enumerable.Range(1, images[i].Members).Select(n => $"{name}_{n}.o") : [$"{name}.o"])
            {
                inputs.Add(new InputFacts(file, InputKind.Objects, EquatableArray.Of(file)));
                objects.Add(ToFacts(file, null, applications[objects.Count % applications.Length]));
            }
        }

        foreach ((string owner, string section, int bits) in rules.DistinctBy(r => (r.Owner, r.Section)).Where(r => names.Contains(r.Owner)))
        {
            declarations.Add($"align {{ {owner}.{section}: {1 << bits}; }}");
        }

        return new RandomFleet([.. declarations], new FactsFile(inputs.ToEquatableArray(), objects.ToEquatableArray()));
    }

    private static ObjectFacts ToFacts(string path, string? member, (SectionFacts[] Sections, CommonFacts[] Commons) content) =>
        new(path, member, 62, "00", new EquatableArray<SectionFacts>(content.Sections), new EquatableArray<CommonFacts>(content.Commons));
}
