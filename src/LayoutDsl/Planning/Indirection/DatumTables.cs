using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Facts;
using LayoutDsl.Locking;
using LayoutDsl.Model;
using LayoutDsl.Text;

namespace LayoutDsl.Planning.Indirection;

/// <summary>
/// Gives a datum that libraries refer to and that is not the same in all images one address in all of them: a table of its own, as the layout could declare one.
/// That needs an input section with nothing but the datum, as compilers write with <c>-fdata-sections</c>.
/// </summary>
internal static class DatumTables
{
    private const string Prefix = "datum_";

    /// <summary>The name of a datum's table.</summary>
    public static string NameOf(string symbol) => Prefix + symbol;

    /// <summary>The layout with such tables, those of a lock included.</summary>
    public static BoundLayout Add(BoundLayout layout, FleetSymbols symbols, LockFile? locked)
    {
        var matcher = new SectionMatcher(layout);
        var taken = new HashSet<string>(layout.Sections.Select(s => s.Name), StringComparer.Ordinal);
        var exact = new HashSet<string>(layout.Sections.SelectMany(s => s.Patterns).Concat(layout.Discards).Select(p => p.Text), StringComparer.Ordinal);
        var added = new List<BoundSection>();
        IEnumerable<string> unstable = UnstableReferences.Find(layout, symbols, new ReferenceTargets(layout, symbols)).Pages.Values.SelectMany(p => p.References).Where(r => !r.IsCode)
            .GroupBy(r => r.Symbol, StringComparer.Ordinal)
            .Where(g => !g.Any(r => r.Providers.Any(p => p.IsMissing)) || symbols.MayBeAnywhere(g.Key))
            .Select(g => g.Key);
        IEnumerable<string> known = (locked ?? LockFile.Empty).Slots.Where(s => s.Owner.Length == 0 && s.Section.StartsWith(Prefix, StringComparison.Ordinal)).Select(s => s.Section.Substring(Prefix.Length));
        foreach (string symbol in unstable.Concat(known).Distinct().OrderBy(s => s, StringComparer.Ordinal))
        {
            string name = NameOf(symbol);
            string[] sections = FindSections(symbol, symbols);
            BoundSection?[] targets = sections.Select(s => matcher.Find(s)?.Section).Distinct().ToArray();

            // Each image has at most one of them: at offset zero of the table, wherever it comes from.
            if (sections.Length == 0 || targets.Any(t => t is not { IsTable: false, Role: SectionRole.Ordinary })) continue;
            if (targets.Select(t => t!.Permissions).Distinct().Count() > 1 || sections.Any(exact.Contains) || !taken.Add(name)) continue;
            added.Add(targets[0]! with
            {
                Name = name,
                Patterns = sections.Select(s => new BoundPattern(s, false, targets[0]!.Location)).ToEquatableArray(),
                IsZero = targets.All(t => t!.IsZero),
                IsTable = true,
                Documentation = $"'{symbol}', at one address in all images.",
            });
        }

        return added.Count == 0 ? layout : layout with { Sections = layout.Sections.Concat(added).OrderBy(s => s.Name, StringComparer.Ordinal).ToEquatableArray() };
    }

    /// <summary>Whether a datum has a table of its own, of these or of the layout: then it is at one address in all images, at the start of the table.</summary>
    public static bool IsFixed(string symbol, FleetSymbols symbols, SectionMatcher matcher)
    {
        string[] sections = FindSections(symbol, symbols);
        BoundSection?[] targets = sections.Select(s => matcher.Find(s)?.Section).Distinct().ToArray();
        return targets.Length == 1 && targets[0] is { IsTable: true } table && table.Patterns.All(p => sections.Contains(p.Text));
    }

    /// <summary>The names of the input sections that hold a datum and nothing else; none when some definition of it is not alone.</summary>
    private static string[] FindSections(string symbol, FleetSymbols symbols)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (ObjectFacts item in symbols.Objects.Select(o => o.Facts))
        {
            if (item.Commons.Any(c => c.Name == symbol)) return Array.Empty<string>();
            if (item.Symbols?.Definitions.FirstOrDefault(d => d.Name == symbol) is not { } definition) continue;
            if (definition.Section < 0 || item.Symbols.Definitions.Count(d => d.Section == definition.Section) > 1) return Array.Empty<string>();
            string section = item.Sections[definition.Section].Name;
            if (!section.EndsWith("." + symbol, StringComparison.Ordinal)) return Array.Empty<string>();
            found.Add(section);
        }

        return found.ToArray();
    }
}
