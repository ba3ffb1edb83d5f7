using LayoutDsl.Planning.Blocks;

namespace LayoutDsl.Analysis.Rewriting;

/// <summary>What rewriting an object needs to know of its library.</summary>
/// <param name="Library">Name of the library.</param>
/// <param name="Machine">What it is compiled for.</param>
/// <param name="Boundaries">What is in the block and what is not.</param>
/// <param name="IsFixed">The block stands at one address in all images, so that addresses in it are the same in all of them.</param>
/// <param name="Table">The block's table, which takes what the objects need.</param>
internal sealed record RewriteContext(string Library, BlockMachine Machine, BlockBoundaries Boundaries, bool IsFixed, BlockTable Table)
{
    /// <summary>Whether a symbol of other objects is outside of the block.</summary>
    public bool Leaves(string symbol) => Boundaries.Leaves(Library, symbol);
}
