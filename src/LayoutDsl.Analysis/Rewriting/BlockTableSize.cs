using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Facts;

namespace LayoutDsl.Analysis.Rewriting;

/// <summary>How large the indirection table of a block is.</summary>
/// <param name="Words">Addresses: each image has its own.</param>
/// <param name="Stubs">Jumps: the same in all images.</param>
public sealed record BlockTableSize(int Words, int Stubs)
{
    /// <summary>Bytes of the words.</summary>
    public int WordBytes => Words * BlockTable.WordSize;

    /// <summary>Bytes of the jumps.</summary>
    public int StubBytes => Stubs * BlockTable.StubSize;

    /// <summary>That of a library with these objects; without words when it has no table.</summary>
    public static BlockTableSize Of(IEnumerable<ObjectFacts> objects)
    {
        SectionFacts[] sections = objects.SelectMany(o => o.Sections).ToArray();
        return new BlockTableSize(
            (int)sections.Where(s => BlockTable.IsWordSection(s.Name)).Sum(s => (long)s.Size) / BlockTable.WordSize,
            (int)sections.Where(s => s.Name == BlockTable.StubSection).Sum(s => (long)s.Size) / BlockTable.StubSize);
    }
}
