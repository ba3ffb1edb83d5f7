using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Model;

namespace LayoutDsl.Planning;

/// <summary>The linker script that the slots of the libraries are put into, and where.</summary>
/// <param name="Base">Path from the layout's folder; empty for the linker's own default script.</param>
/// <param name="Relation"><c>after</c> or <c>before</c> an output section of that script, <c>fragment</c> where that script includes a file, or <c>captured</c> for scripts of a build that was adopted.</param>
/// <param name="Anchor">The output section, or the name of the included file.</param>
/// <param name="OwnHeaders">The slots have program headers of their own, since the script has <c>PHDRS</c>.</param>
/// <param name="OwnRegions">The slots have regions of their own, since the script has <c>MEMORY</c>.</param>
public sealed record OverlayPlan(string Base, string Relation, string Anchor, bool OwnHeaders, bool OwnRegions)
{
    /// <summary>Relation of a part that the other script includes.</summary>
    public const string Fragment = "fragment";

    /// <summary>Relation of links that were captured: slots stand behind the output section that takes their input sections in the script of each.</summary>
    public const string Captured = "captured";

    /// <summary>Whether the scripts are those of links that were captured.</summary>
    public bool IsCaptured => Relation == Captured;

    /// <summary>Whether the other script includes the slots, and they are not inserted.</summary>
    public bool IsFragment => Relation == Fragment;

    /// <summary>The slots of an image that are put into the other script, by address: those of libraries. All else stays where the other script has it.</summary>
    public static IReadOnlyList<SlotPlan> GetSlots(LayoutPlan plan, ImagePlan image)
    {
        var libraries = new HashSet<string>(image.Libraries, System.StringComparer.Ordinal);
        return plan.GetSlots(image).Where(s => s.Size > 0 && libraries.Contains(s.Owner) && IsOrdinary(plan.GetSection(s.Section))).ToArray();
    }

    private static bool IsOrdinary(SectionPlan section) => section.Role == SectionRole.Ordinary && !section.IsTable && !section.IsBuiltIn;
}
