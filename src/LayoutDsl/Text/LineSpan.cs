namespace LayoutDsl.Text;

/// <summary>A place in a text. Both numbers count from zero; messages print them from one.</summary>
public readonly record struct LinePosition(int Line, int Column);

/// <summary>A range of places in a text; <paramref name="End"/> is just after the last character.</summary>
public readonly record struct LineSpan(LinePosition Start, LinePosition End);
