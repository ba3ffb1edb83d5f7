using System;
using System.Collections.Generic;
using LayoutDsl.Model;
using LayoutDsl.Text;

namespace LayoutDsl.Planning;

/// <summary>What one library, or one image's application, brings: its files and, for each section, what goes in.</summary>
internal sealed class UnitContent
{
    private readonly Dictionary<string, SectionContent> sections = new(StringComparer.Ordinal);

    public UnitContent(EquatableArray<InputFilePlan> files) => Files = files;

    public EquatableArray<InputFilePlan> Files { get; }

    /// <summary>Its functions that are chosen when the program starts.</summary>
    public List<IndirectFunctionPlan> IndirectFunctions { get; } = new();

    /// <summary>Whether it has records for unwinding.</summary>
    public bool HasUnwind { get; set; }

    public SectionContent this[string section] => sections.TryGetValue(section, out SectionContent? content) ? content : SectionContent.Nothing;

    public SectionContent GetOrAdd(BoundSection section)
    {
        if (!sections.TryGetValue(section.Name, out SectionContent? content)) sections.Add(section.Name, content = new SectionContent());
        return content;
    }
}

/// <summary>The input sections of one unit that belong to one section, laid out one after the other as the linker does.</summary>
internal sealed class SectionContent
{
    public static readonly SectionContent Nothing = new();

    private readonly List<SlotInputPlan> inputs = new();
    private bool onlyNotes = true;

    /// <summary>Bytes; an upper bound, since the linker may merge equal strings.</summary>
    public ulong Size { get; private set; }

    public ulong Alignment { get; private set; } = 1;

    public bool IsNote => onlyNotes && Size > 0;

    public IReadOnlyList<SlotInputPlan> Inputs => inputs;

    public void AddInput(SlotInputPlan input) => inputs.Add(input);

    /// <summary>Appends bytes; false when the size leaves 64 bits.</summary>
    public bool TryAppend(ulong size, ulong alignment, bool isNote)
    {
        Alignment = Math.Max(Alignment, alignment);
        if (size == 0) return true;
        onlyNotes &= isNote;
        if (!Text.Alignment.TryAlignUp(Size, alignment, out ulong start) || start > ulong.MaxValue - size) return false;
        Size = start + size;
        return true;
    }
}
