using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using LayoutDsl.Analysis.Resolution;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Tests.Resolution;

/// <summary>What ld did: the trace of files, the map and the linked program.</summary>
internal sealed partial class LinkJudge
{
    private HashSet<string> discarded = [];
    private readonly Dictionary<string, List<ulong>> sections = [];
    private ILookup<string, ElfSymbol> symbols = Array.Empty<ElfSymbol>().ToLookup(s => s.Name);
    private ulong tlsStart;

    /// <summary>The objects in link order, members as "(archive)member".</summary>
    public IReadOnlyList<string> Objects { get; private set; } = [];

    /// <summary>"archive(member) file (symbol)" for each pulled member.</summary>
    public IReadOnlyList<string> Reasons { get; private set; } = [];

    public IReadOnlyList<string> Undefined { get; private set; } = [];

    public IReadOnlyList<string> Multiple { get; private set; } = [];

    /// <summary>How many global definitions were compared by address.</summary>
    public int ComparedDefinitions { get; private set; }

    public static LinkJudge Read(string log, string map, ElfFile image)
    {
        Assert.True(image.TryReadSymbols(out IReadOnlyList<ElfSymbol>? symbols, out _));
        var judge = new LinkJudge
        {
            Objects = Trace().Matches(log).Select(m => m.Value).ToArray(),
            Reasons = Pulled().Matches(Part(map, "Archive member included", "\nDiscarded input", "\nMemory Configuration", "\nAs-needed"))
                .Select(m => $"{m.Groups[1].Value} {m.Groups[2].Value}({m.Groups[3].Value})").ToArray(),
            Undefined = Names(UndefinedMessage(), log),
            Multiple = Names(MultipleMessage(), log),
            symbols = symbols.Where(s => !s.IsUndefined).ToLookup(s => s.Name, StringComparer.Ordinal),
            discarded = [.. Discarded(map)],
            tlsStart = image.Segments.FirstOrDefault(s => s.Type == ElfSegmentType.Tls)?.VirtualAddress ?? 0,
        };
        foreach (Match match in Section().Matches(Part(map, "\nLinker script and memory map")))
        {
            string key = $"{match.Groups[4].Value}:{match.Groups[1].Value}";
            if (!judge.sections.TryGetValue(key, out List<ulong>? addresses)) judge.sections.Add(key, addresses = []);
            addresses.Add(ulong.Parse(match.Groups[2].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        }

        return judge;
    }

    /// <summary>The sections that ld dropped, as "object:section".</summary>
    public static string[] Discarded(string map) =>
        Section().Matches(Part(map, "\nDiscarded input sections", "\nMemory Configuration")).Select(m => $"{m.Groups[4].Value}:{m.Groups[1].Value}").ToArray();

    public void AssertAgrees(LinkResolution ours)
    {
        Assert.Equal(Objects, LinkCase.Names(ours));
        string[] reasons = ours.Objects.Where(o => o.Cause is not (PullCause.Input or PullCause.Forced)).Select(Reason).ToArray();
        Assert.Equal(Reasons.Zip(reasons.Concat(Reasons), WithoutVersion), reasons);
        Assert.Equal(Undefined, Sorted(ours.UndefinedReferences.Where(u => u.IsUsed).Select(u => u.Name)));
        Assert.Equal(Multiple, Sorted(ours.MultipleDefinitions.Select(m => m.Name)));
        foreach (IGrouping<string, LinkedObject> same in ours.Objects.GroupBy(o => o.Object.Name))
        {
            // The map does not tell the copies of an object that is linked twice apart.
            if (same.Count() == 1) AssertSections(same.Single());
        }

        foreach (SymbolDefinition definition in ours.Globals) AssertDefinition(definition);
        HashSet<string> known = ours.Globals.Where(g => g.IsDefined).Select(g => g.Name).ToHashSet(StringComparer.Ordinal);
        Assert.All(symbols.SelectMany(s => s).Where(s => s.Binding != ElfSymbolBinding.Local), s => Assert.Contains(s.Name, known));
    }

    private static string Reason(LinkedObject linked)
    {
        string by = linked.By is null ? "" : linked.By.Object.Name + " ";
        return $"{linked.Object.Name} {by}({(linked.Cause == PullCause.WholeArchive ? "--whole-archive" : linked.Symbol)})";
    }

    /// <summary>Of a default version ld names the definition ("f@@V") and forgets who referred to "f" or "f@V"; we do not.</summary>
    private static string WithoutVersion(string ld, string ours) =>
        ld.Contains("@@", StringComparison.Ordinal) && ours.Split(' ')[0] == ld.Split(' ')[0] && ours.Split('(')[^1].Trim(')').Split('@')[0] == ld.Split('(')[^1].Split('@')[0] ? ours : ld;

    private static string[] Sorted(IEnumerable<string> names) => names.Select(n => n.Split('@')[0]).Distinct().Order(StringComparer.Ordinal).ToArray();

    private static string[] Names(Regex message, string log) => Sorted(message.Matches(log).Select(m => m.Groups[1].Value));

    private static string Part(string map, string start, params string[] ends)
    {
        int from = map.IndexOf(start, StringComparison.Ordinal);
        if (from < 0) return "";
        int to = ends.Select(e => map.IndexOf(e, from + 1, StringComparison.Ordinal)).Where(i => i >= 0).DefaultIfEmpty(map.Length).Min();
        return map[from..to];
    }

    /// <summary>The sections of COMDAT groups: dropped by ld exactly when we say so. The map tells sections of one name in one object not apart.</summary>
    private void AssertSections(LinkedObject linked)
    {
        Assert.True(linked.File.TryReadSectionGroups(out IReadOnlyList<ElfSectionGroup>? groups, out _));
        foreach (ElfSection section in groups.SelectMany(g => g.Members).Select(m => linked.File.Sections[m]).Where(s => s.IsAllocated))
        {
            bool isDiscarded = discarded.Contains($"{linked.Object.Name}:{section.Name}");
            Assert.True(isDiscarded != linked.IsKept(section.Index), $"{linked.Object.Name} {section.Name}: ld {(isDiscarded ? "drops" : "keeps")} it");
        }
    }

    private void AssertDefinition(SymbolDefinition definition)
    {
        ElfSymbol[] candidates = symbols[definition.Name].ToArray();
        if (!definition.IsDefined)
        {
            Assert.DoesNotContain(candidates, s => s.Binding != ElfSymbolBinding.Local);
            return;
        }

        // A symbol that nothing refers to may be left out when its definition is the linker's own.
        if (candidates.Length == 0 && definition.Kind is DefinitionKind.Provided or DefinitionKind.Linker) return;
        Assert.True(candidates.Length > 0, $"{definition} is not in the program");
        if (definition.Object is null) return;
        if (definition.IsAbsolute)
        {
            Assert.Contains(candidates, s => s.Value == definition.Value);
            return;
        }

        // Taking the address of an IFUNC makes it a function in the PLT; its name then says nothing about who defines it.
        if (definition.IsIndirectFunction && candidates.All(s => s.Type != ElfSymbolType.GnuIndirectFunction)) return;
        ElfFile file = definition.Object.File;
        string name = definition.Kind == DefinitionKind.Common ? "COMMON" : file.Sections[definition.SectionIndex].Name;
        if (definition.Kind != DefinitionKind.Common && (file.Sections[definition.SectionIndex].Flags & ElfSectionFlags.Merge) != 0) return;
        Assert.True(sections.TryGetValue($"{definition.Object.Object.Name}:{name}", out List<ulong>? starts), $"{definition}: no {name} in the map");
        ComparedDefinitions++;
        Assert.True(
            candidates.Any(s => starts.Any(start => IsAt(s, start, definition))),
            $"{definition} {name}+{definition.Value:x} at {string.Join(",", starts.Select(s => s.ToString("x", CultureInfo.InvariantCulture)))}: ld has {string.Join(",", candidates.Select(s => s.ToString()))}");
        if (definition.Kind == DefinitionKind.Common) Assert.Contains(candidates, s => s.Size == definition.Size && s.Value % definition.Alignment == 0);
    }

    private bool IsAt(in ElfSymbol symbol, ulong start, SymbolDefinition definition)
    {
        ulong address = symbol.Type == ElfSymbolType.Tls ? symbol.Value + tlsStart : symbol.Value;

        // Where in an object's common blocks one lies is for ld to say.
        return definition.Value is { } offset ? address == start + offset : address >= start;
    }

    [GeneratedRegex(@"^(\([^)\n]+\.a\)\S+|\S+\.o)$", RegexOptions.Multiline)]
    private static partial Regex Trace();

    [GeneratedRegex(@"^(\S+\.a\(.+?\))\s+(\S+ )?\((\S+)\)$", RegexOptions.Multiline)]
    private static partial Regex Pulled();

    [GeneratedRegex(@"^ (\S+)\s+0x([0-9a-f]+)\s+0x([0-9a-f]+) (\S.*)$", RegexOptions.Multiline)]
    private static partial Regex Section();

    [GeneratedRegex("undefined reference to `(.*)'$", RegexOptions.Multiline)]
    private static partial Regex UndefinedMessage();

    [GeneratedRegex("multiple definition of `(.*?)'(;|$)", RegexOptions.Multiline)]
    private static partial Regex MultipleMessage();
}
