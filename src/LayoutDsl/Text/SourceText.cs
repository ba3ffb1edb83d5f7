using System;
using System.Collections.Generic;

namespace LayoutDsl.Text;

/// <summary>The text of one file together with its path, able to turn offsets into lines and columns.</summary>
public sealed class SourceText : IEquatable<SourceText>
{
    private int[]? lineStarts;

    /// <summary>Creates a text.</summary>
    /// <param name="path">Path with <c>/</c> separators, as messages show it.</param>
    /// <param name="content">The whole text.</param>
    public SourceText(string path, string content)
    {
        Path = path;
        Content = content;
    }

    /// <summary>Path with <c>/</c> separators, as messages show it.</summary>
    public string Path { get; }

    /// <summary>The whole text.</summary>
    public string Content { get; }

    /// <summary>Number of lines; an empty text has one.</summary>
    public int LineCount => LineStarts.Length;

    private int[] LineStarts => lineStarts ??= FindLineStarts(Content);

    /// <summary>Line and column of an offset; offsets outside the text are moved to its nearest end.</summary>
    public LinePosition GetLinePosition(int offset)
    {
        offset = Math.Max(0, Math.Min(offset, Content.Length));
        int index = Array.BinarySearch(LineStarts, offset);
        int line = index >= 0 ? index : ~index - 1;
        return new LinePosition(line, offset - LineStarts[line]);
    }

    /// <summary>The location of a span, for a diagnostic.</summary>
    public SourceLocation GetLocation(TextSpan span) =>
        new(Path, span, new LineSpan(GetLinePosition(span.Start), GetLinePosition(span.End)));

    /// <summary>Offset of the first character of a line (from zero).</summary>
    public int GetLineStart(int line) => LineStarts[line];

    /// <summary>The text of a line (from zero) without its line end.</summary>
    public string GetLine(int line)
    {
        int start = LineStarts[line];
        int end = line + 1 < LineStarts.Length ? LineStarts[line + 1] : Content.Length;
        return Content.Substring(start, end - start).TrimEnd('\r', '\n');
    }

    /// <inheritdoc/>
    public bool Equals(SourceText? other) =>
        other is not null && string.Equals(Path, other.Path, StringComparison.Ordinal) && string.Equals(Content, other.Content, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SourceText);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Content);

    private static int[] FindLineStarts(string content)
    {
        var starts = new List<int> { 0 };
        for (int i = 0; i < content.Length; i++)
        {
            // A lone carriage return ends a line too, as in Roslyn, so that editors agree on the numbers.
            if (content[i] == '\n' || (content[i] == '\r' && (i + 1 == content.Length || content[i + 1] != '\n'))) starts.Add(i + 1);
        }

        return starts.ToArray();
    }
}
