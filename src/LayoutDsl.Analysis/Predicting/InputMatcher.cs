using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using LayoutDsl.Analysis.Resolution;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Text;

namespace LayoutDsl.Analysis.Predicting;

/// <summary>Sorts the input sections of a link into the input statements of its script: each goes to the first that matches (ld manual: Input Section Basics).</summary>
internal sealed class InputMatcher
{
    private readonly IReadOnlyList<LinkedObject> objects;
    private readonly ILookup<string, LinkedObject> byName;
    private readonly HashSet<(int Object, int Section)> taken = new();
    private readonly HashSet<int> commonsTaken = new();

    public InputMatcher(IReadOnlyList<LinkedObject> objects)
    {
        this.objects = objects;
        byName = objects.ToLookup(NameOf, StringComparer.Ordinal);
    }

    /// <summary>The sections that a statement takes, in the order in which they are laid out; common symbols as section 0.</summary>
    public IReadOnlyList<(LinkedObject Object, int Section)> Match(ScriptInput statement)
    {
        var found = new List<(LinkedObject Object, int Section)>();
        foreach (LinkedObject linked in Files(statement.File))
        {
            foreach (ElfSection section in linked.File.Sections)
            {
                if (!IsInput(linked, section) || !statement.Patterns.Any(p => Matches(p, section.Name))) continue;
                if (taken.Add((linked.Index, section.Index))) found.Add((linked, section.Index));
            }

            if (statement.Patterns.Any(p => p.Text == "COMMON") && linked.Content.Symbols.Any(s => s.IsCommon) && commonsTaken.Add(linked.Index)) found.Add((linked, 0));
        }

        if (statement.Patterns.All(p => p.Sort == ScriptSort.None)) return found;
        if (statement.Patterns.Count > 1) throw new PredictionException("a statement of the script has several patterns, of which some are sorted");
        return statement.Patterns[0].Sort == ScriptSort.Name
            ? found.OrderBy(f => f.Object.File.Sections[f.Section].Name, StringComparer.Ordinal).ToArray()
            : found.OrderBy(f => PriorityOf(f.Object.File.Sections[f.Section].Name)).ThenBy(f => f.Object.File.Sections[f.Section].Name, StringComparer.Ordinal).ToArray();
    }

    /// <summary>Whether a section is one that scripts place: groups, tables of symbols and relocations are the linker's.</summary>
    public static bool IsInput(LinkedObject linked, ElfSection section) =>
        section.Index > 0
        && section.Type is not (ElfSectionType.Null or ElfSectionType.SymbolTable or ElfSectionType.StringTable or ElfSectionType.Rela or ElfSectionType.Rel or ElfSectionType.Group)
        && linked.IsKept(section.Index);

    private static string NameOf(LinkedObject linked) => linked.Object.Member is { } member ? $"{linked.Object.Path}:{member}" : linked.Object.Path;

    private static bool Matches(ScriptPattern pattern, string name) => pattern.Text.IndexOfAny(['*', '?', '[']) < 0 ? pattern.Text == name : Glob.IsMatch(pattern.Text, name);

    private IEnumerable<LinkedObject> Files(string pattern)
    {
        if (pattern == "*") return objects;
        if (pattern.IndexOf('*') < 0 && pattern.IndexOf('?') < 0) return byName[pattern];
        int star = pattern.IndexOf('*');
        return star == pattern.Length - 1
            ? objects.Where(o => o.Object.Member is null && o.Object.Path.StartsWith(pattern.Substring(0, star), StringComparison.Ordinal))
            : objects.Where(o => o.Object.Member is null && Glob.IsMatch(pattern, o.Object.Path));
    }

    /// <summary>The number at the end of the name; names without one come last (ld: get_init_priority).</summary>
    private static int PriorityOf(string name)
    {
        int dot = name.LastIndexOf('.');
        if (dot < 0 || !int.TryParse(name.Substring(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number)) return int.MaxValue;
        bool isReversed = name.StartsWith(".ctors", StringComparison.Ordinal) || name.StartsWith(".dtors", StringComparison.Ordinal);
        return isReversed ? 65535 - number : number;
    }
}
