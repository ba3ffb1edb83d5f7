namespace LayoutDsl.Analysis.Resolution;

/// <summary>The section that is linked in place of a dropped duplicate.</summary>
/// <param name="Object">The object that has it.</param>
/// <param name="Section">Its index; 0 if the kept group has no section of the same name and size.</param>
public sealed record KeptSection(LinkedObject Object, int Section);
