using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Facts;
using LayoutDsl.Model;
using LayoutDsl.Text;

namespace LayoutDsl.Tests.Support;

/// <summary>Builds facts the way measuring does: objects of their own, and archives with members.</summary>
internal sealed class Measured
{
    private readonly List<InputFacts> inputs = [];
    private readonly List<ObjectFacts> objects = [];

    public static SectionFacts Code(ulong size, string name = ".text", ulong alignment = 16) => new(name, 1, 6, size, alignment);

    public static SectionFacts ReadOnly(ulong size, string name = ".rodata", ulong alignment = 8) => new(name, 1, 2, size, alignment);

    public static SectionFacts Data(ulong size, string name = ".data", ulong alignment = 8) => new(name, 1, 3, size, alignment);

    public static SectionFacts Zeroed(ulong size, string name = ".bss", ulong alignment = 8) => new(name, 8, 3, size, alignment);

    public static SectionFacts Note(ulong size, string name = ".note.id") => new(name, 7, 2, size, 4);

    public Measured Object(string path, params SectionFacts[] sections) => Add(path, null, 62, sections, []);

    public Measured Object(string path, int machine, params SectionFacts[] sections) => Add(path, null, machine, sections, []);

    public Measured Common(string path, params CommonFacts[] commons) => Add(path, null, 62, [], commons);

    public Measured Member(string archive, string member, params SectionFacts[] sections) => Add(archive, member, 62, sections, []);

    /// <summary>Adds functions that are chosen at start to the last object; names with one number are one function.</summary>
    public Measured Indirect(params (string Name, int Resolver)[] functions)
    {
        objects[^1] = objects[^1] with { IndirectFunctions = functions.Select(f => new IndirectFunctionFacts(f.Name, f.Resolver)).ToEquatableArray() };
        return this;
    }

    /// <summary>Adds what the last object defines and refers to.</summary>
    public Measured Symbols(DefinitionFacts[] definitions, ReferenceFacts[] references)
    {
        objects[^1] = objects[^1] with { Symbols = new SymbolFacts(definitions.ToEquatableArray(), references.ToEquatableArray()) };
        return this;
    }

    /// <summary>A pattern with wildcards, and what it stands for.</summary>
    public Measured Pattern(string pattern, params string[] files)
    {
        inputs.Add(new InputFacts(pattern, InputKind.Objects, files.ToEquatableArray()));
        return this;
    }

    public FactsFile ToFacts() => new(inputs.ToEquatableArray(), objects.ToEquatableArray());

    public static implicit operator FactsFile(Measured measured) => measured.ToFacts();

    private Measured Add(string path, string? member, int machine, SectionFacts[] sections, CommonFacts[] commons)
    {
        if (!inputs.Any(i => i.Pattern == path)) inputs.Add(new InputFacts(path, member is not null ? InputKind.Archive : InputKind.Objects, EquatableArray.Of(path)));
        objects.Add(new ObjectFacts(path, member, machine, "00", new EquatableArray<SectionFacts>(sections), new EquatableArray<CommonFacts>(commons)));
        return this;
    }
}
