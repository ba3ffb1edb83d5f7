namespace LayoutDsl.Planning;

/// <summary>A pattern of input section names, sorted by name (or by priority for <c>.init_array.*</c> and its kin) when <paramref name="Sort"/> is set.</summary>
public sealed record PatternPlan(string Text, bool Sort);
