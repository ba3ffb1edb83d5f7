using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Model;
using LayoutDsl.Text;

namespace LayoutDsl.Planning;

/// <summary>Finds the section that an input section belongs to. The most specific pattern wins: an exact name, else the one with most fixed characters.</summary>
internal sealed class SectionMatcher
{
    private readonly (BoundPattern Pattern, BoundSection? Section)[] wildcards;
    private readonly Dictionary<string, (BoundPattern Pattern, BoundSection? Section)> exact = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Match?> cache = new(StringComparer.Ordinal);
    private readonly HashSet<BoundPattern> used = new();

    public SectionMatcher(BoundLayout layout)
    {
        var all = layout.Discards.Select(p => (p, (BoundSection?)null))
            .Concat(layout.Sections.SelectMany(s => s.Patterns.Select(p => (p, (BoundSection?)s))))
            .ToArray();
        foreach ((BoundPattern pattern, BoundSection? section) in all.Where(e => !Glob.HasWildcards(e.p.Text)))
        {
            if (!exact.ContainsKey(pattern.Text)) exact.Add(pattern.Text, (pattern, section));
        }

        wildcards = all.Where(e => Glob.HasWildcards(e.p.Text)).OrderByDescending(e => FixedCharacters(e.p.Text)).ToArray();
    }

    /// <summary>Where a name goes; a null section means that it is discarded.</summary>
    public sealed record Match(BoundSection? Section);

    /// <summary>The place of a name, or null when no pattern matches.</summary>
    public Match? Find(string name)
    {
        if (cache.TryGetValue(name, out Match? known)) return known;
        Match? match = null;
        if (exact.TryGetValue(name, out (BoundPattern Pattern, BoundSection? Section) found))
        {
            used.Add(found.Pattern);
            match = new Match(found.Section);
        }
        else
        {
            foreach ((BoundPattern pattern, BoundSection? section) in wildcards)
            {
                if (name == SectionPlan.Common || !Glob.IsMatch(pattern.Text, name)) continue;
                used.Add(pattern);
                match = new Match(section);
                break;
            }
        }

        return cache[name] = match;
    }

    /// <summary>Whether a pattern was the one that decided for some name.</summary>
    public bool WasUsed(BoundPattern pattern) => used.Contains(pattern);

    private static int FixedCharacters(string pattern) => pattern.Count(c => c is not ('*' or '?'));
}
