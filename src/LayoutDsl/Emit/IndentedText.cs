using System.Text;

namespace LayoutDsl.Emit;

/// <summary>Text in lines that are indented by their depth, with <c>\n</c> at every line's end.</summary>
internal sealed class IndentedText
{
    private readonly StringBuilder builder = new();
    private readonly string unit;
    private int depth;

    public IndentedText(string unit = "  ") => this.unit = unit;

    public void Line(string line = "")
    {
        if (line.Length > 0)
        {
            for (int i = 0; i < depth; i++) builder.Append(unit);
        }

        builder.Append(line).Append('\n');
    }

    /// <summary>A line, an opening brace, and what follows deeper.</summary>
    public void Open(string head)
    {
        Line(head);
        Line("{");
        depth++;
    }

    /// <summary>A line that ends with its opening brace, and what follows deeper.</summary>
    public void OpenOnLine(string head)
    {
        Line(head);
        depth++;
    }

    /// <summary>The closing brace with what belongs behind it.</summary>
    public void Close(string tail = "")
    {
        depth--;
        Line("}" + tail);
    }

    public override string ToString() => builder.ToString();
}
