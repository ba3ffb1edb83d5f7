using System.Collections.Generic;
using LayoutDsl.Diagnostics;
using LayoutDsl.Model;

namespace LayoutDsl.Planning;

/// <summary>Finds the alignment of a slot.</summary>
internal sealed class AlignmentRules
{
    private readonly SlotRules<BoundAlignment> rules;
    private readonly DiagnosticBag bag;

    public AlignmentRules(IEnumerable<BoundAlignment> rules, DiagnosticBag bag)
    {
        this.rules = new SlotRules<BoundAlignment>(rules);
        this.bag = bag;
    }

    /// <summary>The alignment in bytes: that of the rule, at least what the objects need.</summary>
    public ulong Find(string owner, string section, ulong needed)
    {
        if (rules.Find(owner, section) is not { } rule) return needed;
        if (rule.Bytes >= needed) return rule.Bytes;
        if (rule.Owner is not null && rule.Section is not null) bag.ReportAlignmentRaised(rule.Location, $"{owner}.{section}", rule.Bytes, needed);
        return needed;
    }

    /// <summary>Reports the rules that decided for nothing.</summary>
    public void ReportUnused()
    {
        foreach (BoundAlignment rule in rules.Unused) bag.ReportUnusedAlignmentRule(rule.Location, SlotRules<BoundAlignment>.Describe(rule));
    }
}
