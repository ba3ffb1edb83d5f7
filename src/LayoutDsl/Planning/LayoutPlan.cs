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
        && Headers == other.Headers && IsPacked == other.IsPacked && Areas == other.Areas && Overlay == other.Overlay && Aslr == other.Aslr && Indirections == other.Indirections;

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

/// <summary>A range of memory.</summary>
public sealed record RegionPlan(string Name, Permissions Permissions, ulong Origin, ulong Length);

/// <summary>A class of input sections.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Permissions">Permissions of its memory.</param>
/// <param name="Patterns">Patterns of input section names.</param>
/// <param name="IsZero">It has no bytes in the file.</param>
/// <param name="IsTable">One slot an image, filled from all its libraries.</param>
/// <param name="Keep">Kept when sections are garbage-collected.</param>
/// <param name="BoundsStart">Symbol at its start; empty for none.</param>
/// <param name="BoundsEnd">Symbol at its end; empty for none.</param>
/// <param name="IsPadded">A table that is filled up with zeros to one size in all images.</param>
/// <param name="BoundsPadded">The end bound stands behind the padding, and not behind the last entry.</param>
/// <param name="Role">What is special about its content.</param>
/// <param name="IsBuiltIn">Stands for what the linker or the compiler makes.</param>
public sealed record SectionPlan(
    string Name,
    Permissions Permissions,
    EquatableArray<PatternPlan> Patterns,
    bool IsZero,
    bool IsTable,
    bool Keep,
    string BoundsStart,
    string BoundsEnd,
    bool IsPadded,
    bool BoundsPadded,
    SectionRole Role,
    bool IsBuiltIn)
{
    /// <summary>It is writable, but nobody writes it after start: its pages stay shared.</summary>
    public bool IsRelro { get; init; }

    /// <summary>It takes addresses but nothing is loaded there, whatever its inputs hold.</summary>
    public bool IsNoLoad { get; init; }

    /// <summary>What gaps between its inputs are filled with: four bytes, the first of them the highest; null for zeros.</summary>
    public uint? Fill { get; init; }

    /// <summary>The pattern that stands for common symbols, as in GNU ld.</summary>
    public const string Common = "COMMON";

    /// <summary>Whether its slots take memory when the image is loaded. Zeroed thread-local data does not: each thread has its own.</summary>
    public bool IsLoaded => !(Role == SectionRole.ThreadData && IsZero);
}

/// <summary>A pattern of input section names, sorted by name (or by priority for <c>.init_array.*</c> and its kin) when <paramref name="Sort"/> is set.</summary>
public sealed record PatternPlan(string Text, bool Sort);

/// <summary>A library.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Documentation">Its doc comment.</param>
/// <param name="ImageCount">In how many images it is, members of families counted one by one.</param>
/// <param name="Files">Its files, in link order.</param>
/// <param name="Slots">Its slots, one for each section that is no table.</param>
/// <param name="IndirectFunctions">Its functions that are chosen at start, in the order of their stubs and words; names for one function stand together.</param>
/// <param name="IsPerImage">Each image has a build of its own of it: <c>{image}</c> in its paths stands for the name of the image.</param>
public sealed record LibraryPlan(
    string Name,
    string Documentation,
    int ImageCount,
    EquatableArray<InputFilePlan> Files,
    EquatableArray<SlotPlan> Slots,
    EquatableArray<IndirectFunctionPlan> IndirectFunctions,
    bool IsPerImage = false)
{
    /// <summary>Its slots in one of its images, with that image's paths and addresses.</summary>
    public IEnumerable<SlotPlan> GetSlots(ImagePlan image) => GetSlotsWithPaths(image).Select(image.Move);

    private IEnumerable<SlotPlan> GetSlotsWithPaths(ImagePlan image) => IsPerImage
        ? Slots.Where(s => s.IsIn(image.Name)).Select(s => s with { Inputs = s.Inputs.Select(i => i with { Path = Expand(i.Path, image) }).ToEquatableArray() })
        : Slots;

    /// <summary>Its files in one of its images.</summary>
    public IEnumerable<InputFilePlan> GetFiles(ImagePlan image) => IsPerImage
        ? Files.Where(f => f.Images.Count == 0 || f.Images.Contains(image.Name)).Select(f => new InputFilePlan(Expand(f.Path, image), f.IsArchive))
        : Files;

    private static string Expand(string path, ImagePlan image) => path.Replace(BoundInput.ImagePlaceholder, image.Name);
}

/// <summary>A function of a library that is chosen when the program starts (<c>STT_GNU_IFUNC</c>), with all its names.</summary>
public sealed record IndirectFunctionPlan(EquatableArray<string> Names);

/// <summary>An image, or one member of a family.</summary>
/// <param name="Name">Its name; for a member the family's name and its number.</param>
/// <param name="Family">Name of its family; empty when it is not in one.</param>
/// <param name="Number">Its number in the family.</param>
/// <param name="Documentation">Its doc comment.</param>
/// <param name="Instances">How many of it run on a server.</param>
/// <param name="Libraries">Names of its libraries, in plan order.</param>
/// <param name="Files">Its own files, in link order.</param>
/// <param name="Slots">Its tables and its own sections.</param>
public sealed record ImagePlan(
    string Name,
    string Family,
    int Number,
    string Documentation,
    ulong Instances,
    EquatableArray<string> Libraries,
    EquatableArray<InputFilePlan> Files,
    EquatableArray<SlotPlan> Slots)
{
    /// <summary>How far what it has stands from where the plan has it for all images, in the order of <see cref="Libraries"/>, its own slots last; empty when nothing is moved.</summary>
    public EquatableArray<MovePlan> Moves { get; init; }

    /// <summary>The values that the symbols of the layout have in it; empty when nothing is moved, and <see cref="LayoutPlan.Symbols"/> holds.</summary>
    public EquatableArray<SymbolPlan> Symbols { get; init; }

    /// <summary>A slot of one of its libraries, or of its own, at the address that it has in it.</summary>
    public SlotPlan Move(SlotPlan slot)
    {
        if (Moves.Count == 0) return slot;
        string owner = slot.Owner == Name ? "" : slot.Owner;
        return Moves.FirstOrDefault(m => m.Owner == owner) is { } move ? slot with { Address = unchecked(slot.Address + move.Distance), Region = move.Region } : slot;
    }
}

