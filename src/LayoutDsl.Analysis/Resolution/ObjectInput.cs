namespace LayoutDsl.Analysis.Resolution;

/// <summary>An object that is linked in any case.</summary>
/// <param name="Object">The object.</param>
public sealed record ObjectInput(LinkObject Object) : LinkInput;
