using System;
using LayoutDsl.Text;

namespace LayoutDsl.Diagnostics;

/// <content>Addresses that differ between images.</content>
public sealed partial class DiagnosticBag
{
    /// <summary>Something that cannot be had together with addresses that differ.</summary>
    public void ReportAslrConflict(SourceLocation location, string problem, string hint, SourceLocation other) =>
        Report(DiagnosticDescriptors.AslrConflict, location, $"addresses cannot differ between images here: {problem}", hint, new RelatedLocation(other, "this"));

    /// <summary>An image that is larger than the room that it moves in.</summary>
    public void ReportNoRoomToMove(SourceLocation location, string image, ulong needed, ulong room, string region) => Report(
        DiagnosticDescriptors.NoRoomToMove,
        location,
        FormattableString.Invariant($"what moves of '{image}' needs {needed} bytes in the region '{region}', which has {room} for it"),
        "make the region longer, or the granularity finer");

    /// <summary>Room in which an image's own code could be further from a library than a call goes.</summary>
    public void ReportRoomOutOfReach(SourceLocation location, string region, ulong span, string architecture, ulong reach, SourceLocation other) => Report(
        DiagnosticDescriptors.RoomOutOfReach,
        location,
        FormattableString.Invariant($"what moves in '{region}' can be {span} bytes apart, and calls of {architecture} reach {reach}"),
        FormattableString.Invariant($"name a region of at most {reach} bytes with 'within', and have what is 'fixed' in it"),
        new RelatedLocation(other, "this"));

    /// <summary>A mode that would leave it to a loader where an image is.</summary>
    public void ReportMovesAtLoad(SourceLocation location, string mode) => Report(
        DiagnosticDescriptors.MovesAtLoad,
        location,
        $"'{mode}' would move an image when it is loaded, but images are linked for the addresses that they have",
        "write 'aslr slide', which moves them when they are linked, and link each batch of instances with a seed of its own");
}
