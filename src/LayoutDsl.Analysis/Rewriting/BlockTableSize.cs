using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Facts;
using LayoutDsl.Planning.Blocks;

namespace LayoutDsl.Analysis.Rewriting;

/// <summary>How large the indirection table of a block is.</summary>
/// <param name="Words">Addresses: each image has its own.</param>
/// <param name="Stubs">Jumps: the same in all images.</param>
/// <param name="StubBytes">Bytes of the jumps.</param>
/// <param name="Page">Number of the page that it has together with other libraries, from 1 on; null when it has its words for itself.</param>
public sealed record BlockTableSize(int Words, int Stubs, int StubBytes, int? Page)
{
    /// <summary>Bytes of the words.</summary>
    public int WordBytes => Words * TableObject.WordSize;

    /// <summary>That of a library with these objects; without words when it has no table.</summary>
    public static BlockTableSize Of(IEnumerable<ObjectFacts> objects)
    {
        ObjectFacts[] tables = objects.Where(o => o.Sections.Any(s => TableSections.HasWords(s.Name))).ToArray();
        return new BlockTableSize(
            tables.Sum(o => o.Symbols?.Definitions.Count(d => d.Name.StartsWith(BlockTable.WordMark, StringComparison.Ordinal)) ?? 0),
            tables.Sum(o => StubBytesOf(o) / (BlockMachine.Find(o.Machine)?.Stub.Length ?? 1)),
            tables.Sum(StubBytesOf),
            tables.SelectMany(o => o.Sections).Select(s => TableSections.PageNumber(s.Name)).FirstOrDefault(n => n is not null));
    }

    private static int StubBytesOf(ObjectFacts item) => (int)item.Sections.Where(s => s.Name == TableSections.Stubs).Sum(s => (long)s.Size);
}
