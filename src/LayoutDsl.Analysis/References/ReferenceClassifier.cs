using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Analysis.Predicting;
using LayoutDsl.Analysis.Resolution;
using LayoutDsl.Analysis.Sharing;
using LayoutDsl.Model;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Planning;

namespace LayoutDsl.Analysis.References;

/// <summary>Says why a reference does not meet the same in all images, and what would make it.</summary>
internal sealed class ReferenceClassifier
{
    /// <summary>What <see cref="OwnerOf(SymbolDefinition, ImagePlan)"/> says of symbols that no object defines.</summary>
    public const string Linker = "linker";

    private readonly LayoutPlan plan;
    private readonly Dictionary<string, Dictionary<string, string>> owners = new(StringComparer.Ordinal);

    public ReferenceClassifier(LayoutPlan plan) => this.plan = plan;

    /// <summary>The library that defines a symbol; empty for the application, "linker" for what no object defines.</summary>
    public string OwnerOf(SymbolDefinition definition, ImagePlan image) => definition.Object is { } linked ? OwnerOf(linked, image) : Linker;

    /// <summary>The library that an object is of; empty for the application.</summary>
    public string OwnerOf(LinkedObject linked, ImagePlan image)
    {
        if (!owners.TryGetValue(image.Name, out Dictionary<string, string>? known))
        {
            known = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (LibraryPlan library in plan.GetLibraries(image))
            {
                foreach (InputFilePlan file in library.GetFiles(image)) known[file.Path] = library.Name;
            }

            owners.Add(image.Name, known);
        }

        return known.TryGetValue(linked.Object.Path, out string? owner) ? owner : "";
    }

    /// <summary>The way out where a library is not the same in all images.</summary>
    public static string BuildAlike(string library) => $"build the library '{library}' alike for all images";

    /// <summary>Describes an unstable reference.</summary>
    public UnstableReference Describe(LibraryPlan library, PlacedSection from, in ElfRelocation relocation, IReadOnlyList<ReferenceTarget> targets)
    {
        string symbol = FromOf(from, relocation.Offset);
        UnsharedCause cause = Classify(library.Name, from, relocation, targets, $"{symbol} in {from.Object.Object.Name}", symbol);
        bool isFixed = targets.All(t => t.FromAddress == from.Address);
        ReferenceMeeting[] meetings = targets
            .Select(t => new ReferenceMeeting(t.Images, t.Definition.Object?.Object.Name ?? t.Definition.Kind.ToString(), t.Value))
            .ToArray();
        return new UnstableReference(
            library.Name, from.Object.Object.Name, from.Section.Name, relocation.Offset, isFixed ? from.Address + relocation.Offset : null, relocation.Type, cause, meetings);
    }

