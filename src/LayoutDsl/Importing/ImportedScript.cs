using LayoutDsl.Text;

namespace LayoutDsl.Importing;

/// <summary>A GNU ld script as a layout.</summary>
/// <param name="Layout">The text of the <c>.layout</c> file.</param>
/// <param name="Features">What the script uses, in ordinal order of GNU ld's words.</param>
public sealed record ImportedScript(string Layout, EquatableArray<ImportedFeature> Features);

/// <summary>Something of GNU ld that a script uses.</summary>
/// <param name="Feature">GNU ld's word for it.</param>
/// <param name="Uses">How often it is used.</param>
/// <param name="IsCarriedOver">Whether the layout says it too.</param>
public sealed record ImportedFeature(string Feature, int Uses, bool IsCarriedOver);
