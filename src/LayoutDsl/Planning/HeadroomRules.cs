using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Diagnostics;
using LayoutDsl.Model;

namespace LayoutDsl.Planning;

/// <summary>Finds the room that a slot of a library gets to grow.</summary>
internal sealed class HeadroomRules
{
    private readonly SlotRules<BoundHeadroom> rules;
    private readonly HashSet<string> libraries;
    private readonly DiagnosticBag bag;

    public HeadroomRules(BoundLayout layout, DiagnosticBag bag)
    {
        rules = new SlotRules<BoundHeadroom>(layout.Headrooms);
        libraries = new HashSet<string>(layout.Libraries.Where(l => l.HeadroomPercent is not null).Select(l => l.Name), System.StringComparer.Ordinal);
        this.bag = bag;
    }

    /// <summary>Percent of the content of a slot.</summary>
    public ulong Find(string library, string section) => rules.Find(library, section)?.Percent ?? 0;

    /// <summary>Reports the rules that decided for nothing. A property of a library is no such rule: it is about the library, whatever that has.</summary>
    public void ReportUnused()
    {
        foreach (BoundHeadroom rule in rules.Unused.Where(r => r.Section is not null || r.Owner is null || !libraries.Contains(r.Owner)))
        {
            bag.ReportUnusedHeadroomRule(rule.Location, SlotRules<BoundHeadroom>.Describe(rule));
        }
    }
}
