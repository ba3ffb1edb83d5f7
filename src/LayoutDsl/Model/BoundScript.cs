using LayoutDsl.Syntax;
using LayoutDsl.Text;

namespace LayoutDsl.Model;

/// <summary>A script or fragment whose statements were checked and whose constants are numbers.</summary>
/// <param name="Name">Its name, and that of its file.</param>
/// <param name="IsFragment">Whether it is a part of a script, for <c>INCLUDE</c>.</param>
/// <param name="Statements">What it says, in order.</param>
/// <param name="Documentation">Its doc comment.</param>
/// <param name="Location">Its name in the layout.</param>
public sealed record BoundScript(string Name, bool IsFragment, EquatableArray<ScriptStatementSyntax> Statements, string Documentation, SourceLocation Location);
