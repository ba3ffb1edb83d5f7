using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Model;
using LayoutDsl.Syntax;
using LayoutDsl.Text;

namespace LayoutDsl.Binding;

/// <content>How addresses differ between images.</content>
public sealed partial class LayoutBinder
{
    private static readonly Dictionary<string, AslrMode> AslrModes = new(StringComparer.Ordinal)
    {
        ["none"] = AslrMode.None,
        ["slide"] = AslrMode.Slide,
        ["shuffle"] = AslrMode.Shuffle,
    };

    /// <summary>What those write who want position-independent programs.</summary>
    private static readonly string[] LoadModes = { "pie", "static_pie", "load" };

    private BoundAslr? BindAslr(BoundTarget target, EquatableArray<BoundRegion> regions, EquatableArray<BoundLibrary> libraries)
    {
        (SourcedDeclaration source, AslrSyntax syntax) = TakeOnly<AslrSyntax>("the 'aslr' declaration", a => a.Mode);
        if (syntax is null) return null;
        SourceLocation location = source.Locate(syntax.Mode.Span);
        string name = parameters.Find(syntax.Mode.Text)?.Text ?? syntax.Mode.Text;
        if (!AslrModes.TryGetValue(name, out AslrMode mode) && LoadModes.Contains(name)) bag.ReportMovesAtLoad(location, name);
        else if (!AslrModes.ContainsKey(name)) bag.ReportUnknownName(location, "mode of 'aslr'", name, AslrModes.Keys);
        var properties = new PropertyReader(source, "aslr declaration", syntax.Properties, new[] { "seed", "granularity", "within", "tables" }, new[] { "fixed" }, constants, bag);
        if (mode != AslrMode.None && !properties.Has("seed")) bag.ReportMissingProperty(location, "the 'aslr' declaration", "seed", "seed 42;");
        ulong granularity = properties.Has("granularity") ? properties.Number("granularity") ?? target.Page : target.Page;
        if (!Alignment.IsPowerOfTwo(granularity)) bag.ReportNotAPowerOfTwo(properties.LocateValue("granularity"), granularity);
        else if (granularity < target.Page) bag.ReportValueOutOfRange(properties.LocateValue("granularity"), "pages cannot move by less than their size", "write a multiple of the page size");
        string? region = properties.NameOrText("within") is { } value ? ScriptBinder.TextOf(value) : null;
        if (region is not null && regions.All(r => r.Name != region)) bag.ReportUnknownName(properties.LocateValue("within"), "region", region, regions.Select(r => r.Name).ToArray());
        string[] known = libraries.Select(l => l.Name).ToArray();
        NameSyntax[] fixedLibraries = properties.Names("fixed").ToArray();
        foreach (NameSyntax library in fixedLibraries.Where(l => !known.Contains(l.Text))) bag.ReportUnknownName(source.Locate(library.Span), "library", library.Text, known);
        var sorted = fixedLibraries.Select(l => l.Text).Distinct(StringComparer.Ordinal).OrderBy(l => l, StringComparer.Ordinal).ToEquatableArray();
        return new BoundAslr(mode, ReadSeed(source, syntax, properties), granularity, region, sorted, AreTablesApart(properties), location);
    }

    private bool AreTablesApart(PropertyReader properties)
    {
        if (properties.NameOrText("tables") is not { } value) return false;
        string word = ScriptBinder.TextOf(value);
        if (word is not ("packed" or "apart")) bag.ReportUnknownName(properties.LocateValue("tables"), "way to place 'tables'", word, new[] { "packed", "apart" });
        return word == "apart";
    }

    /// <summary>A number, or a text in which parameters have their values.</summary>
    private string ReadSeed(SourcedDeclaration source, AslrSyntax syntax, PropertyReader properties)
    {
        if (syntax.Properties.FirstOrDefault(p => p.From is not null && p.Name.Text != "seed") is { } wrong) bag.ReportWrongValue(source.Locate(wrong.From!.Span), "a value");
        if (!properties.Has("seed")) return "";
        bool isText = syntax.Properties.First(p => p.Name.Text == "seed").From is not null;
        return isText ? string.Concat(properties.Texts("seed").Select(t => parameters.Expand(t.Value))) : FormattableString.Invariant($"{properties.Number("seed")}");
    }
}
