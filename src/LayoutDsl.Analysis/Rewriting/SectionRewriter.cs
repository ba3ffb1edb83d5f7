using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Rewriting;

/// <summary>A section that is rewritten: its bytes and its relocations, one after the other.</summary>
internal sealed class SectionRewriter
{
    private readonly List<ElfRelocation> relocations = [];
    private byte[] content;

    public SectionRewriter(ElfSection section, IReadOnlyList<ElfRelocation> original)
    {
        Section = section;
        Original = original;
        content = section.Data.ToArray();
    }

    /// <summary>The section as it was.</summary>
    public ElfSection Section { get; }

    /// <summary>Its relocations as they were.</summary>
    public IReadOnlyList<ElfRelocation> Original { get; }

    /// <summary>Whether it has code.</summary>
    public bool IsCode => (Section.Flags & ElfSectionFlags.Execute) != 0;

    /// <summary>Whether anything was rewritten.</summary>
    public bool HasChanged { get; private set; }

    /// <summary>The bytes.</summary>
    public Span<byte> Content => content;

    /// <summary>The relocations, by offset: those of code that was moved come last.</summary>
    public IReadOnlyList<ElfRelocation> Relocations => relocations.OrderBy(r => r.Offset).ToArray();

    /// <summary>Takes a relocation as it is; what is called next may replace it.</summary>
    public void Keep(ElfRelocation relocation) => relocations.Add(relocation);

    /// <summary>Replaces the relocation that was taken last.</summary>
    public void Replace(ElfRelocation relocation)
    {
        relocations[relocations.Count - 1] = relocation;
        HasChanged = true;
    }

    /// <summary>Makes room behind the section's own bytes.</summary>
    /// <param name="size">How many bytes.</param>
    /// <param name="alignment">Alignment of the first.</param>
    /// <param name="filler">What stands between.</param>
    /// <returns>Where they are.</returns>
    public int Append(int size, int alignment, byte filler)
    {
        int end = content.Length;
        int start = (end + alignment - 1) / alignment * alignment;
        Array.Resize(ref content, start + size);
        content.AsSpan(end, start - end).Fill(filler);
        return start;
    }

    /// <summary>The bytes for the object that is written.</summary>
    public byte[] ToArray() => content;
}
