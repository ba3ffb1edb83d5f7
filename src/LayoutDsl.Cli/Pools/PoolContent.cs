using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Cli.Density;

namespace LayoutDsl.Cli.Pools;

/// <summary>Images cut into runs of pages.</summary>
/// <param name="Images">Each image with its runs, by address.</param>
/// <param name="Runs">The bytes of each run, by their hash.</param>
internal sealed record PoolContent(IReadOnlyList<(ProgramImage Image, IReadOnlyList<PoolRun> Runs)> Images, IReadOnlyDictionary<string, byte[]> Runs)
{
    /// <summary>Pages in the pool.</summary>
    public long Pages => Runs.Values.Sum(r => r.LongLength) / (long)PageFrames.PageSize;

    /// <summary>Pages with content of all images together.</summary>
    public long ImagePages => Images.Sum(i => i.Runs.Where(r => r.Hash is not null).Sum(r => (long)r.Count));
}
