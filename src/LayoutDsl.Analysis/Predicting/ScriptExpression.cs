namespace LayoutDsl.Analysis.Predicting;

/// <summary>An expression of a linker script.</summary>
internal abstract record ScriptExpression;

/// <summary>A number.</summary>
internal sealed record NumberExpression(ulong Value) : ScriptExpression;

/// <summary>A symbol, or the location counter (<c>.</c>), or <c>SIZEOF_HEADERS</c>.</summary>
internal sealed record SymbolExpression(string Name) : ScriptExpression;

/// <summary><c>DEFINED(symbol) ? then : otherwise</c>.</summary>
internal sealed record DefinedExpression(string Name, ScriptExpression Then, ScriptExpression Otherwise) : ScriptExpression;

/// <summary>A sum, a difference, the larger of two (operator <c>m</c>), or an alignment (operator <c>a</c>: the left, aligned to the right).</summary>
internal sealed record BinaryExpression(char Operator, ScriptExpression Left, ScriptExpression Right) : ScriptExpression;
