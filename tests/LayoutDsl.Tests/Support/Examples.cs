using System.Collections.Generic;
using System.IO;
using System.Linq;
using LayoutDsl.Diagnostics;
using LayoutDsl.Model;

namespace LayoutDsl.Tests.Support;

/// <summary>Real layouts: those of the examples, and of the pages that show whole ones.</summary>
internal static class Examples
{
    public static IReadOnlyList<(string Name, string Text)> All { get; } =
    [
        .. Directory.GetFiles(Repository.GetPath("examples"), "*.layout", SearchOption.AllDirectories).Order(System.StringComparer.Ordinal)
            .Select(f => (Path.GetFileName(f), File.ReadAllText(f).ReplaceLineEndings("\n"))),
        .. Markdown.FindBlocks(Repository.Read("docs", "language.md")).Where(b => b.Info.StartsWith("layout", System.StringComparison.Ordinal))
            .Select(b => ($"language.md line {b.Line}", b.Text)),
    ];

    /// <summary>What a text means, places in it left out: its mistakes, or all that was bound.</summary>
    public static string Meaning(string text)
    {
        Result<BoundLayout> bound = Layouts.Bind(text);
        return string.Join("\n", bound.Diagnostics.Select(d => d.Id + d.Message)) + "\n" + Description.Of(bound.Value);
    }
}
