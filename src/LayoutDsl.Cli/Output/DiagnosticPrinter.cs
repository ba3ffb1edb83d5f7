using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Diagnostics;
using LayoutDsl.Text;
using Spectre.Console;

namespace LayoutDsl.Cli.Output;

/// <summary>Shows a diagnostic to a person: the one-line form, the source line with the span underlined, the hint, the other places.</summary>
internal static class DiagnosticPrinter
{
    private const int MaximumLineLength = 160;

    public static void Print(IAnsiConsole console, Diagnostic diagnostic, IReadOnlyDictionary<string, SourceText> texts)
    {
        string colour = diagnostic.Severity switch { DiagnosticSeverity.Error => "red", DiagnosticSeverity.Warning => "yellow", _ => "blue" };
        string severity = diagnostic.Severity.ToString().ToLowerInvariant();
        console.MarkupLine($"{Place(diagnostic.Location)}: [{colour}]{severity} {diagnostic.Id}[/]: [bold]{Markup.Escape(diagnostic.Message)}[/]");
        PrintSource(console, diagnostic.Location, colour, texts);
        if (diagnostic.Hint is not null) console.MarkupLine($"  [green]hint[/]: {Markup.Escape(diagnostic.Hint)}");
        foreach (RelatedLocation related in diagnostic.Related) console.MarkupLine($"  {Place(related.Location)}: {Markup.Escape(related.Message)}");
    }

    private static string Place(SourceLocation location) => location.IsWholeFile()
        ? Markup.Escape(location.Path)
        : Markup.Escape(FormattableString.Invariant($"{location.Path}({location.Lines.Start.Line + 1},{location.Lines.Start.Column + 1})"));

    /// <summary>Whether a location has no place inside its file.</summary>
    public static bool IsWholeFile(this SourceLocation location) => location.Lines == default && location.Span == default;

    private static void PrintSource(IAnsiConsole console, SourceLocation location, string colour, IReadOnlyDictionary<string, SourceText> texts)
    {
        if (!texts.TryGetValue(location.Path, out SourceText? text) || location.IsWholeFile()) return;
        LinePosition start = location.Lines.Start;
        string line = new(text.GetLine(start.Line).Select(c => char.IsControl(c) ? ' ' : c).ToArray());
        if (start.Column >= MaximumLineLength) return;
        int end = location.Lines.End.Line == start.Line ? location.Lines.End.Column : line.Length;
        if (line.Length > MaximumLineLength) line = line[..MaximumLineLength] + "...";
        int length = Math.Max(1, Math.Min(end, line.Length) - start.Column);
        string number = FormattableString.Invariant($"{start.Line + 1,5}");
        console.MarkupLine($"[grey]{number} |[/] {Markup.Escape(line)}");
        console.MarkupLine($"[grey]      |[/] {new string(' ', start.Column)}[{colour}]{new string('^', length)}[/]");
    }
}
