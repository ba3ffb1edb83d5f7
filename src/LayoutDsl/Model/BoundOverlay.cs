using LayoutDsl.Planning;
using LayoutDsl.Text;

namespace LayoutDsl.Model;

/// <summary>The linker script that the slots of the libraries are put into; see <see cref="OverlayPlan"/>.</summary>
/// <param name="Base">Path from the root file's folder; empty for the linker's own default script.</param>
/// <param name="Relation"><c>after</c>, <c>before</c>, <c>fragment</c> or <c>captured</c>.</param>
/// <param name="Anchor">The output section, or the name of the included file.</param>
/// <param name="OwnHeaders">The slots have program headers of their own.</param>
/// <param name="OwnRegions">The slots have regions of their own.</param>
/// <param name="Location">The script's name in the layout.</param>
public sealed record BoundOverlay(string Base, string Relation, string Anchor, bool OwnHeaders, bool OwnRegions, SourceLocation Location)
{
    /// <summary>Whether the other script includes the slots, and they are not inserted.</summary>
    public bool IsFragment => Relation == OverlayPlan.Fragment;

    /// <summary>Whether the scripts are those of links that were captured.</summary>
    public bool IsCaptured => Relation == OverlayPlan.Captured;

    /// <summary>The same in a plan.</summary>
    public OverlayPlan ToPlan() => new(Base, Relation, Anchor, OwnHeaders, OwnRegions);
}
