using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Model;
using LayoutDsl.Text;

namespace LayoutDsl.Planning.Blocks;

/// <summary>What moves in one image, and how much room it has to do so.</summary>
/// <param name="Blocks">The blocks: one for each library that moves and one for what the image has for itself, or one for all of them.</param>
/// <param name="Start">First address of the room.</param>
/// <param name="Units">Size of the room, in units.</param>
/// <param name="Unit">Bytes: places are this far from each other at least.</param>
internal sealed record ImageBlocks(IReadOnlyList<ImageBlock> Blocks, ulong Start, ulong Units, ulong Unit)
{
    /// <summary>Units that the blocks leave free; null when they do not fit.</summary>
    public ulong? Free
    {
        get
        {
            ulong used = Blocks.Aggregate(0UL, (sum, b) => sum + b.Units);
            return used <= Units ? Units - used : null;
        }
    }

    /// <summary>
    /// The smallest number of bits that say where a library is, when nothing else of the image is known: no place is likelier than one in <see cref="Free"/> plus the number of blocks.
    /// With every other block shrunk to one unit, all places of a block are equally likely, and two of them become one address in no order of the others.
    /// </summary>
    public double LibraryBits => Free is { } free ? Math.Log(free + (ulong)Blocks.Count, 2) : 0;

    /// <summary>Bits that say where everything in the image is: all orders of the blocks, with all ways to share the free units out between them, are equally likely.</summary>
    public double ImageBits
    {
        get
        {
            if (Free is not { } free) return 0;
            double bits = 0;
            for (int i = 1; i <= Blocks.Count; i++) bits += Math.Log(free + (ulong)i, 2);
            return bits;
        }
    }

    /// <summary>The blocks of an image.</summary>
    /// <param name="plan">The plan, with everything where it is in no image in particular.</param>
    /// <param name="image">The image.</param>
    /// <param name="aslr">How it moves, and where.</param>
    /// <param name="fixedLibraries">Libraries that stay.</param>
    public static ImageBlocks Find(LayoutPlan plan, ImagePlan image, AslrPlan aslr, EquatableArray<string> fixedLibraries)
    {
        var owners = plan.GetLibraries(image)
            .Where(l => !fixedLibraries.Contains(l.Name))
            .Select(l => (Owner: l.Name, Slots: l.Slots.ToArray()))
            .Append((Owner: "", Slots: image.Slots.ToArray()))
            .Select(o => (o.Owner, Slots: o.Slots.Where(s => s.Reserved > 0).ToArray()))
            .ToArray();
        ulong unit = owners.SelectMany(o => o.Slots).Select(s => s.Alignment).Append(aslr.Granularity).Max();
        if (aslr.Mode == AslrMode.Slide) owners = new[] { (Owner: "", Slots: owners.SelectMany(o => o.Slots).ToArray()) };
        ImageBlock[] blocks = owners.Where(o => o.Slots.Length > 0).Select(o => ImageBlock.Of(o.Owner, o.Slots, unit)).ToArray();
        ulong start = Alignment.AlignUp(aslr.Start, unit);
        return new ImageBlocks(blocks, start, aslr.End > start ? (aslr.End - start) / unit : 0, unit);
    }
}

/// <summary>What keeps its distances when it moves.</summary>
/// <param name="Owner">Name of the library; empty for what an image has for itself.</param>
/// <param name="Start">The multiple of the unit at or below its first address.</param>
/// <param name="Units">How many units it covers.</param>
internal sealed record ImageBlock(string Owner, ulong Start, ulong Units)
{
    public static ImageBlock Of(string owner, IReadOnlyCollection<SlotPlan> slots, ulong unit)
    {
        ulong start = Alignment.AlignDown(slots.Min(s => s.Address), unit);
        return new ImageBlock(owner, start, (slots.Max(s => s.End) - start + unit - 1) / unit);
    }
}
