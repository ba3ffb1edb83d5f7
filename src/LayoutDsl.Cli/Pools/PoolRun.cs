using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Cli.Pools;

/// <summary>Pages of an image that follow each other and come from the pool, or are zeros.</summary>
/// <param name="Address">Address of the first.</param>
/// <param name="Count">How many pages.</param>
/// <param name="Flags">What the program may do with them.</param>
/// <param name="Hash">SHA-256 of their bytes in lower-case hexadecimal: the name of their file in the pool; null for zeros.</param>
internal readonly record struct PoolRun(ulong Address, int Count, ElfSegmentFlags Flags, string? Hash);
