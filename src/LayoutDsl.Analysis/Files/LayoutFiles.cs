using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using LayoutDsl.Analysis.Diagnostics;
using LayoutDsl.Diagnostics;
using LayoutDsl.Model;
using LayoutDsl.Parsing;
using LayoutDsl.Syntax;
using LayoutDsl.Text;

namespace LayoutDsl.Analysis.Files;

/// <summary>A layout with the files that it was read from.</summary>
/// <param name="Bound">The layout, or null after mistakes.</param>
/// <param name="Texts">Every file that was read, by its path in messages, for showing source lines.</param>
/// <param name="Diagnostics">What there is to say about it.</param>
public sealed record LoadedLayout(BoundLayout? Bound, IReadOnlyDictionary<string, SourceText> Texts, EquatableArray<Diagnostic> Diagnostics);

/// <summary>Reads layouts from disk.</summary>
public static class LayoutFiles
{
    /// <summary>Reads a root file with everything it includes.</summary>
    /// <param name="path">Path of the root file, as messages shall show it.</param>
    /// <param name="given">Values of parameters that win over those of the layout.</param>
    public static LoadedLayout Load(string path, EquatableArray<LayoutParameter> given = default)
    {
        string shown = path.Replace('\\', '/');
        var texts = new Dictionary<string, SourceText>(StringComparer.Ordinal);
        var bag = new DiagnosticBag();
        FileSyntax? root = Read(shown);
        if (root is null)
        {
            if (bag.Count == 0) bag.ReportFileAccess(SourceLocation.OfFile(shown), shown, "there is no such file");
            return new LoadedLayout(null, texts, bag.ToSortedArray());
        }

        Result<BoundLayout> bound = LayoutCompiler.Bind(root, Read, given);
        bag.AddRange(bound.Diagnostics);
        return new LoadedLayout(bag.HasErrors ? null : bound.Value, texts, bag.ToSortedArray());

        FileSyntax? Read(string file)
        {
            SourceText? text = ReadText(file, bag);
            if (text is null) return null;
            texts[file] = text;
            return LayoutCompiler.Parse(text);
        }
    }

    /// <summary>The text of a file; bytes that are no UTF-8 become U+FFFD, which the parser refuses. Null when it is not there, or after a diagnostic.</summary>
    public static SourceText? ReadText(string path, DiagnosticBag bag)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists) return null;

            // A character has at most three bytes in UTF-8 for each UTF-16 unit.
            if (file.Length <= 3L * SyntaxFacts.MaximumFileLength) return new SourceText(path, Encoding.UTF8.GetString(File.ReadAllBytes(path)));
            bag.ReportFileTooLarge(SourceLocation.OfFile(path), (int)Math.Min(file.Length, int.MaxValue), SyntaxFacts.MaximumFileLength);
        }
        catch (Exception exception) when (OutputFile.IsFileProblem(exception))
        {
            bag.ReportFileAccess(SourceLocation.OfFile(path), path, exception.Message);
        }

        return null;
    }

    /// <summary>The folder that the paths of a layout are relative to.</summary>
    public static string GetDirectory(BoundLayout layout) => Path.GetDirectoryName(Path.GetFullPath(layout.Path)) ?? "/";
}
