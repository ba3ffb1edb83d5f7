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
    private readonly PlacementOrder placements;

    private SymbolEvaluator(BoundLayout layout, IEnumerable<SlotPlan> slots, PlacementOrder placements)
    {
        this.layout = layout;
        this.placements = placements;
        constants = layout.Constants.ToDictionary(c => c.Name, c => c.Value, StringComparer.Ordinal);
        
        // Of a library that is built for each image, what all of them have alike.
        this.slots = slots.GroupBy(s => (s.Owner, s.Section)).ToDictionary(g => g.Key, g => g.FirstOrDefault(s => s.Part.Length == 0) ?? g.First());
    }

    public static EquatableArray<SymbolPlan> Evaluate(
        BoundLayout layout, IEnumerable<LibraryPlan> libraries, IEnumerable<ImagePlan> images, PlacementOrder placements, DiagnosticBag bag)
    {
        if (bag.HasErrors || layout.Symbols.Count == 0) return default;
        var scope = new SymbolEvaluator(layout, libraries.SelectMany(l => l.Slots).Concat(images.SelectMany(i => i.Slots)), placements);
        var symbols = new List<SymbolPlan>();
        foreach (BoundSymbol symbol in layout.Symbols)
        {
            if (new ExpressionEvaluator(scope, bag, _ => symbol.Location).Evaluate(symbol.Value) is { } value) symbols.Add(new SymbolPlan(symbol.Name, value));
        }

        return symbols.ToEquatableArray();
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
            ("endof", "libraries") => placements.End(PlacementSubject.Libraries),
            ("endof", "images") => placements.End(PlacementSubject.Images),
            ("endof", _) => unchecked(region!.Origin + region.Length),
            ("origin", _) => region!.Origin,
            _ => region!.Length,
        };
    }
}
