using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace LayoutDsl.Text;

/// <summary>
/// The line format of the files that the product keeps: fields separated by one space, a text field in quotes with every character that could be
/// mistaken escaped. Made for a diff and for a merge: one fact a line, no trailing state.
/// </summary>
public static class RecordText
{
    /// <summary>Appends one line.</summary>
    public static void AppendRecord(this StringBuilder builder, string keyword, params object[] fields)
    {
        builder.Append(keyword);
        foreach (object field in fields)
        {
            builder.Append(' ');
            if (field is string text) AppendQuoted(builder, text);
            else builder.Append(Convert.ToString(field, CultureInfo.InvariantCulture));
        }

        builder.Append('\n');
    }

    /// <summary>Splits a line into its fields, quotes removed; null when it is damaged.</summary>
    public static IReadOnlyList<string>? Split(string line)
    {
        var fields = new List<string>();
        int i = 0;
        while (i < line.Length)
        {
            if (line[i] == '"')
            {
                string? text = ReadQuoted(line, ref i);
                if (text is null) return null;
                fields.Add(text);
            }
            else
            {
                int end = line.IndexOf(' ', i);
                if (end < 0) end = line.Length;
                if (end == i) return null;
                fields.Add(line.Substring(i, end - i));
                i = end;
            }

            if (i == line.Length) return fields;
            if (line[i++] != ' ' || i == line.Length) return null;
        }

        return fields;
    }

    private static void AppendQuoted(StringBuilder builder, string text)
    {
        builder.Append('"');
        foreach (char c in text)
        {
            if (c is '"' or '\\') builder.Append('\\').Append(c);
            else if (c < ' ' || c == '\u007f') builder.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            else builder.Append(c);
        }

        builder.Append('"');
    }

    private static string? ReadQuoted(string line, ref int i)
    {
        var text = new StringBuilder();
        for (i++; i < line.Length; i++)
        {
            char c = line[i];
            if (c == '"')
            {
                i++;
                return text.ToString();
            }

            if (c != '\\')
            {
                text.Append(c);
                continue;
            }

            if (++i >= line.Length) return null;
            if (line[i] is '"' or '\\') text.Append(line[i]);
            else if (line[i] == 'u' && i + 4 < line.Length
                && ushort.TryParse(line.Substring(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code))
            {
                text.Append((char)code);
                i += 4;
            }
            else return null;
        }

        return null;
    }
}
