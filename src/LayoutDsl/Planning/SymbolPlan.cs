namespace LayoutDsl.Planning;

/// <summary>A symbol that has the same value in every image.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
/// <param name="IsProvided">Defined only where something refers to it and nothing defines it.</param>
/// <param name="IsHidden">Not visible outside the image.</param>
public sealed record SymbolPlan(string Name, ulong Value, bool IsProvided = false, bool IsHidden = false);