    /// <summary>Finds the cause.</summary>
    public UnsharedCause Classify(string library, PlacedSection from, in ElfRelocation relocation, IReadOnlyList<ReferenceTarget> targets, string place, string symbol)
    {
        ReferenceTarget first = targets[0];
        ReferenceTarget other = targets.FirstOrDefault(t => t.Value != first.Value) ?? targets[targets.Count - 1];
        string name = first.Definition.Name;
        string section = first.Definition.Object is { } linked && first.Definition.SectionIndex > 0 ? linked.File.Sections[first.Definition.SectionIndex].Name : "COMMON";
        bool isThroughTable = SectionReferences.IsThroughTable(from, relocation, first.Definition);

        // Of a section, which has no name, the place in it is meant.
        ulong addend = isThroughTable || first.Definition.Kind == DefinitionKind.Section ? 0 : (ulong)relocation.Addend;
        string pair = $"{Text(first, addend)}, {Text(other, addend)}";
        string[] providers = targets.Select(t => OwnerOf(t.Definition, t.Image)).Distinct(StringComparer.Ordinal).ToArray();
        bool[] areDefined = targets.Select(t => t.Definition.IsDefined && !(IsMissing(t) && !providers.Contains(""))).Distinct().ToArray();
        if (isThroughTable)
        {
            return Make(UnsharedKind.LinkerTable, $"goes through the linker's table to '{name}', whose entry is elsewhere ({pair})", "give the linker's table room for the entries of the whole fleet: a larger 'reserve' in the section with \".got\"");
        }

        if (areDefined.Length > 1) return Make(UnsharedKind.MissingSymbol, $"refers to '{name}', which some images lack ({pair})", $"define '{name}' in all images that have '{library}', or in none");
        if (providers.Contains(""))
        {
            bool isCode = RelocationTypes.IsCall(relocation.Type) || first.Definition.Type == ElfSymbolType.Function || other.Definition.Type == ElfSymbolType.Function;
            string way = isCode ? $"'indirect {name};'" : $"pass '{name}' to the library at start, or move it into a library";
            return Make(UnsharedKind.ApplicationSymbol, $"refers to '{name}' of the application ({pair})", way);
        }

        if (providers.Contains(Linker)) return Make(UnsharedKind.LinkerSymbol, $"refers to '{name}', which the script defines ({pair})", $"give '{name}' one value: a 'symbol' declaration, or a table that is 'padded'");

        // Builds of one library for each image are different files, but one provider.
        bool isBuilt = providers.Length == 1 && plan.GetLibrary(providers[0]).IsPerImage;
        if (!isBuilt && targets.Select(t => t.Definition.Object?.Object.Name).Distinct(StringComparer.Ordinal).Count() > 1)
        {
            return Make(UnsharedKind.ProviderDiffers, $"refers to '{name}', which different objects define: {first.Definition.Object?.Object.Name} in {first.Images[0]}, {other.Definition.Object?.Object.Name} in {other.Images[0]}", $"take '{name}' from one library in all images");
        }

        return FindTable(first.Definition, first.Image) is not { } table
            ? Make(UnsharedKind.TargetMoves, $"refers to '{name}' ({pair})", BuildAlike(providers[0]))
            : Make(UnsharedKind.UnslottedSection, $"refers to '{name}' in {section}, where libraries have no slots ({pair})", $"give each library a slot there: take 'table' from the section '{table}' of the layout", table);

        UnsharedCause Make(UnsharedKind kind, string text, string suggestion, string? target = null) => new(kind, symbol, target ?? name, $"{place} {text}", AnswerMoves(plan, kind) ?? suggestion);
    }

    /// <summary>The way out where images have addresses of their own, which is why references differ; null where that is not why.</summary>
    public static string? AnswerMoves(LayoutPlan plan, UnsharedKind kind) => (plan.Aslr?.Mode, kind) switch
    {
        (AslrMode.Slide, UnsharedKind.TargetMoves or UnsharedKind.LinkerSymbol) => "addresses are an image's own with 'aslr slide': code that is compiled with -fPIE has few of them, and 'aslr shuffle' puts them together",
        (AslrMode.Shuffle, not UnsharedKind.LinkerTable) => "none: addresses are an image's own with 'aslr shuffle', and the pages that hold them too",
        _ => null,
    };

    /// <summary>The symbol that an offset of a section belongs to, with the offset in it.</summary>
    public static string FromOf(PlacedSection section, ulong offset)
    {
        ElfSymbol? best = null;
        foreach (ElfSymbol candidate in section.Object.Content.Symbols)
        {
            if (candidate.SectionIndex != section.Section.Index || !candidate.IsDefinedInSection || candidate.Value > offset || candidate.Name.Length == 0) continue;
            if (best is not { } known || candidate.Value > known.Value) best = candidate;
        }

        return best is { } found ? FormattableString.Invariant($"{found.Name}+0x{offset - found.Value:x}") : FormattableString.Invariant($"{section.Section.Name}+0x{offset:x}");
    }

    /// <summary>The table that has a definition: in one, a library's part is wherever those before it end.</summary>
    private static string? FindTable(SymbolDefinition definition, ImagePlan image) => image.Slots
        .FirstOrDefault(s => s.Inputs.Any(i => i.Path == definition.Object?.Object.Path
            && (definition.SectionIndex == 0 ? i.Common : i.Sections.Contains(definition.Object.File.Sections[definition.SectionIndex].Name))))
        ?.Section;

    /// <summary>Whether an image gets a symbol as 0 since only others need it (<see cref="Facts.FactsFile.Missing"/>).</summary>
    private bool IsMissing(ReferenceTarget target) =>
        target.Definition.Kind == DefinitionKind.Provided && plan.Symbols.Any(s => s is { IsProvided: true, Value: 0 } && s.Name == target.Definition.Name);

    private static string Text(ReferenceTarget target, ulong addend) =>
        target.Images[0] + (target.Value is { } value ? FormattableString.Invariant($": 0x{unchecked(value - addend):x}") : ": not there");
}
