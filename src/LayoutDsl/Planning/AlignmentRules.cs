using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Diagnostics;
using LayoutDsl.Model;

namespace LayoutDsl.Planning;

/// <summary>Finds the alignment of a slot. The most specific rule wins: <c>a.b</c>, then <c>a.*</c>, then <c>*.b</c>, then <c>*.*</c>.</summary>
internal sealed class AlignmentRules
{
    private readonly Dictionary<(string, string), BoundAlignment> rules;
    private readonly HashSet<BoundAlignment> used = new();
    private readonly DiagnosticBag bag;

    public AlignmentRules(IEnumerable<BoundAlignment> rules, DiagnosticBag bag)
    {
        this.rules = rules.ToDictionary(r => (r.Owner ?? "*", r.Section ?? "*"));
        this.bag = bag;
    }

    /// <summary>The alignment in bytes: that of the rule, at least what the objects need.</summary>
    public ulong Find(string owner, string section, ulong needed)
    {
        if (!rules.TryGetValue((owner, section), out BoundAlignment? rule)
            && !rules.TryGetValue((owner, "*"), out rule)
            && !rules.TryGetValue(("*", section), out rule)
            && !rules.TryGetValue(("*", "*"), out rule)) return needed;
        used.Add(rule);
        if (rule.Bytes >= needed) return rule.Bytes;
        if (rule.Owner is not null && rule.Section is not null) bag.ReportAlignmentRaised(rule.Location, $"{owner}.{section}", rule.Bytes, needed);
        return needed;
    }

    /// <summary>Reports the rules that decided for nothing.</summary>
    public void ReportUnused()
    {
        foreach (BoundAlignment rule in rules.Values.Where(r => !used.Contains(r))) bag.ReportUnusedAlignmentRule(rule.Location, $"{rule.Owner ?? "*"}.{rule.Section ?? "*"}");
    }
}
