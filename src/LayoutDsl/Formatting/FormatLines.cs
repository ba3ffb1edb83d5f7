using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace LayoutDsl.Formatting;

/// <summary>The lines of a formatted text. Declarations that stand below each other and start with the same word get common columns.</summary>
internal sealed class FormatLines
{
    /// <summary>Most spaces that a column adds to a line.</summary>
    private const int WidestGap = 32;

    private readonly List<Line> lines = new();

    /// <summary>Adds a line.</summary>
    /// <param name="indent">Spaces in front of it.</param>
    /// <param name="cells">Its text, cut where a column may start.</param>
    /// <param name="key">The first word of a declaration that is complete on this line; else empty.</param>
    /// <param name="comment">The comment at its end, with the spaces before it.</param>
    public void Add(int indent, IReadOnlyList<string> cells, string key, string comment) => lines.Add(new Line(indent, cells, key, comment));

    /// <summary>An empty line, unless the text would start with it.</summary>
    public void AddBlank()
    {
        if (lines.Count > 0) lines.Add(new Line(0, new[] { "" }, "", ""));
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        for (int i = 0; i < lines.Count;)
        {
            int end = i + 1;
            while (lines[i].Key.Length > 0 && end < lines.Count && lines[end].Key == lines[i].Key) end++;
            Write(text, lines.GetRange(i, end - i));
            i = end;
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, List<Line> run)
    {
        var cells = run.Select(l => l.Cells.ToArray()).ToArray();
        for (int column = 0; run.Count > 1 && cells.All(c => c.Length > column + 1); column++)
        {
            int width = cells.Max(c => c[column].Length);
            if (cells.Any(c => width - c[column].Length > WidestGap)) break;
            foreach (string[] line in cells) line[column] = line[column].PadRight(width);
        }

        for (int i = 0; i < run.Count; i++)
        {
            string line = new string(' ', run[i].Indent) + string.Join(" ", cells[i]) + run[i].Comment;
            text.Append(line.TrimEnd()).Append('\n');
        }
    }

    private sealed record Line(int Indent, IReadOnlyList<string> Cells, string Key, string Comment);
}
