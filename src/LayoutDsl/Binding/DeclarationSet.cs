using System;
using System.Collections.Generic;
using LayoutDsl.Diagnostics;
using LayoutDsl.Syntax;
using LayoutDsl.Text;

namespace LayoutDsl.Binding;

/// <summary>A declaration of the layout together with the file it stands in.</summary>
internal sealed record SourcedDeclaration(SourceText Text, PlacedDeclaration Placed)
{
    public DeclarationSyntax Syntax => Placed.Declaration;

    public string Directory => LayoutPath.GetDirectory(Text.Path);

    public SourceLocation Locate(TextSpan span) => Text.GetLocation(span.Shift(Placed.Start));
}

/// <summary>Follows the includes of a root file and gathers all declarations, each file once.</summary>
internal sealed class DeclarationSet
{
    private readonly Func<string, FileSyntax?> resolve;
    private readonly DiagnosticBag bag;
    private readonly HashSet<string> done = new(StringComparer.Ordinal);
    private readonly HashSet<string> open = new(StringComparer.Ordinal);

    private DeclarationSet(Func<string, FileSyntax?> resolve, DiagnosticBag bag)
    {
        this.resolve = resolve;
        this.bag = bag;
    }

    public List<SourcedDeclaration> Declarations { get; } = new();

    /// <summary>Deepest chain of includes that is followed.</summary>
    private const int MaximumIncludeDepth = 100;

    public static DeclarationSet Gather(FileSyntax root, Func<string, FileSyntax?> resolve, DiagnosticBag bag)
    {
        var set = new DeclarationSet(resolve, bag);
        set.Add(root);
        return set;
    }

    private void Add(FileSyntax file)
    {
        string path = LayoutPath.Normalize(file.Text.Path);
        done.Add(path);
        open.Add(path);
        bag.AddRange(file.Diagnostics);
        bag.UnreadNames.UnionWith(file.BrokenNames);
        foreach (PlacedDeclaration placed in file.Declarations)
        {
            var declaration = new SourcedDeclaration(file.Text, placed);
            if (placed.Declaration is IncludeSyntax include) Follow(declaration, include);
            else Declarations.Add(declaration);
        }

        open.Remove(path);
    }

    private void Follow(SourcedDeclaration declaration, IncludeSyntax include)
    {
        string path = LayoutPath.Combine(declaration.Directory, include.Path.Value);
        SourceLocation location = declaration.Locate(include.Path.Span);
        if (open.Contains(path)) bag.ReportIncludeCycle(location, include.Path.Value);
        else if (open.Count >= MaximumIncludeDepth) bag.ReportIncludesTooDeep(location, MaximumIncludeDepth);
        else if (!done.Contains(path))
        {
            FileSyntax? file = include.Path.Value.Length == 0 ? null : resolve(path);
            if (file is null) bag.ReportIncludeNotFound(location, include.Path.Value);
            else Add(file);
        }
    }
}
