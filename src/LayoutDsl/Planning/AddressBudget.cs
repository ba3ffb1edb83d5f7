using System;
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
    private const int NamedLibraries = 4, NamedImages = 3;

    private readonly FleetContent content;
    private readonly IReadOnlyList<SectionClass> classes;
    private readonly ulong page;
    private readonly (ImageContent Image, ulong Bytes)[] needs;

    /// <param name="content">The fleet.</param>
    /// <param name="sections">The sections that are placed in the region.</param>
    /// <param name="page">Page size in bytes.</param>
    public AddressBudget(FleetContent content, IEnumerable<BoundSection> sections, ulong page)
    {
        this.content = content;
        this.page = page;
        classes = SectionClass.Order(sections).ToArray();
        needs = content.Images.Select(i => (Image: i, Bytes: Need(i))).OrderByDescending(i => i.Bytes).ToArray();
    }

    private ImageContent Largest => needs[0].Image;

    /// <summary>What there is to know when something did not fit: the images that need more than there is, or that none does, and the libraries that take most.</summary>
    /// <param name="room">Bytes of the region.</param>
    public string Explain(ulong room)
    {
        (ImageContent Image, ulong Bytes)[] tooLarge = needs.Where(n => n.Bytes > room).ToArray();
        if (tooLarge.Length == 0)
        {
            return $"each image alone would fit ('{Largest.Name}', the largest, needs {KiB(needs[0].Bytes)} of {KiB(room)}), but not everything at one address in all images that have it; the largest libraries are {DescribeFleet()}";
        }

        string others = string.Join(", ", tooLarge.Skip(1).Take(NamedImages).Select(n => $"'{n.Image.Name}' {KiB(n.Bytes)}"));
        int more = tooLarge.Length - 1 - NamedImages;
        return $"'{Largest.Name}' alone needs at least {KiB(needs[0].Bytes)} of {KiB(room)}"
            + (others.Length > 0 ? ", " + others : "") + (more > 0 ? FormattableString.Invariant($" and {more} more images too much as well") : "")
            + $"; largest are {DescribeLargest()}";
    }

    /// <summary>What of the largest image is largest, as text: <c>zlib (12 KiB), the application (4 KiB)</c>.</summary>
    private string DescribeLargest() => Describe(content.Libraries
        .Where(l => Largest.Source.Libraries.Contains(l.Library.Name))
        .Select(l => ("'" + l.Library.Name + "'", FleetContent.UnitsOf(Largest, l).Aggregate(0UL, (sum, u) => Add(sum, SizeOf(u)))))
        .Append(("its own objects", SizeOf(Largest.Application))));

    private string DescribeFleet() => Describe(content.Libraries.Select(l => ("'" + l.Library.Name + "'", l.Parts.Aggregate(0UL, (sum, p) => Add(sum, p.Variants.Max(SizeOf))))));

    private static string Describe(IEnumerable<(string Name, ulong Bytes)> sizes) => string.Join(", ", sizes.OrderByDescending(s => s.Bytes).Take(NamedLibraries).Select(s => $"{s.Name} ({KiB(s.Bytes)})"));

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
