using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using LayoutDsl.Diagnostics;
using LayoutDsl.Syntax;
using LayoutDsl.Text;

namespace LayoutDsl.Generator;

/// <summary>The files of a project, sorted into layouts: a file with a <c>layout</c> declaration is a root, the others are there to be included.</summary>
/// <param name="Units">The layouts, in ordinal order of their paths.</param>
/// <param name="Diagnostics">About files that belong to no layout.</param>
internal sealed record LayoutSet(EquatableArray<LayoutUnit> Units, EquatableArray<Diagnostic> Diagnostics)
{
    private static readonly Regex Placeholder = new(@"\{[A-Za-z_][A-Za-z0-9_]*\}", RegexOptions.CultureInvariant);

    /// <summary>Sorts files.</summary>
    public static LayoutSet Sort(IEnumerable<FileSyntax> files)
    {
        var byPath = new SortedDictionary<string, FileSyntax>(StringComparer.Ordinal);
        foreach (FileSyntax file in files) byPath[file.Text.Path] = file;
        var units = new List<LayoutUnit>();
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (FileSyntax root in byPath.Values.Where(f => FindHeader(f) is not null))
        {
            IReadOnlyList<FileSyntax> all = Follow(root, byPath);
            used.UnionWith(all.Select(f => f.Text.Path));
            units.Add(new LayoutUnit(root, all.Skip(1).ToEquatableArray(), FindClash(root, units)));
        }

        // A file with mistakes may be a layout whose first line is one of them.
        var bag = new DiagnosticBag();
        foreach (FileSyntax file in byPath.Values.Where(f => f.Diagnostics.Count == 0 && !used.Contains(f.Text.Path))) bag.ReportUnusedFile(SourceLocation.OfFile(file.Text.Path));
        return new LayoutSet(units.ToEquatableArray(), bag.ToSortedArray());
    }

    private static (string Name, SourceLocation Location)? FindHeader(FileSyntax file)
    {
        PlacedDeclaration? placed = file.Declarations.FirstOrDefault(d => d.Declaration is LayoutHeaderSyntax);
        if (placed?.Declaration is not LayoutHeaderSyntax header) return null;
        return (string.Join(".", header.Parts.Select(p => p.Text)), file.Text.GetLocation(header.Span.Shift(placed.Start)));
    }

    /// <summary>A file and all that it includes, itself first.</summary>
    private static List<FileSyntax> Follow(FileSyntax root, SortedDictionary<string, FileSyntax> byPath)
    {
        var found = new List<FileSyntax> { root };
        var seen = new HashSet<string>(StringComparer.Ordinal) { root.Text.Path };
        for (int i = 0; i < found.Count; i++)
        {
            string directory = LayoutPath.GetDirectory(found[i].Text.Path);
            foreach (IncludeSyntax include in found[i].Declarations.Select(d => d.Declaration).OfType<IncludeSyntax>())
            {
                // Which of several files it is may depend on parameters: all that it could be belong to the layout.
                string path = LayoutPath.Combine(directory, Placeholder.Replace(include.Path.Value, "*"));
                foreach (FileSyntax file in Find(path, byPath).Where(f => seen.Add(f.Text.Path))) found.Add(file);
            }
        }

        return found;
    }

    private static IEnumerable<FileSyntax> Find(string path, SortedDictionary<string, FileSyntax> byPath) =>
        path.IndexOf('*') >= 0 ? byPath.Values.Where(f => Glob.IsMatch(path, f.Text.Path)).ToArray()
        : byPath.TryGetValue(path, out FileSyntax? file) ? new[] { file }
        : Array.Empty<FileSyntax>();

    /// <summary>Two layouts cannot have one name, nor one be the namespace of the other.</summary>
    private static Diagnostic? FindClash(FileSyntax root, List<LayoutUnit> earlier)
    {
        (string name, SourceLocation location) = FindHeader(root)!.Value;
        foreach (LayoutUnit unit in earlier)
        {
            (string other, SourceLocation first) = FindHeader(unit.Root)!.Value;
            if (!(name + ".").StartsWith(other + ".", StringComparison.Ordinal) && !(other + ".").StartsWith(name + ".", StringComparison.Ordinal)) continue;
            var bag = new DiagnosticBag();
            bag.ReportNameCollision(location, name, other, first);
            return bag.ToSortedArray()[0];
        }

        return null;
    }
}
