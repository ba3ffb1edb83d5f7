using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using LayoutDsl.Syntax;
using LayoutDsl.Text;

namespace LayoutDsl.Model;

/// <summary>What a layout says, with every name resolved and every constant computed: the input of the planner together with the facts.</summary>
/// <param name="Path">Path of the root file; input paths are relative to its folder.</param>
/// <param name="Namespace">Namespace of the generated type; empty for the global one.</param>
/// <param name="TypeName">Name of the generated type.</param>
/// <param name="Documentation">Doc comment of the layout.</param>
/// <param name="Target">Machine and page size.</param>
/// <param name="Regions">Ranges of memory.</param>
/// <param name="Sections">Classes of input sections, in ordinal order of their names.</param>
/// <param name="Libraries">Libraries, in ordinal order of their names.</param>
/// <param name="Images">Images and families, in ordinal order of their names.</param>
/// <param name="Alignments">Alignment rules.</param>
/// <param name="Placements">Where libraries and images go.</param>
/// <param name="Symbols">Symbols that every image gets.</param>
/// <param name="Constants">Values of the constants, for the expressions of symbols.</param>
/// <param name="Discards">Patterns of input sections that are left out.</param>
/// <param name="Indirections">Functions that the layout names to be called through a jump at a fixed address.</param>
/// <param name="IndirectAutomatically">Whether the planner finds more such functions.</param>
public sealed record BoundLayout(
    string Path,
    string Namespace,
    string TypeName,
    string Documentation,
    BoundTarget Target,
    EquatableArray<BoundRegion> Regions,
    EquatableArray<BoundSection> Sections,
    EquatableArray<BoundLibrary> Libraries,
    EquatableArray<BoundImage> Images,
    EquatableArray<BoundAlignment> Alignments,
    EquatableArray<BoundPlacement> Placements,
    EquatableArray<BoundSymbol> Symbols,
    EquatableArray<BoundConstant> Constants,
    EquatableArray<BoundPattern> Discards,
    EquatableArray<BoundIndirection> Indirections,
    bool IndirectAutomatically)
{
    /// <summary>How much room slots of libraries get to grow, the properties of libraries included.</summary>
    public EquatableArray<BoundHeadroom> Headrooms { get; init; }

    /// <summary>What must hold of the plan.</summary>
    public EquatableArray<BoundAssertion> Assertions { get; init; }

    /// <summary>The script that the libraries are put into; null when each image has a script of its own.</summary>
    public BoundOverlay? Overlay { get; init; }

    /// <summary>How addresses differ between images; null when nothing is said, which is not at all.</summary>
    public BoundAslr? Aslr { get; init; }

    /// <summary>Whether addresses differ between images.</summary>
    public bool IsMoved => Aslr is { Mode: not AslrMode.None };

    /// <summary>Whether each image has its libraries at places of their own.</summary>
    public bool IsShuffled => Aslr is { Mode: AslrMode.Shuffle };

    /// <summary>Scripts and fragments that are written as they stand, in ordinal order of their names.</summary>
    public EquatableArray<BoundScript> Scripts { get; init; }
}

/// <summary>What an image is linked for.</summary>
/// <param name="Architecture">The machine.</param>
/// <param name="Page">Page size in bytes.</param>
/// <param name="Entry">Entry symbol.</param>
/// <param name="Headers">Address of a page that holds the ELF and program headers in memory; null when they are not loaded.</param>
/// <param name="Location">The machine's name in the layout.</param>
public sealed record BoundTarget(Architecture Architecture, ulong Page, string Entry, ulong? Headers, SourceLocation Location)
{
    /// <summary>Whether a loader copies images into memory, so that their files need no padding; a kernel that maps them needs it.</summary>
    public bool IsPacked { get; init; }

    /// <summary>Whether images are left without the pages of archives' members that no reference of theirs reaches.</summary>
    public bool DropsUnreached { get; init; }
}

/// <summary>A function that is called through a jump at one address in all images, wherever the function itself is.</summary>
public sealed record BoundIndirection(string Symbol, SourceLocation Location);

/// <summary>A range of addresses.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Permissions">What its contents may ask for.</param>
/// <param name="Origin">First address.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Location">Its name in the layout.</param>
public sealed record BoundRegion(string Name, Permissions Permissions, ulong Origin, ulong Length, SourceLocation Location);

