namespace LayoutDsl.Analysis.Resolution;

/// <summary>
/// Sections of which a link keeps one set only: a COMDAT group (gABI: Section Groups) or a section <c>.gnu.linkonce.TYPE.KEY</c>,
/// the older GNU form.
/// </summary>
/// <param name="Key">The signature of the group, or the part of the section's name after the type; an id of the name table.</param>
/// <param name="IsGroup">Whether it is a group.</param>
/// <param name="Name">The id of the section's own name, by which two sections of the older form are compared.</param>
/// <param name="Section">The group section, or the section itself.</param>
/// <param name="Members">What is kept or dropped together; of a group without the group section.</param>
internal sealed record LinkOnceUnit(int Key, bool IsGroup, int Name, int Section, int[] Members);
