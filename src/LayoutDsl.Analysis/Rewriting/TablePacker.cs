using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Planning.Blocks;

namespace LayoutDsl.Analysis.Rewriting;

/// <summary>Decides which libraries have their tables on pages together: those whose words and pointers are small, libraries of many images first, so that images with the same libraries need few of these pages.</summary>
internal sealed class TablePacker
{
    /// <summary>Larger pages would make files much larger: each block has all of its page.</summary>
    private const ulong LargestPage = 64 << 10;

    private readonly bool isRelro;
    private readonly int page;
    private readonly List<TablePage> pages = [];

    /// <param name="isRelro">Whether the layout has data that nobody writes once the program has started.</param>
    /// <param name="page">Page size in bytes.</param>
    public TablePacker(bool isRelro, ulong page)
    {
        this.isRelro = isRelro;
        this.page = page <= LargestPage ? (int)page : 0;
    }

    /// <summary>Bytes of pointers that a library on such a page may have.</summary>
    public int PointerLimit => page;

    /// <summary>The page of a library; null when it has its table for itself. Libraries of many images come first.</summary>
    public TablePage? Add(BlockTable table, PointerSections? pointers)
    {
        if (pointers is null || (table.IsEmpty && pointers.Content.Length == 0) || table.Words.Values.Any(w => w.IsThreadOffset)) return null;
        if (pages.FirstOrDefault(p => p.TryAdd(table, pointers)) is { } known) return known;
        var next = new TablePage(TableSections.Page(isRelro, pages.Count + 1), page);
        if (!next.TryAdd(table, pointers)) return null;
        pages.Add(next);
        return next;
    }
}
