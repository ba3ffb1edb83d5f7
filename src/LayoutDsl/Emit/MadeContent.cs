using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Emit.Stubs;
using LayoutDsl.Model;
using LayoutDsl.Planning;
using LayoutDsl.Text;

namespace LayoutDsl.Emit;

/// <summary>
/// Writes what the compiler itself puts into an image, from data statements alone: jumps and the words that they go through, the relocations that
/// fill these words at start, and the table of unwind records. All numbers come from the plan, so nothing depends on where the linker is.
/// </summary>
internal sealed class MadeContent
{
    /// <summary>Prefix of the name of a jump to a function that is chosen at start, when references to it go through the jump of an indirection first.</summary>
    private const string ChosenPrefix = "__chosen_";

    private readonly LayoutPlan plan;
    private readonly ImagePlan image;
    private readonly StubCode stubs;
    private readonly HashSet<string> indirect;

    public MadeContent(LayoutPlan plan, ImagePlan image)
    {
        this.plan = plan;
        this.image = image;
        stubs = StubCode.For(plan.Architecture);
        indirect = new HashSet<string>(plan.Indirections.Select(i => i.Symbol), StringComparer.Ordinal);
    }

    /// <summary>Whether sections of a role hold nothing but what this class writes.</summary>
    public static bool IsMade(SectionRole role) => role is SectionRole.FunctionStubs or SectionRole.FunctionWords or SectionRole.FunctionTable
        or SectionRole.IndirectStubs or SectionRole.UnwindTable;

    /// <summary>Writes the content of a slot.</summary>
    public void Emit(IndentedText text, SectionPlan section, SlotPlan slot)
    {
        switch (section.Role)
        {
            case SectionRole.FunctionStubs:
                EmitStubs(text, slot);
                break;
            case SectionRole.FunctionWords:
                EmitWords(text, slot);
                break;
            case SectionRole.FunctionTable:
                EmitFunctionTable(text);
                break;
            case SectionRole.IndirectStubs:
                EmitIndirectStubs(text, slot);
                break;
            default:
                EmitUnwindTable(text, slot);
                break;
        }
    }

    /// <summary>
    /// Writes the symbols of jumps in Thumb state, before all sections: only there does a symbol take over the type of the one symbol in its value, which tells
    /// GNU ld to call it in Thumb state.
    /// </summary>
    public void EmitThumbSymbols(IndentedText text)
    {
        if (image.Slots.FirstOrDefault(s => plan.GetSection(s.Section).Role == SectionRole.IndirectStubs) is not { } slot) return;
        foreach ((IndirectionPlan indirection, ulong address) in Jumps(slot).Where(j => j.Indirection.IsThumb))
        {
            string symbol = ScriptNames.Write(indirection.Symbol);
            if (MayBeMissing(indirection)) text.Line(FormattableString.Invariant($"PROVIDE({symbol} = 0x{stubs.StopOf(StopAddress(slot), true):x} + 0 * {ScriptNames.Write(plan.Entry)});"));
            text.Line(FormattableString.Invariant($"{ScriptNames.Write("__wrap_" + indirection.Symbol)} = 0x{address:x} + 0 * {ScriptNames.Write("__real_" + indirection.Symbol)};"));
        }
    }

    /// <summary>References to a function come here, under the name that <c>--wrap</c> gives them; those to an indirect one by way of the jump of the image.</summary>
    private void EmitStubs(IndentedText text, SlotPlan slot)
    {
        EquatableArray<IndirectFunctionPlan> functions = plan.GetLibrary(slot.Owner).IndirectFunctions;
        for (int i = 0; i < functions.Count; i++)
        {
            string names = string.Concat(functions[i].Names.Select(n => $"{ScriptNames.Write((indirect.Contains(n) ? ChosenPrefix : "__wrap_") + n)} = .; "));
            text.Line(names + stubs.JumpThrough(slot.Address + (stubs.ChosenJumpSize * (ulong)i), WordOf(slot.Owner, i)));
        }
    }

    /// <summary>Empty words; where relocations have no addends, the words hold the resolvers.</summary>
    private void EmitWords(IndentedText text, SlotPlan slot)
    {
        foreach (IndirectFunctionPlan function in plan.GetLibrary(slot.Owner).IndirectFunctions) text.Line(stubs.HasAddends ? stubs.Word(0) : stubs.Word(Resolver(function)));
    }

