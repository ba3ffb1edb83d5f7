using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Model;
using LayoutDsl.Planning;
using LayoutDsl.Text;

namespace LayoutDsl.Emit;

/// <summary>
/// Writes what the compiler itself puts into an image, from data statements alone and for x86-64: jumps and the words that they go through, the relocations that
/// fill these words at start, and the table of unwind records. All numbers come from the plan, so nothing depends on where the linker is.
/// </summary>
internal sealed class MadeContent
{
    /// <summary>Bytes of a jump with its padding, and of a word.</summary>
    private const ulong Entry = 8;

    /// <summary><c>R_X86_64_IRELATIVE</c> (x86-64 psABI, Relocation Types): the loader calls the addend and stores what it returns.</summary>
    private const int IndirectRelative = 37;

    private readonly LayoutPlan plan;
    private readonly ImagePlan image;

    public MadeContent(LayoutPlan plan, ImagePlan image)
    {
        this.plan = plan;
        this.image = image;
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
                foreach (IndirectFunctionPlan unused in plan.GetLibrary(slot.Owner).IndirectFunctions) text.Line("QUAD(0)");
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

    /// <summary><c>jmp *word(%rip)</c>: references to the function come here, under the name that <c>--wrap</c> gives them.</summary>
    private void EmitStubs(IndentedText text, SlotPlan slot)
    {
        EquatableArray<IndirectFunctionPlan> functions = plan.GetLibrary(slot.Owner).IndirectFunctions;
        for (int i = 0; i < functions.Count; i++)
        {
            ulong next = slot.Address + (Entry * (ulong)i) + 6;
            uint displacement = unchecked((uint)(WordOf(slot.Owner, i) - next));
            string names = string.Concat(functions[i].Names.Select(n => $"{ScriptNames.Write("__wrap_" + n)} = .; "));
            text.Line(FormattableString.Invariant($"{names}BYTE(0xff) BYTE(0x25) LONG(0x{displacement:x}) BYTE(0xcc) BYTE(0xcc)"));
        }
    }

    /// <summary>One relocation for each function of the fleet, so that the table has one size; those of libraries that the image lacks repeat one that it has.</summary>
    private void EmitFunctionTable(IndentedText text)
    {
        var own = new HashSet<string>(image.Libraries, StringComparer.Ordinal);
        string? spare = null;
        var rows = new List<string?>();
        foreach (LibraryPlan library in plan.Libraries)
        {
            for (int i = 0; i < library.IndirectFunctions.Count; i++)
            {
                string resolver = ScriptNames.Write("__real_" + library.IndirectFunctions[i].Names[0]);
                string? row = own.Contains(library.Name)
                    ? FormattableString.Invariant($"QUAD(0x{WordOf(library.Name, i):x}) QUAD({IndirectRelative}) QUAD({resolver})")
                    : null;
                spare ??= row;
                rows.Add(row);
            }
        }

        text.Line("PROVIDE_HIDDEN(__rela_iplt_start = .);");
        if (spare is not null)
        {
            foreach (string? row in rows) text.Line(row ?? spare);
        }

        text.Line("PROVIDE_HIDDEN(__rela_iplt_end = .);");
    }

    /// <summary><c>jmp function</c>: the callers' bytes are the same in all images, this jump is not.</summary>
    private void EmitIndirectStubs(IndentedText text, SlotPlan slot)
    {
        for (int i = 0; i < plan.Indirections.Count; i++)
        {
            string symbol = plan.Indirections[i];
            ulong next = slot.Address + (Entry * (ulong)i) + 5;

            // In an image without the function the jump leads to the breakpoint behind it.
            text.Line(FormattableString.Invariant($"PROVIDE({ScriptNames.Write(symbol)} = 0x{next:x});"));
            text.Line(FormattableString.Invariant(
                $"{ScriptNames.Write("__wrap_" + symbol)} = .; BYTE(0xe9) LONG(ABSOLUTE({ScriptNames.Write("__real_" + symbol)}) - 0x{next:x}) BYTE(0xcc) BYTE(0xcc) BYTE(0xcc)"));
        }
    }

    /// <summary>What libgcc's __register_frame_info_table walks: addresses of record lists, ended by a zero; crtbegin.o has the symbol of its start.</summary>
    private void EmitUnwindTable(IndentedText text, SlotPlan slot)
    {
        string[] patterns = plan.Sections.Where(s => s.Role == SectionRole.Unwind).SelectMany(s => s.Patterns).Select(p => p.Text).ToArray();
        string names = string.Join(" ", patterns);
        text.Line($"KEEP(*crtbegin*.o({names}))");
        foreach (SlotPlan unwind in plan.GetSlots(image).Where(s => s.Size > 0 && plan.GetSection(s.Section).Role == SectionRole.Unwind))
        {
            text.Line(FormattableString.Invariant($"QUAD(0x{unwind.Address:x})"));
        }

        text.Line("QUAD(0)");
        text.Line($"KEEP(*crtend*.o({names}))");
        text.Line(FormattableString.Invariant($". = 0x{slot.Size - 1:x}; BYTE(0)"));
    }

    private ulong WordOf(string library, int index) =>
        plan.GetLibrary(library).Slots.First(s => plan.GetSection(s.Section).Role == SectionRole.FunctionWords).Address + (Entry * (ulong)index);
}
