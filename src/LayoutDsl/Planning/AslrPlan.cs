using LayoutDsl.Model;

namespace LayoutDsl.Planning;

/// <summary>How addresses differ between images.</summary>
/// <param name="Mode">Whether images move as a whole, or library by library.</param>
/// <param name="Granularity">Bytes that addresses are multiples of, as the layout has it.</param>
/// <param name="Region">The region that things move in.</param>
/// <param name="Start">The first address of it that they may have.</param>
/// <param name="End">The address just after it.</param>
public sealed record AslrPlan(AslrMode Mode, ulong Granularity, string Region, ulong Start, ulong End);
