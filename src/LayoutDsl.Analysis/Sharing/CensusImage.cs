using System;
using System.Linq;
using LayoutDsl.Analysis.Predicting;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Sharing;

/// <summary>An image whose libraries are counted: linked, or predicted.</summary>
/// <param name="Memory">Its memory.</param>
/// <param name="File">The file; null when it is only predicted.</param>
/// <param name="FindSection">Address and size of a section by its name; null when the image has none.</param>
internal sealed record CensusImage(MemoryImage Memory, ElfFile? File, Func<string, (ulong Address, ulong Size)?> FindSection)
{
    /// <summary>A linked image.</summary>
    public static CensusImage Of(ElfFile file, MemoryImage memory) =>
        new(memory, file, name => Span(file.Sections.Where(s => s.Name == name && s.Size > 0).ToArray()));

    /// <summary>A predicted image.</summary>
    public static CensusImage Of(ImageModel model) =>
        new(model.Memory, null, name => model.Layout.Sections.FirstOrDefault(s => s.Name == name) is { } section ? (section.Address, section.Size) : null);

    /// <summary>From the first part of a section to the last.</summary>
    private static (ulong Address, ulong Size)? Span(ElfSection[] parts)
    {
        if (parts.Length == 0) return null;
        ulong first = parts.Min(p => p.Address);
        return (first, parts.Max(p => p.Address + p.Size) - first);
    }
}
