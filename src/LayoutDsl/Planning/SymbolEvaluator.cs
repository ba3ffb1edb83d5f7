using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Binding;
using LayoutDsl.Diagnostics;
using LayoutDsl.Model;
using LayoutDsl.Syntax;
using LayoutDsl.Text;

namespace LayoutDsl.Planning;

/// <summary>Computes the symbols of a layout once everything has its address. The binder has checked the names.</summary>
internal sealed class SymbolEvaluator : IExpressionScope
{
    private readonly BoundLayout layout;
    private readonly Dictionary<string, ulong> constants;
    private readonly Dictionary<(string Owner, string Section), SlotPlan> slots;
    private readonly ILookup<string, SlotPlan> sections;
    private readonly EquatableArray<AreaPlan> areas;
    private readonly Func<string, ulong> endOf;
    private readonly bool isPart;

    /// <summary>What was computed depends on images that are not planned here.</summary>
    private bool hasOthers;

    private SymbolEvaluator(BoundLayout layout, IReadOnlyCollection<SlotPlan> slots, Func<string, ulong> endOf, EquatableArray<AreaPlan> areas, bool isPart)
    {
        this.isPart = isPart;
        this.layout = layout;
        this.areas = areas;
        sections = slots.Where(s => s.Reserved > 0).ToLookup(s => s.Section, StringComparer.Ordinal);
        this.endOf = endOf;
        constants = layout.Constants.ToDictionary(c => c.Name, c => c.Value, StringComparer.Ordinal);

        // Of a library that is built for each image, what all of them have alike.
        this.slots = slots.GroupBy(s => (s.Owner, s.Section)).ToDictionary(g => g.Key, g => g.FirstOrDefault(s => s.Part.Length == 0) ?? g.First());
    }

    /// <summary>The symbols of the layout; assertions that do not hold are reported.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="slots">All slots that symbols may be about.</param>
    /// <param name="endOf">The end of the placements <c>libraries</c> and <c>images</c>.</param>
    /// <param name="areas">Sections with a place of their own.</param>
    /// <param name="isPart">Some images of a fleet are planned without the others.</param>
    /// <param name="bag">Takes the mistakes.</param>
    public static EquatableArray<SymbolPlan> Evaluate(
        BoundLayout layout, IEnumerable<SlotPlan> slots, Func<string, ulong> endOf, EquatableArray<AreaPlan> areas, bool isPart, DiagnosticBag bag)
    {
        if (bag.HasErrors || layout.Symbols.Count + layout.Assertions.Count == 0) return default;
        var scope = new SymbolEvaluator(layout, slots.ToArray(), endOf, areas, isPart);
        var symbols = new List<SymbolPlan>();
        foreach (BoundSymbol symbol in layout.Symbols)
        {
            scope.hasOthers = false;
            if (new ExpressionEvaluator(scope, bag, _ => symbol.Location).Evaluate(symbol.Value) is { } value) symbols.Add(new SymbolPlan(symbol.Name, value, symbol.IsProvided, symbol.IsHidden));
            if (scope.hasOthers) bag.ReportNotAlone(symbol.Location, $"the value of '{symbol.Name}' depends on the sections of all images");
        }

        foreach (BoundAssertion assertion in layout.Assertions) Check(assertion, new ExpressionEvaluator(scope, bag, _ => assertion.Location), bag);

        return symbols.ToEquatableArray();
    }

    private static void Check(BoundAssertion assertion, ExpressionEvaluator evaluator, DiagnosticBag bag)
    {
        if (evaluator.Evaluate(assertion.Left) is not { } left || evaluator.Evaluate(assertion.Right) is not { } right) return;
        bool holds = assertion.Operator switch
        {
            "<=" => left <= right,
            ">=" => left >= right,
            "<" => left < right,
            ">" => left > right,
            "==" => left == right,
            _ => left != right,
        };
        if (!holds) bag.ReportAssertionFails(assertion.Location, assertion.Message, FormattableString.Invariant($"0x{left:x} {assertion.Operator} 0x{right:x}"));
    }

    public ulong? GetName(NameSyntax name) => name.Text == "page" ? layout.Target.Page : constants.TryGetValue(name.Text, out ulong value) ? value : null;

    public ulong? Call(CallSyntax call)
    {
        string function = call.Function.Text;
        if (call.Arguments[0] is MemberSyntax member)
        {
            // A library that no image uses has no slot, and nothing that could need its address.
            if (!slots.TryGetValue((member.Owner.Text, member.Member.Text), out SlotPlan? slot)) return 0;
            return function switch { "sizeof" => slot.Size, "addressof" => slot.Address, _ => slot.End };
        }

        string name = ((NameSyntax)call.Arguments[0]).Text;
        BoundRegion? region = layout.Regions.FirstOrDefault(r => r.Name == name);
        return (function, name) switch
        {
            ("endof", "libraries") => endOf(name),
            ("endof", "images") => endOf(name),
            ("endof", _) when region is not null => unchecked(region.Origin + region.Length),
            ("origin", _) => region!.Origin,
            ("length", _) => region!.Length,
            _ => CallSection(function, name),
        };
    }

    /// <summary>The range of a section over all libraries and images. One without content is where its area is, and empty.</summary>
    private ulong CallSection(string function, string name)
    {
        AreaPlan? area = areas.FirstOrDefault(a => a.Sections.Contains(name));
        hasOthers |= isPart && !layout.Sections.First(s => s.Name == name).IsTable;
        ulong start = sections[name].Select(s => s.Address).DefaultIfEmpty(area?.Address ?? 0).Min();
        ulong end = sections[name].Select(s => s.End).DefaultIfEmpty(start).Max();
        return function switch
        {
            "addressof" => start,
            "sizeof" => end - start,
            "loadof" => area is null ? start : area.LoadAddress + (start - area.Address),
            _ => end,
        };
    }
}
