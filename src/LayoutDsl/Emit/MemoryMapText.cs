using System;
using System.Linq;
using LayoutDsl.Planning;

namespace LayoutDsl.Emit;

/// <summary>The parts of a linker script's statements that only memory maps with a load address, gaps and symbols of their own need.</summary>
internal static class MemoryMapText
{
    /// <summary>A symbol with a value of the plan (ld manual, Assigning Values to Symbols).</summary>
    public static string Define(SymbolPlan symbol)
    {
        string assignment = FormattableString.Invariant($"{ScriptNames.Write(symbol.Name)} = 0x{symbol.Value:x}");
        return (symbol.IsProvided, symbol.IsHidden) switch
        {
            (true, true) => $"PROVIDE_HIDDEN({assignment});",
            (true, false) => $"PROVIDE({assignment});",
            (false, true) => $"HIDDEN({assignment});",
            _ => assignment + ";",
        };
    }

    /// <summary>The type of an output section that is not loaded (ld manual, Output Section Type).</summary>
    public static string Type(SectionPlan section) => section.IsNoLoad ? " (NOLOAD)" : "";

    /// <summary>
    /// Where an output section is loaded (ld manual, Output Section LMA). When one says so all do: GNU ld would go on with the distance of the section before.
    /// </summary>
    public static string LoadAddress(LayoutPlan plan, SlotPlan slot) =>
        plan.Areas.Any(a => a.LoadAddress != a.Address) ? FormattableString.Invariant($" AT(0x{slot.LoadAddress ?? slot.Address:x})") : "";

    /// <summary>What gaps are filled with (ld manual, Output Section Fill): a hexadecimal number of eight digits stands for four bytes.</summary>
    public static string Fill(SectionPlan section) => section.Fill is { } fill ? FormattableString.Invariant($" =0x{fill:x8}") : "";
}
