using LayoutDsl.Diagnostics;
using LayoutDsl.Text;

namespace LayoutDsl.Syntax;

/// <summary>One file, cut into its declarations.</summary>
/// <param name="Text">The text it was made from.</param>
/// <param name="Declarations">Those that could be read, in the order of the file.</param>
/// <param name="Diagnostics">The mistakes, in the order of the file.</param>
public sealed record FileSyntax(SourceText Text, EquatableArray<PlacedDeclaration> Declarations, EquatableArray<Diagnostic> Diagnostics)
{
    /// <summary>What the declarations that could not be read would have declared: that these names are unknown is no mistake of its own.</summary>
    public EquatableArray<string> BrokenNames { get; init; }
}

/// <summary>A declaration, where it starts in its file, and the doc comment above it.</summary>
/// <param name="Start">Offset of the declaration in the file.</param>
/// <param name="Documentation">The text of the <c>///</c> lines above it, without their markers; empty when there are none.</param>
/// <param name="Declaration">The declaration; its spans count from <paramref name="Start"/>.</param>
public sealed record PlacedDeclaration(int Start, string Documentation, DeclarationSyntax Declaration);