/// <summary>A named class of input sections.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Permissions">Permissions of the memory that holds it.</param>
/// <param name="Patterns">Patterns of input section names.</param>
/// <param name="IsZero">It has no bytes in the file (<c>SHT_NOBITS</c>).</param>
/// <param name="IsTable">Its parts from all libraries of an image form one array: one slot an image.</param>
/// <param name="Keep">Kept also when sections are garbage-collected.</param>
/// <param name="Bounds">Symbols at its start and end, or null.</param>
/// <param name="BoundsPadded">The end bound stands behind the padding, and not behind the last entry.</param>
/// <param name="Reserve">Bytes that a slot has at least.</param>
/// <param name="Role">What is special about its content.</param>
/// <param name="IsBuiltIn">Added by the compiler, for what the linker or the compiler itself makes.</param>
/// <param name="Documentation">Its doc comment.</param>
/// <param name="Location">Its name in the layout.</param>
public sealed record BoundSection(
    string Name,
    Permissions Permissions,
    EquatableArray<BoundPattern> Patterns,
    bool IsZero,
    bool IsTable,
    bool Keep,
    BoundBounds? Bounds,
    bool BoundsPadded,
    ulong Reserve,
    SectionRole Role,
    bool IsBuiltIn,
    string Documentation,
    SourceLocation Location)
{
    /// <summary>It is writable, but nobody writes it after start (read-only after relocation).</summary>
    public bool IsRelro { get; init; }

    /// <summary>It takes addresses but nothing is loaded there, and nothing sets it to zero at start: memory that survives a reset.</summary>
    public bool IsNoLoad { get; init; }

    /// <summary>What the gaps between its inputs are filled with: four bytes, the first of them the highest; null for zeros.</summary>
    public uint? Fill { get; init; }

    /// <summary>A table that is filled up with zeros to one size in all images, so that what lies behind it is at one address.</summary>
    public bool IsPadded => IsTable && (BoundsPadded || Reserve > 0 || Role != SectionRole.Ordinary);
}

/// <summary>A pattern of input section names; <c>*</c> stands for any text, <c>?</c> for one character.</summary>
public sealed record BoundPattern(string Text, bool Sort, SourceLocation Location);

/// <summary>Symbols at the first byte of a table and just after its last.</summary>
public sealed record BoundBounds(string Start, string End);

/// <summary>A set of objects that is the same in every image that uses it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Inputs">Where its objects come from.</param>
/// <param name="HeadroomPercent">Room to grow, in percent of each slot; null when it is not given. <see cref="BoundLayout.Headrooms"/> has it as a rule.</param>
/// <param name="Documentation">Its doc comment.</param>
/// <param name="Location">Its name in the layout.</param>
public sealed record BoundLibrary(string Name, EquatableArray<BoundInput> Inputs, ulong? HeadroomPercent, string Documentation, SourceLocation Location)
{
    /// <summary>Whether each image has a build of its own of it: objects are then the same where their content is.</summary>
    public bool IsPerImage => Inputs.Any(i => i.IsPerImage);
}

/// <summary>Objects or archives.</summary>
/// <param name="Pattern">Path relative to the folder of the root file; <c>*</c>, <c>?</c> and <c>**</c> are wildcards.</param>
/// <param name="Kind">What it names.</param>
/// <param name="Location">The pattern in the layout.</param>
public sealed record BoundInput(string Pattern, InputKind Kind, SourceLocation Location)
{
    /// <summary>Stands for the number of a family's member.</summary>
    public const string MemberPlaceholder = "{n}";

    /// <summary>Stands for the name of the image.</summary>
    public const string ImagePlaceholder = "{image}";

    /// <summary>Whether it names other files in each image.</summary>
    public bool IsPerImage => Pattern.Contains(ImagePlaceholder);

    /// <summary>The pattern for one image.</summary>
    public string Expand(ImageMember image)
    {
        string pattern = image.Number is { } n ? Pattern.Replace(MemberPlaceholder, n.ToString(CultureInfo.InvariantCulture)) : Pattern;
        return pattern.Replace(ImagePlaceholder, image.Name);
    }

    /// <summary>The path that stands for a file in all images: what <see cref="Expand"/> put in for the placeholder of a library is one again.</summary>
    public string ToTemplate(ImageMember image, string path)
    {
        int at = Pattern.IndexOf(ImagePlaceholder, StringComparison.Ordinal);
        if (at < 0 || string.CompareOrdinal(path, 0, Pattern, 0, at) != 0 || string.CompareOrdinal(path, at, image.Name, 0, image.Name.Length) != 0) return path;
        return path.Substring(0, at) + ImagePlaceholder + path.Substring(at + image.Name.Length);
    }
}

