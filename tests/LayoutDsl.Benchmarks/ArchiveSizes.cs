using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace LayoutDsl.Benchmarks;

/// <summary>
/// Sizes of the sections of static libraries: 444 archives of Debian 12 (amd64), those of 400 packages that were drawn at random from all whose name is <c>lib*-dev</c>, as <c>size -A</c> counts them over all members.
/// Empty ones and 14 with more than 4 MiB of anything are left out. Half of them have at most 64 bytes of data, and as many of zeroed data.
/// </summary>
internal static class ArchiveSizes
{
    /// <summary>Bytes of <c>.text</c>, <c>.rodata</c>, <c>.data.rel.ro</c>, <c>.data</c> and <c>.bss</c> of each.</summary>
    public static IReadOnlyList<ulong[]> All { get; } = Read();

    private static ulong[][] Read()
    {
        using var reader = new StreamReader(typeof(ArchiveSizes).Assembly.GetManifestResourceStream("DebianArchives.csv")!);
        return reader.ReadToEnd().Split('\n').Skip(1).Where(l => l.Length > 0).Select(l => l.Split(',').Skip(2).Select(n => ulong.Parse(n, CultureInfo.InvariantCulture)).ToArray()).ToArray();
    }
}
