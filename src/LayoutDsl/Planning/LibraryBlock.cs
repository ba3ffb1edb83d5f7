using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Model;
using LayoutDsl.Text;

namespace LayoutDsl.Planning;

/// <summary>One section of one part of a library: what gets a slot.</summary>
/// <param name="Part">The part.</param>
/// <param name="Section">The section.</param>
/// <param name="Size">Bytes of the largest variant.</param>
/// <param name="Reserved">Bytes with room to grow.</param>
/// <param name="Alignment">Alignment in bytes.</param>
internal sealed record BlockItem(LibraryPart Part, BoundSection Section, ulong Size, ulong Reserved, ulong Alignment);

/// <summary>Items of one section class that are on pages together, one behind the other.</summary>
internal sealed class LibraryBlock
{
    private readonly List<BlockItem> items = new();

    public LibraryBlock(Partition partition) => Partition = partition;

    /// <summary>Which images have which content on its pages.</summary>
    public Partition Partition { get; }

    public IReadOnlyList<BlockItem> Items => items;

    /// <summary>Bytes from a page boundary on.</summary>
    public ulong Size { get; private set; }

    public void Add(BlockItem item)
    {
        items.Add(item);
        Size = Alignment.TryAlignUp(Size, item.Alignment, out ulong start) && start <= ulong.MaxValue - item.Reserved ? start + item.Reserved : ulong.MaxValue;
    }
}

/// <summary>
/// Blocks that follow each other without a page boundary between them. A page with the end of one block and the start of the next has as many contents as images differ in
/// having one, the other, both or another variant of them; mostly that is more than two pages would have, and every block is a run of its own.
/// </summary>
internal sealed class BlockRun
{
    private readonly List<LibraryBlock> blocks = new();

    public BlockRun(LibraryBlock first)
    {
        blocks.Add(first);
        LastPage = first.Partition;
        Size = first.Size;
    }

    public IReadOnlyList<LibraryBlock> Blocks => blocks;

    /// <summary>Bytes from a page boundary on.</summary>
    public ulong Size { get; private set; }

    /// <summary>Which images have which content on its last page.</summary>
    public Partition LastPage { get; private set; }

    /// <summary>How many pages less the fleet needs when a block starts where this run ends, and not on a page of its own; negative when it needs more.</summary>
    public long FindGain(LibraryBlock next, ulong page, ImageCatalog catalog)
    {
        ulong room = Alignment.AlignUp(Size, page) - Size;
        if (room == 0 || next.Size == 0 || next.Size > ulong.MaxValue - Size) return 0;
        long alone = LastPage.Sets.Count + ((long)PagesOf(next.Size, page) * next.Partition.Sets.Count);
        long together = catalog.Refine(LastPage, next.Partition).Sets.Count;
        if (next.Size > room) together += (long)PagesOf(next.Size - room, page) * next.Partition.Sets.Count;
        return alone - together;
    }

    public void Append(LibraryBlock next, ulong page, ImageCatalog catalog)
    {
        ulong room = Alignment.AlignUp(Size, page) - Size;
        LastPage = next.Size > room ? next.Partition : catalog.Refine(LastPage, next.Partition);
        foreach (BlockItem item in next.Items) Size = Alignment.AlignUp(Size, item.Alignment) + item.Reserved;
        blocks.Add(next);
    }

    /// <summary>
    /// Joins blocks where that needs fewer pages: only blocks with variants can gain, since pages of two blocks without any have no fewer contents together than apart.
    /// </summary>
    public static IReadOnlyList<BlockRun> Join(IEnumerable<LibraryBlock> blocks, ulong page, ImageCatalog catalog)
    {
        var runs = blocks.Select(b => new BlockRun(b)).ToList();
        if (runs.All(r => r.LastPage.Sets.Count == 1)) return runs;
        while (true)
        {
            (BlockRun? Run, BlockRun? Next, long Gain) best = (null, null, 0);
            foreach (BlockRun run in runs)
            {
                foreach (BlockRun next in runs.Where(r => r.Blocks.Count == 1 && !ReferenceEquals(r, run)))
                {
                    long gain = run.FindGain(next.Blocks[0], page, catalog);
                    if (gain > best.Gain) best = (run, next, gain);
                }
            }

            if (best.Run is null) return runs;
            best.Run.Append(best.Next!.Blocks[0], page, catalog);
            runs.Remove(best.Next);
        }
    }

    private static ulong PagesOf(ulong bytes, ulong page) => (bytes / page) + (bytes % page == 0 ? 0UL : 1UL);
}
