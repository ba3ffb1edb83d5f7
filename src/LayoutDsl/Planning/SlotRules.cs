using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Model;

namespace LayoutDsl.Planning;

/// <summary>Finds the rule for a slot. The most specific one wins: <c>a.b</c>, then <c>a.*</c>, then <c>*.b</c>, then <c>*.*</c>.</summary>
internal sealed class SlotRules<T>
    where T : class, ISlotRule
{
    private readonly Dictionary<(string, string), T> rules;
    private readonly HashSet<T> used = new();

    public SlotRules(IEnumerable<T> rules) => this.rules = rules.ToDictionary(r => (r.Owner ?? "*", r.Section ?? "*"));

    /// <summary>The rules that decided for nothing so far.</summary>
    public IEnumerable<T> Unused => rules.Values.Where(r => !used.Contains(r));

    /// <summary>The rule of a slot, or null.</summary>
    public T? Find(string owner, string section)
    {
        if (!rules.TryGetValue((owner, section), out T? rule)
            && !rules.TryGetValue((owner, "*"), out rule)
            && !rules.TryGetValue(("*", section), out rule)
            && !rules.TryGetValue(("*", "*"), out rule)) return null;
        used.Add(rule);
        return rule;
    }

    /// <summary>A rule as it was written.</summary>
    public static string Describe(T rule) => $"{rule.Owner ?? "*"}.{rule.Section ?? "*"}";
}
