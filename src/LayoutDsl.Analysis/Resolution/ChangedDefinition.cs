namespace LayoutDsl.Analysis.Resolution;

/// <summary>A symbol that means something else in an image once the members of the union are linked.</summary>
/// <param name="Name">The symbol.</param>
/// <param name="Own">What it is in the image as it was.</param>
/// <param name="Union">What it is with the union; a weak reference that was undefined may now be defined.</param>
public sealed record ChangedDefinition(string Name, SymbolDefinition Own, SymbolDefinition Union);
