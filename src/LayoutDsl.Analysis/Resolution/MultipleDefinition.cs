namespace LayoutDsl.Analysis.Resolution;

/// <summary>A global symbol that two linked objects define; ld reports it unless told not to (<c>-z muldefs</c>).</summary>
/// <param name="Name">The symbol.</param>
/// <param name="First">The object whose definition counts.</param>
/// <param name="Other">The object whose definition is ignored.</param>
public sealed record MultipleDefinition(string Name, LinkedObject First, LinkedObject Other);
