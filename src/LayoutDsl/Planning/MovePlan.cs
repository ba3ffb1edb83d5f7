namespace LayoutDsl.Planning;

/// <summary>How far the block of a library, or what an image has for itself, stands in an image from where the plan has it.</summary>
/// <param name="Owner">Name of the library; empty for what the image has for itself.</param>
/// <param name="Region">The region that it is in.</param>
/// <param name="Distance">Bytes to add, modulo 2^64.</param>
public sealed record MovePlan(string Owner, string Region, ulong Distance);