/// <summary>An image, or a family of images with one set of libraries.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Family">First and last number of a family; null for one image.</param>
/// <param name="Libraries">Names of the libraries it uses, in ordinal order.</param>
/// <param name="Inputs">Its own objects; <c>{n}</c> is the number of a family's member.</param>
/// <param name="Instances">How many of it run on a server; a family's members have this number each.</param>
/// <param name="Documentation">Its doc comment.</param>
/// <param name="Location">Its name in the layout.</param>
public sealed record BoundImage(
    string Name,
    BoundFamily? Family,
    EquatableArray<string> Libraries,
    EquatableArray<BoundInput> Inputs,
    ulong Instances,
    string Documentation,
    SourceLocation Location)
{
    /// <summary>The image, or the members of the family one by one.</summary>
    public IEnumerable<ImageMember> Members => Family is null
        ? new[] { new ImageMember(Name, null) }
        : Enumerable.Range(Family.First, Family.Count).Select(n => new ImageMember(Name + n.ToString(CultureInfo.InvariantCulture), n));
}

/// <summary>One image, alone or of a family.</summary>
/// <param name="Name">Its name; of a member that of the family and the number.</param>
/// <param name="Number">Its number in the family; null for an image that is in none.</param>
public readonly record struct ImageMember(string Name, int? Number);

/// <summary>The numbers of a family's members.</summary>
public sealed record BoundFamily(int First, int Last)
{
    /// <summary>How many members there are.</summary>
    public int Count => Last - First + 1;
}

/// <summary>An alignment rule; null stands for any library or image, or any section.</summary>
public sealed record BoundAlignment(string? Owner, string? Section, ulong Bytes, SourceLocation Location) : ISlotRule;

/// <summary>How much room slots get to grow; null stands for any library, or any section.</summary>
/// <param name="Owner">Name of the library.</param>
/// <param name="Section">Name of the section.</param>
/// <param name="Percent">Percent of the content of a slot.</param>
/// <param name="Location">The selector in the layout.</param>
public sealed record BoundHeadroom(string? Owner, string? Section, ulong Percent, SourceLocation Location) : ISlotRule;

/// <summary>A rule about the slots that a selector such as <c>zlib.text</c> or <c>*.text</c> names.</summary>
public interface ISlotRule
{
    /// <summary>Name of the library or image; null for any.</summary>
    string? Owner { get; }

    /// <summary>Name of the section; null for any.</summary>
    string? Section { get; }

    /// <summary>The selector in the layout.</summary>
    SourceLocation Location { get; }
}

/// <summary>What a <c>place</c> statement is about.</summary>
public enum PlacementSubject
{
    /// <summary>The slots of all libraries.</summary>
    Libraries,

    /// <summary>What every image has for itself: its tables and its application's sections.</summary>
    Images,

    /// <summary>Some sections, of libraries and images alike.</summary>
    Sections,
}

/// <summary>Where something goes: from an address, or after something else.</summary>
/// <param name="Subject">What it is about.</param>
/// <param name="Region">The region it runs in.</param>
/// <param name="From">First address; null when it comes after something.</param>
/// <param name="After">Name of the placement that it comes after.</param>
/// <param name="Location">Its subject in the layout.</param>
public sealed record BoundPlacement(PlacementSubject Subject, string Region, ulong? From, string? After, SourceLocation Location)
{
    /// <summary>The sections that are placed, in the order of the text; none for <see cref="PlacementSubject.Libraries"/> and <see cref="PlacementSubject.Images"/>.</summary>
    public EquatableArray<string> Sections { get; init; }

    /// <summary>The region that its content is loaded to, from where start-up code copies it; null when it is loaded where it runs.</summary>
    public string? LoadRegion { get; init; }

    /// <summary>What <c>after</c> calls it: <c>libraries</c>, <c>images</c> or its first section.</summary>
    public string Name => Subject switch { PlacementSubject.Libraries => "libraries", PlacementSubject.Images => "images", _ => Sections[0] };
}

/// <summary>A symbol that every image gets, at one value.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value, computed once everything is placed.</param>
/// <param name="IsProvided">Defined only where something refers to it and nothing defines it.</param>
/// <param name="IsHidden">Not visible outside the image.</param>
/// <param name="Location">Its name in the layout.</param>
public sealed record BoundSymbol(string Name, ExpressionSyntax Value, bool IsProvided, bool IsHidden, SourceLocation Location);

/// <summary>A comparison of addresses and sizes that the plan must satisfy.</summary>
public sealed record BoundAssertion(ExpressionSyntax Left, string Operator, ExpressionSyntax Right, string Message, SourceLocation Location);

/// <summary>A constant with its value.</summary>
public sealed record BoundConstant(string Name, ulong Value);