/// <summary>How addresses differ between images.</summary>
/// <param name="Mode">Whether images move as a whole, or library by library.</param>
/// <param name="Granularity">Bytes that addresses are multiples of, as the layout has it.</param>
/// <param name="Region">The region that things move in.</param>
/// <param name="Start">The first address of it that they may have.</param>
/// <param name="End">The address just after it.</param>
public sealed record AslrPlan(AslrMode Mode, ulong Granularity, string Region, ulong Start, ulong End);

/// <summary>How far the block of a library, or what an image has for itself, stands in an image from where the plan has it.</summary>
/// <param name="Owner">Name of the library; empty for what the image has for itself.</param>
/// <param name="Region">The region that it is in.</param>
/// <param name="Distance">Bytes to add, modulo 2^64.</param>
public sealed record MovePlan(string Owner, string Region, ulong Distance);

/// <summary>A file that is given to the linker.</summary>
/// <param name="Path">Its path from the layout's folder; in a library that is built for each image, <c>{image}</c> stands for the image's name.</param>
/// <param name="IsArchive">All members of an archive are linked.</param>
/// <param name="Images">Names of the images that have it; empty when all images of the library do.</param>
public sealed record InputFilePlan(string Path, bool IsArchive, EquatableArray<string> Images = default);

/// <summary>A range of addresses for one section of a library, or of an image.</summary>
/// <param name="Owner">Name of the library or image.</param>
/// <param name="Section">Name of the section.</param>
/// <param name="OutputSection">Name of the section in the linked file.</param>
/// <param name="Region">Name of the region it lies in.</param>
/// <param name="Address">First address.</param>
/// <param name="Size">Bytes that its content needs at most, the padding of a padded table included.</param>
/// <param name="Reserved">Bytes that nothing else may use; at least <paramref name="Size"/>.</param>
/// <param name="Alignment">Alignment of the address in bytes.</param>
/// <param name="IsNote">All of it are ELF notes, which a program header announces.</param>
/// <param name="Inputs">What goes in, in link order.</param>
/// <param name="Part">
/// Which part of the library's section: empty for what all of its images have alike, else the name of the part's first object. Libraries that are built for each image
/// have a part for each way in which the images differ.
/// </param>
/// <param name="Images">Names of the images that have it; empty when all images of the owner do. Slots of one part with other contents have the same address.</param>
public sealed record SlotPlan(
    string Owner,
    string Section,
    string OutputSection,
    string Region,
    ulong Address,
    ulong Size,
    ulong Reserved,
    ulong Alignment,
    bool IsNote,
    EquatableArray<SlotInputPlan> Inputs,
    string Part = "",
    EquatableArray<string> Images = default)
{
    /// <summary>Where its content is loaded, from where start-up code copies it; null when that is its address.</summary>
    public ulong? LoadAddress { get; init; }

    /// <summary>The address just after what is reserved.</summary>
    public ulong End => Address + Reserved;

    /// <summary>Whether an image that has the owner has this.</summary>
    public bool IsIn(string image) => Images.Count == 0 || Images.Contains(image);
}

/// <summary>Sections of one object that go into a slot.</summary>
/// <param name="Path">Path of the object or its archive.</param>
/// <param name="Member">Name in the archive; empty for an object of its own.</param>
/// <param name="Sections">Names of its sections.</param>
/// <param name="Common">Whether its common symbols go here too.</param>
/// <param name="Offset">Where in the slot it starts, when that is not just behind the one before; else null.</param>
public sealed record SlotInputPlan(string Path, string Member, EquatableArray<string> Sections, bool Common, ulong? Offset = null);

/// <summary>A symbol that has the same value in every image.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
/// <param name="IsProvided">Defined only where something refers to it and nothing defines it.</param>
/// <param name="IsHidden">Not visible outside the image.</param>
public sealed record SymbolPlan(string Name, ulong Value, bool IsProvided = false, bool IsHidden = false);

/// <summary>A range of memory that holds sections with a <c>place</c> of their own, of all libraries and images.</summary>
/// <param name="Name">Name of its first section.</param>
/// <param name="Sections">Names of its sections.</param>
/// <param name="Region">Region it runs in.</param>
/// <param name="Address">First address.</param>
/// <param name="Size">Bytes, up to the end of the image that has most in it.</param>
/// <param name="LoadRegion">Region it is loaded to; the same as <paramref name="Region"/> when nothing is copied.</param>
/// <param name="LoadAddress">First address of what is loaded; the same as <paramref name="Address"/> when nothing is copied.</param>
public sealed record AreaPlan(string Name, EquatableArray<string> Sections, string Region, ulong Address, ulong Size, string LoadRegion, ulong LoadAddress)
{
    /// <summary>The address just after it.</summary>
    public ulong End => Address + Size;
}
