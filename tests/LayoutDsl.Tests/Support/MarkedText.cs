using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using LayoutDsl.Diagnostics;

namespace LayoutDsl.Tests.Support;

/// <summary>
/// Text in which the mistakes are marked: <c>[LAY0003|libary|] zlib { }</c> is the text <c>libary zlib { }</c> with LAY0003 expected at exactly the word
/// <c>libary</c>. Marks may be empty, follow each other and nest.
/// </summary>
internal sealed partial class MarkedText
{
    private readonly List<string> expected = [];

    public MarkedText(string marked)
    {
        var text = new StringBuilder();
        var open = new Stack<(string Id, int Start)>();
        int at = 0;
        foreach (Match mark in Marks().Matches(marked))
        {
            text.Append(marked, at, mark.Index - at);
            at = mark.Index + mark.Length;
            if (mark.Value != "|]")
            {
                open.Push((mark.Groups[1].Value, text.Length));
                continue;
            }

            (string id, int start) = open.Pop();
            expected.Add(Describe(id, start, text.ToString(start, text.Length - start)));
        }

        if (open.Count > 0) throw new FormatException("A mark is not closed.");
        Text = text.Append(marked, at, marked.Length - at).ToString();
    }

    /// <summary>The text without its marks.</summary>
    public string Text { get; }

    /// <summary>Asserts that the diagnostics are those that are marked, and those that are about the whole file.</summary>
    public void AssertMarked(IEnumerable<Diagnostic> diagnostics, params string[] wholeFile)
    {
        string[] actual = diagnostics.Select(d => d.Location.Span == default && d.Location.Lines == default && wholeFile.Contains(d.Id)
            ? d.Id + " of the file"
            : Describe(d.Id, d.Location.Span.Start, Text.Substring(Math.Min(d.Location.Span.Start, Text.Length), Math.Min(d.Location.Span.Length, Text.Length - d.Location.Span.Start)))).ToArray();
        Assert.Equal(Sort(expected.Concat(wholeFile.Select(id => id + " of the file"))), Sort(actual));
    }

    private static string Describe(string id, int start, string text) => FormattableString.Invariant($"{id} at {start:d4}: {text}");

    private static string Sort(IEnumerable<string> lines) => string.Join("\n", lines.Order(StringComparer.Ordinal));

    [GeneratedRegex(@"\[(LAY\d{4})\||\|\]")]
    private static partial Regex Marks();
}
