using LayoutDsl.Model;
using LayoutDsl.Text;

namespace LayoutDsl.Planning;

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
