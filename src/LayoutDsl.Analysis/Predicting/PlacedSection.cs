using LayoutDsl.Analysis.Resolution;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Predicting;

/// <summary>An input section at its place in an image.</summary>
internal sealed class PlacedSection(LinkedObject linked, ElfSection section, ModelSection output)
{
    /// <summary>The object that has it.</summary>
    public LinkedObject Object { get; } = linked;

    /// <summary>The section.</summary>
    public ElfSection Section { get; } = section;

    /// <summary>The section of the image that it is in.</summary>
    public ModelSection Output { get; } = output;

    /// <summary>First address.</summary>
    public ulong Address { get; set; }

    /// <summary>Bytes that it takes; for common blocks those of the object together.</summary>
    public ulong Size { get; set; } = section.Size;

    /// <summary>Of common blocks the largest alignment.</summary>
    public ulong CommonAlignment { get; set; } = 1;

    /// <summary>What merging left of it; null when it is not merged.</summary>
    public MergedSection? Merged { get; set; }

    /// <summary>Whether it takes no place: all that it had was merged into others.</summary>
    public bool IsExcluded => Merged is { Entries.Count: 0 };

    /// <summary>The address of what was at an offset of the section.</summary>
    public ulong AddressOf(ulong offset) => Merged is { } merged ? merged.Find(offset) : Address + offset;
}
