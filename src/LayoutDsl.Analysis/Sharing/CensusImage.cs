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
        new(memory, file, name => file.Sections.FirstOrDefault(s => s.Name == name) is { } section ? (section.Address, section.Size) : null);

    /// <summary>A predicted image.</summary>
    public static CensusImage Of(ImageModel model) =>
        new(model.Memory, null, name => model.Layout.Sections.FirstOrDefault(s => s.Name == name) is { } section ? (section.Address, section.Size) : null);
}
