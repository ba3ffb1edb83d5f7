namespace LayoutDsl.ObjectFiles.Tests;

/// <summary>A segment for <see cref="ElfBuilder"/>.</summary>
internal sealed record BuiltSegment(
    ElfSegmentType Type, ElfSegmentFlags Flags, ulong Offset, ulong Address, ulong FileSize, ulong MemorySize, ulong Alignment);
