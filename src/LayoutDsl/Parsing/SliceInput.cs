using System.Collections.Generic;
using Sprache;

namespace LayoutDsl.Parsing;

/// <summary>
/// A part of a text as Sprache's input. Positions count from the start of the part. Unlike Sprache's own input it can jump,
/// keeps no line numbers (the text has them) and carries the list of mistakes that recovering parsers append to.
/// </summary>
internal sealed class SliceInput : IInput
{
    private readonly string text;
    private readonly int start;
    private readonly int end;

    public SliceInput(string text, int start, int end)
        : this(text, start, end, 0, new List<SyntaxMistake>())
    {
    }

    private SliceInput(string text, int start, int end, int position, List<SyntaxMistake> mistakes)
    {
        this.text = text;
        this.start = start;
        this.end = end;
        Position = position;
        Mistakes = mistakes;
    }

    public List<SyntaxMistake> Mistakes { get; }

    public int Position { get; }

    public int Length => end - start;

    public bool AtEnd => start + Position >= end;

    public char Current => text[start + Position];

    public string Source => text;

    public int Line => 0;

    public int Column => Position;

    // Only Parse.Ref uses memos, and the grammar does not use Parse.Ref (it throws when a failed parser is retried).
    public IDictionary<object, object> Memos => throw new System.NotSupportedException();

    public char CharAt(int position) => start + position < end ? text[start + position] : '\0';

    public string Substring(int from, int to) => text.Substring(start + from, to - from);

    public SliceInput MoveTo(int position) => position == Position ? this : new SliceInput(text, start, end, position, Mistakes);

    public IInput Advance() => MoveTo(Position + 1);

    public override bool Equals(object? obj) => obj is SliceInput other && Equals(other);

    public bool Equals(IInput? other) => other is SliceInput slice && ReferenceEquals(slice.text, text) && slice.start == start && slice.Position == Position;

    public override int GetHashCode() => Position;
}
