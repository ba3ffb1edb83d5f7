using LayoutDsl.Model;

namespace LayoutDsl.Planning;

/// <summary>A range of memory.</summary>
public sealed record RegionPlan(string Name, Permissions Permissions, ulong Origin, ulong Length);
