using System;
using System.Collections.Generic;
using System.Linq;

namespace LayoutDsl.Tests.Support;

/// <summary>A fenced block of a page.</summary>
/// <param name="Info">What stands behind the fence, such as <c>layout bad</c>.</param>
/// <param name="Text">Its lines.</param>
/// <param name="Line">Line of its fence, from one.</param>
internal sealed record MarkdownBlock(string Info, string Text, int Line);

/// <summary>Finds the examples of a page.</summary>
internal static class Markdown
{
    private const string Fence = "```";

    public static IReadOnlyList<MarkdownBlock> FindBlocks(string page)
    {
        var blocks = new List<MarkdownBlock>();
        string[] lines = page.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith(Fence, StringComparison.Ordinal)) continue;
            int end = Array.FindIndex(lines, i + 1, l => l == Fence);
            if (end < 0) throw new FormatException($"The block of line {i + 1} is not closed.");
            blocks.Add(new MarkdownBlock(lines[i][Fence.Length..].Trim(), string.Join("\n", lines.Skip(i + 1).Take(end - i - 1)) + "\n", i + 1));
            i = end;
        }

        return blocks;
    }
}
