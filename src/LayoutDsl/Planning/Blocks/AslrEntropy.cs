using System.Linq;
using LayoutDsl.Text;

namespace LayoutDsl.Planning.Blocks;

/// <summary>How much somebody has to guess who knows the plan of an image but not its seed.</summary>
/// <param name="Blocks">How many things move.</param>
/// <param name="FreeUnits">How much room they leave, in units.</param>
/// <param name="Unit">Bytes of a unit: addresses are this far from each other at least.</param>
/// <param name="LibraryBits">
/// Bits of the address of one library: no address has a higher chance than one in 2^bits. It holds for each library, when nothing is known of where others are.
/// </param>
/// <param name="ImageBits">Bits of the addresses of all libraries together: all places of the whole have one chance in 2^bits.</param>
public sealed record AslrEntropy(int Blocks, ulong FreeUnits, ulong Unit, double LibraryBits, double ImageBits)
{
    /// <summary>That of an image; null when its addresses are those of all images.</summary>
    public static AslrEntropy? Of(LayoutPlan plan, ImagePlan image)
    {
        if (plan.Aslr is not { } aslr || image.Moves.Count == 0) return null;
        EquatableArray<string> stay = image.Libraries.Where(l => image.Moves.All(m => m.Owner != l)).ToEquatableArray();
        ImageBlocks blocks = ImageBlocks.Find(plan, image, aslr, stay);
        return new AslrEntropy(blocks.Blocks.Count, blocks.Free ?? 0, blocks.Unit, blocks.LibraryBits, blocks.ImageBits);
    }
}
