using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Model;
using LayoutDsl.Text;

namespace LayoutDsl.Planning;

/// <summary>Where everything of a fleet goes: the product of planning, an immutable value.</summary>
/// <param name="Name">Full name of the layout, such as <c>Demo.Fleet</c>.</param>
/// <param name="Architecture">Name of the machine.</param>
/// <param name="Page">Page size in bytes.</param>
/// <param name="Entry">Entry symbol of every image.</param>
/// <param name="Regions">Ranges of memory.</param>
/// <param name="Sections">Classes of input sections, in the order in which they follow each other in memory.</param>
/// <param name="Libraries">Libraries, in plan order: those in more images first.</param>
/// <param name="Images">Images, members of families one by one, in ordinal order of their names (members by number).</param>
/// <param name="Symbols">Symbols that every image gets.</param>
/// <param name="Discards">Patterns of input sections that are left out.</param>
/// <param name="Headers">Address of the page that holds the ELF and program headers; null when they are not loaded.</param>
/// <param name="Indirections">Functions that are called through a stub, in the order of the stubs.</param>
public sealed record LayoutPlan(
    string Name,
    string Architecture,
    ulong Page,
    string Entry,
    EquatableArray<RegionPlan> Regions,
    EquatableArray<SectionPlan> Sections,
    EquatableArray<LibraryPlan> Libraries,
    EquatableArray<ImagePlan> Images,
    EquatableArray<SymbolPlan> Symbols,
    EquatableArray<string> Discards,
    ulong? Headers,
    EquatableArray<IndirectionPlan> Indirections)
{
    private PlanIndex? index;

    /// <summary>The ranges of memory that hold the sections with a <c>place</c> of their own, in the order of their addresses.</summary>
    public EquatableArray<AreaPlan> Areas { get; init; }

    /// <summary>Whether files have no padding: a loader copies segments to their addresses, from wherever in the file they are.</summary>
    public bool IsPacked { get; init; }

    /// <summary>Whether images are left without the pages of archives' members that no reference of theirs reaches.</summary>
    public bool DropsUnreached { get; init; }

    /// <summary>The script that the slots of libraries are put into; null when each image has a script of its own.</summary>
    public OverlayPlan? Overlay { get; init; }

    /// <summary>How addresses differ between images; null when each library has one address in all images.</summary>
    public AslrPlan? Aslr { get; init; }

    /// <summary>
    /// The plan of one image alone, with everything at the addresses that it has in that image. Where addresses are the same in all images, it is this plan.
    /// </summary>
    public LayoutPlan At(ImagePlan image)
    {
        if (image.Moves.Count == 0) return this;
        return this with
        {
            Libraries = Libraries.Select(l => l with { Slots = l.Slots.Select(image.Move).ToEquatableArray() }).ToEquatableArray(),
            Images = EquatableArray.Of(image with { Slots = image.Slots.Select(image.Move).ToEquatableArray(), Moves = default, Symbols = default }),
            Symbols = image.Symbols,
            Aslr = null,
        };
    }

    /// <summary>Whether an image may be without pages of a slot, since it does not reach what is there: code and constants, of which nothing but references of the image leads to any. What images have for themselves is reached.</summary>
    public bool MayDrop(SlotPlan slot)
    {
        SectionPlan section = GetSection(slot.Section);
        return DropsUnreached
            && Index.Libraries.ContainsKey(slot.Owner)
            && section.Role == SectionRole.Ordinary
            && slot.LoadAddress is null
            && (section.Permissions & Permissions.Write) == 0
            && !section.IsTable && !section.Keep && !section.IsBuiltIn && !section.IsZero;
    }

    /// <summary>The area that holds a section.</summary>
    /// <exception cref="KeyNotFoundException">The section has no <c>place</c> of its own.</exception>
    public AreaPlan GetArea(string section) => Areas.FirstOrDefault(a => a.Sections.Contains(section)) ?? throw new KeyNotFoundException($"no area holds the section '{section}'");

    /// <summary>The region of that name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public RegionPlan GetRegion(string name) => Regions.FirstOrDefault(r => r.Name == name) ?? throw new KeyNotFoundException($"there is no region '{name}'");

    /// <summary>The library of that name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public LibraryPlan GetLibrary(string name) => Index.Libraries[name];

    /// <summary>The image of that name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public ImagePlan GetImage(string name) => Index.Images[name];

    /// <summary>The section of that name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public SectionPlan GetSection(string name) => Index.Sections[name];

    /// <summary>The first address of a section of a library in an image.</summary>
    /// <exception cref="KeyNotFoundException">The plan has no such library or image, or the image does not have the library, or the library not the section.</exception>
    public ulong GetAddress(string library, string section, string image)
    {
        ImagePlan found = GetImage(image);
        SlotPlan? slot = found.Libraries.Contains(library) ? GetLibrary(library).GetSlots(found).FirstOrDefault(s => s.Section == section) : null;
        return slot?.Address ?? throw new KeyNotFoundException($"the image '{image}' has no '{library}.{section}'");
    }

    /// <summary>The libraries of an image, in plan order.</summary>
    public IEnumerable<LibraryPlan> GetLibraries(ImagePlan image) => image.Libraries.Select(GetLibrary);

    /// <summary>The images that have a library, in the order of <see cref="Images"/>.</summary>
    public IEnumerable<ImagePlan> GetImages(LibraryPlan library) => Images.Where(i => i.Libraries.Contains(library.Name));

    /// <summary>
    /// All slots of an image by address: those of its libraries, its tables and its own. Slots without content come last among equal addresses. Paths are the image's
    /// own, also of libraries that are built for each image.
    /// </summary>
    public IReadOnlyList<SlotPlan> GetSlots(ImagePlan image) => GetLibraries(image)
        .SelectMany(l => l.GetSlots(image))
        .Concat(image.Slots.Select(image.Move))
        .OrderBy(s => s.Address)
        .ThenBy(s => s.Size == 0)
        .ThenBy(s => s.OutputSection, StringComparer.Ordinal)
        .ToArray();

    /// <summary>The files of an image in the order in which the linker gets them: common libraries first, the application last.</summary>
    public IEnumerable<InputFilePlan> GetFiles(ImagePlan image) => GetLibraries(image).SelectMany(l => l.GetFiles(image)).Concat(image.Files);

    /// <summary>Two plans are equal when what they say is.</summary>
    public bool Equals(LayoutPlan? other) =>
        other is not null && Name == other.Name && Architecture == other.Architecture && Page == other.Page && Entry == other.Entry && Regions == other.Regions
        && Sections == other.Sections && Libraries == other.Libraries && Images == other.Images && Symbols == other.Symbols && Discards == other.Discards
        && Headers == other.Headers && IsPacked == other.IsPacked && DropsUnreached == other.DropsUnreached && Areas == other.Areas && Overlay == other.Overlay && Aslr == other.Aslr && Indirections == other.Indirections;

    /// <inheritdoc/>
    public override int GetHashCode() => unchecked((((Name.GetHashCode() * 31) + Libraries.GetHashCode()) * 31) + Images.GetHashCode());

    /// <summary>Look-ups by name. A copy of the record gets its own, since it may differ in what is looked up.</summary>
    private PlanIndex Index => index is { } known && ReferenceEquals(known.Owner, this) ? known : index = new PlanIndex(this);

    private sealed class PlanIndex
    {
        public PlanIndex(LayoutPlan plan)
        {
            Owner = plan;
            Libraries = plan.Libraries.ToDictionary(l => l.Name, StringComparer.Ordinal);
            Images = plan.Images.ToDictionary(i => i.Name, StringComparer.Ordinal);
            Sections = plan.Sections.ToDictionary(s => s.Name, StringComparer.Ordinal);
        }

        public LayoutPlan Owner { get; }

        public Dictionary<string, LibraryPlan> Libraries { get; }

        public Dictionary<string, ImagePlan> Images { get; }

        public Dictionary<string, SectionPlan> Sections { get; }
    }
}
