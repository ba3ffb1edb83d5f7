using LayoutDsl.Diagnostics;
using LayoutDsl.Emit.Stubs;

namespace LayoutDsl.Planning;

/// <summary>What placing needs to know beside the sections that it places.</summary>
/// <param name="Content">What libraries and images bring.</param>
/// <param name="Space">Which addresses are given away.</param>
/// <param name="Placer">Sizes and alignments of slots.</param>
/// <param name="Stubs">Jumps of the machine.</param>
/// <param name="Indirections">How many functions are called through a jump.</param>
/// <param name="Page">Page size in bytes.</param>
/// <param name="Progress">Watches and stops it.</param>
/// <param name="Bag">Takes the mistakes.</param>
internal sealed record PlacementContext(FleetContent Content, AddressSpace Space, SlotPlacer Placer, StubCode Stubs, int Indirections, ulong Page, PlanProgress Progress, DiagnosticBag Bag)
{
    /// <summary>Pointers that nobody writes are other bytes in each image, so that their pages are not shared any more than written ones.</summary>
    public bool HasOwnPointers { get; init; }

    /// <summary>Images are left without the pages that they do not reach.</summary>
    public bool DropsUnreached { get; init; }
}