    /// <summary>
    /// One relocation for each function of the fleet, so that the table has one size. In place of those of libraries that the image lacks, the first have the word of a
    /// function that it has take what an empty resolver returns, until the word's own relocation comes. A relocation without an addend cannot be repeated, since its
    /// resolver is what it replaces: then the table is as long as it is.
    /// </summary>
    private void EmitFunctionTable(IndentedText text)
    {
        var own = new HashSet<string>(image.Libraries, StringComparer.Ordinal);
        (LibraryPlan Library, int Index)[] all = plan.Libraries.SelectMany(l => Enumerable.Range(0, l.IndirectFunctions.Count).Select(i => (l, i))).ToArray();
        (LibraryPlan Library, int Index)[] rows = all.Where(f => own.Contains(f.Library.Name)).ToArray();
        string bounds = stubs.HasAddends ? "__rela_iplt" : "__rel_iplt";
        text.Line($"PROVIDE_HIDDEN({bounds}_start = .);");
        if (rows.Length > 0 && stubs.HasAddends)
        {
            (LibraryPlan library, int index) = rows[0];
            ulong stub = library.Slots.First(s => plan.GetSection(s.Section).Role == SectionRole.FunctionStubs).Address + (stubs.ChosenJumpSize * (ulong)index);
            string resolver = stubs.ReturnOffset is { } offset ? FormattableString.Invariant($"0x{stub + offset:x}") : Resolver(library.IndirectFunctions[index]);
            for (int i = rows.Length; i < all.Length; i++) text.Line(stubs.Choose(WordOf(library.Name, index), resolver));
        }

        foreach ((LibraryPlan library, int index) in rows) text.Line(stubs.Choose(WordOf(library.Name, index), Resolver(library.IndirectFunctions[index])));
        text.Line($"PROVIDE_HIDDEN({bounds}_end = .);");
    }

    /// <summary>The callers' bytes are the same in all images, these jumps are not. In an image without the function a jump leads to a breakpoint.</summary>
    private void EmitIndirectStubs(IndentedText text, SlotPlan slot)
    {
        // A captured script has no jumps to functions that are chosen at start: the linker makes them.
        var chosen = new HashSet<string>(plan.GetLibraries(image).Where(_ => plan.Overlay is null).SelectMany(l => l.IndirectFunctions).SelectMany(f => f.Names), StringComparer.Ordinal);
        foreach ((IndirectionPlan indirection, ulong address) in Jumps(slot))
        {
            string symbol = indirection.Symbol;
            if (!indirection.IsThumb && MayBeMissing(indirection))
            {
                // A number alone would count from the start of the section here (ld manual, The Section of an Expression).
                text.Line(FormattableString.Invariant($"PROVIDE({ScriptNames.Write(symbol)} = ABSOLUTE(0x{stubs.StopOf(StopAddress(slot), false):x}));"));
            }

            string name = indirection.IsThumb ? "" : $"{ScriptNames.Write("__wrap_" + symbol)} = .; ";
            text.Line(name + stubs.Jump(address, ScriptNames.Write((chosen.Contains(symbol) ? ChosenPrefix : "__real_") + symbol), indirection.IsThumb));
        }

        text.Line(stubs.Stop);
    }

    /// <summary>What libgcc's __register_frame_info_table walks: addresses of record lists, ended by a zero; crtbegin.o has the symbol of its start.</summary>
    private void EmitUnwindTable(IndentedText text, SlotPlan slot)
    {
        string[] patterns = plan.Sections.Where(s => s.Role == SectionRole.Unwind).SelectMany(s => s.Patterns).Select(p => p.Text).ToArray();
        string names = string.Join(" ", patterns);
        text.Line($"KEEP(*crtbegin*.o({names}))");
        foreach (SlotPlan unwind in plan.GetSlots(image).Where(s => s.Size > 0 && plan.GetSection(s.Section).Role == SectionRole.Unwind))
        {
            text.Line(stubs.Word(unwind.Address));
        }

        text.Line(stubs.Word(0));
        text.Line($"KEEP(*crtend*.o({names}))");
        text.Line(FormattableString.Invariant($". = 0x{slot.Size - 1:x}; BYTE(0)"));
    }

    /// <summary>Whether an image without a function gets the address of the breakpoint for it: unless the layout says what it is there.</summary>
    private bool MayBeMissing(IndirectionPlan indirection) => plan.Symbols.All(s => s.Name != indirection.Symbol);

    private IEnumerable<(IndirectionPlan Indirection, ulong Address)> Jumps(SlotPlan slot) =>
        plan.Indirections.Select((indirection, i) => (indirection, slot.Address + (stubs.JumpSize * (ulong)i)));

    private ulong StopAddress(SlotPlan slot) => slot.Address + (stubs.JumpSize * (ulong)plan.Indirections.Count);

    private static string Resolver(IndirectFunctionPlan function) => ScriptNames.Write("__real_" + function.Names[0]);

    private ulong WordOf(string library, int index) =>
        plan.GetLibrary(library).Slots.First(s => plan.GetSection(s.Section).Role == SectionRole.FunctionWords).Address + (stubs.WordSize * (ulong)index);
}
