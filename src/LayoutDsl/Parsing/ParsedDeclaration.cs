using LayoutDsl.Syntax;
using LayoutDsl.Text;

namespace LayoutDsl.Parsing;

/// <summary>One declaration, read on its own: equal texts give equal values wherever they stand.</summary>
/// <param name="Keyword">Its first word; empty when it starts with something else.</param>
/// <param name="Name">The word behind it, which it would declare.</param>
/// <param name="Declaration">What it says; null when it could not be read.</param>
/// <param name="Mistakes">What is wrong with it.</param>
/// <param name="LacksBlock">The brace that opens its block is not there.</param>
public sealed record ParsedDeclaration(string Keyword, string Name, DeclarationSyntax? Declaration, EquatableArray<SyntaxMistake> Mistakes, bool LacksBlock);
