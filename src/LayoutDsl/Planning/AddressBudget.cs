using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using LayoutDsl.Model;

namespace LayoutDsl.Planning;

/// <summary>
/// How much of a region the images need at least: what the largest of them has, whole pages for each set of permissions. No plan needs less, whatever it lets overlap.
/// </summary>
internal sealed class AddressBudget
{
    private const int NamedLibraries = 4;

    private readonly FleetContent content;
    private readonly IReadOnlyList<SectionClass> classes;
    private readonly ulong page;

    /// <param name="content">The fleet.</param>
    /// <param name="sections">The sections that are placed in the region.</param>
    /// <param name="page">Page size in bytes.</param>
    public AddressBudget(FleetContent content, IEnumerable<BoundSection> sections, ulong page)
    {
        this.content = content;
        this.page = page;
        classes = SectionClass.Order(sections).ToArray();
        (Largest, Bytes) = content.Images
            .Select(i => (Image: i, Bytes: Need(i)))
            .OrderByDescending(i => i.Bytes)
            .First();
    }

    /// <summary>The image that needs most.</summary>
    public ImageContent Largest { get; }

    /// <summary>Bytes that it needs at least.</summary>
    public ulong Bytes { get; }

    /// <summary>What of the largest image is largest, as text: <c>zlib (12 KiB), the application (4 KiB)</c>.</summary>
    public string Describe()
    {
        var libraries = content.Libraries
            .Where(l => Largest.Source.Libraries.Contains(l.Library.Name))
            .Select(l => (Name: "'" + l.Library.Name + "'", Bytes: FleetContent.UnitsOf(Largest, l).Aggregate(0UL, (sum, u) => Add(sum, SizeOf(u)))))
            .Append((Name: "its own objects", Bytes: SizeOf(Largest.Application)))
            .OrderByDescending(l => l.Bytes)
            .Take(NamedLibraries);
        return string.Join(", ", libraries.Select(l => $"{l.Name} ({KiB(l.Bytes)})"));
    }

    /// <summary>Bytes as text, rounded up.</summary>
    public static string KiB(ulong bytes) => ((bytes / 1024) + (bytes % 1024 == 0 ? 0UL : 1UL)).ToString(CultureInfo.InvariantCulture) + " KiB";

    private ulong Need(ImageContent image)
    {
        UnitContent[] units = content.Libraries.SelectMany(l => FleetContent.UnitsOf(image, l)).Append(image.Application).ToArray();
        ulong bytes = 0;
        foreach (SectionClass sectionClass in classes)
        {
            ulong size = units.SelectMany(u => sectionClass.Sections.Select(s => u[s.Name].Size)).Aggregate(0UL, Add);
            bytes = Add(bytes, Text.Alignment.TryAlignUp(size, page, out ulong whole) ? whole : ulong.MaxValue);
        }

        return bytes;
    }

    private ulong SizeOf(UnitContent unit) => classes.SelectMany(c => c.Sections).Select(s => unit[s.Name].Size).Aggregate(0UL, Add);

    private static ulong Add(ulong first, ulong second) => first > ulong.MaxValue - second ? ulong.MaxValue : first + second;
}
