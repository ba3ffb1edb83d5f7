using System;
using System.Collections.Generic;
using System.Globalization;

namespace LayoutDsl.Text;

/// <summary>Walks the records of a text that <see cref="RecordText"/> wrote, and checks their fields. The first damage stops it.</summary>
public sealed class RecordReader
{
    private readonly string[] lines;
    private int line = -1;
    private IReadOnlyList<string> fields = Array.Empty<string>();

    /// <summary>Starts before the first record.</summary>
    public RecordReader(string text) => lines = text.Split('\n');

    /// <summary>What is damaged, or null.</summary>
    public string? Error { get; private set; }

    /// <summary>Line of the current record, from one.</summary>
    public int Line => line + 1;

    /// <summary>First field of the current record.</summary>
    public string Keyword => fields[0];

    /// <summary>Number of fields after the keyword.</summary>
    public int FieldCount => fields.Count - 1;

    /// <summary>Moves to the next record that is neither empty nor a comment; false at the end or after damage.</summary>
    public bool Read()
    {
        while (Error is null && ++line < lines.Length)
        {
            string content = lines[line].TrimEnd('\r');
            if (content.Length == 0 || content[0] == '#') continue;
            IReadOnlyList<string>? split = RecordText.Split(content);
            if (split is null)
            {
                Fail("the line is damaged");
                return false;
            }

            fields = split;
            return true;
        }

        return false;
    }

    /// <summary>Records damage at the current line.</summary>
    public void Fail(string message) => Error ??= FormattableString.Invariant($"line {Line}: {message}");

    /// <summary>A text field, counted from zero after the keyword.</summary>
    public string Text(int index)
    {
        if (index < FieldCount) return fields[index + 1];
        Fail($"'{Keyword}' lacks a field");
        return "";
    }

    /// <summary>A decimal or <c>0x</c> number.</summary>
    public ulong Number(int index)
    {
        string text = Text(index);
        bool hex = text.StartsWith("0x", StringComparison.Ordinal);
        if (ulong.TryParse(hex ? text.Substring(2) : text, hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out ulong value)) return value;
        Fail($"'{text}' is not a number");
        return 0;
    }

    /// <summary>A number of at most 31 bits.</summary>
    public int Int32(int index)
    {
        ulong value = Number(index);
        if (value <= int.MaxValue) return (int)value;
        Fail("a number is too large");
        return 0;
    }
}
