namespace LayoutDsl.Analysis.Resolution;

/// <summary>A symbol that nothing defines, in an object that needs it.</summary>
/// <param name="Name">The symbol.</param>
/// <param name="Object">The object.</param>
/// <param name="SymbolIndex">The index in its symbol table.</param>
/// <param name="IsUsed">Whether a relocation of a section that is linked uses it; ld reports only these.</param>
public sealed record UndefinedReference(string Name, LinkedObject Object, int SymbolIndex, bool IsUsed);
