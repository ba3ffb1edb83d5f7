using System.Collections.Generic;
using LayoutDsl.Analysis.Sharing;

namespace LayoutDsl.Analysis.References;

/// <summary>A reference of a library that does not meet the same address in all images.</summary>
/// <param name="Library">The library.</param>
/// <param name="Object">The object that has it.</param>
/// <param name="Section">The input section.</param>
/// <param name="Offset">Where in the section it is, in bytes.</param>
/// <param name="Address">Where it is in the images; null when that differs too.</param>
/// <param name="Type">Type of the relocation (psABI of the machine).</param>
/// <param name="Cause">Why.</param>
/// <param name="Meetings">What it meets, by sets of images.</param>
public sealed record UnstableReference(
    string Library, string Object, string Section, ulong Offset, ulong? Address, uint Type, UnsharedCause Cause, IReadOnlyList<ReferenceMeeting> Meetings);

/// <summary>What a reference meets in some images.</summary>
/// <param name="Images">Names of the images.</param>
/// <param name="Provider">The object that defines it, or what else does.</param>
/// <param name="Value">The address, or the offset of thread-local data; null when it is not in the image.</param>
public sealed record ReferenceMeeting(IReadOnlyList<string> Images, string Provider, ulong? Value);
