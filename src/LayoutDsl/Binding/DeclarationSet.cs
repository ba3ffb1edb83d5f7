using System;
using System.Collections.Generic;
using LayoutDsl.Diagnostics;
using LayoutDsl.Model;
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
    private readonly List<(SourcedDeclaration Source, IncludeSyntax Include, int Depth)> pending = new();
    private readonly EquatableArray<LayoutParameter> given;
    private int depth;

    private DeclarationSet(Func<string, FileSyntax?> resolve, EquatableArray<LayoutParameter> given, DiagnosticBag bag)
    {
        this.resolve = resolve;
        this.given = given;
        this.bag = bag;
    }

    public List<SourcedDeclaration> Declarations { get; } = new();

    /// <summary>Deepest chain of includes that is followed.</summary>
    private const int MaximumIncludeDepth = 100;

    public static DeclarationSet Gather(FileSyntax root, Func<string, FileSyntax?> resolve, EquatableArray<LayoutParameter> given, DiagnosticBag bag)
    {
        var set = new DeclarationSet(resolve, given, bag);
        set.Add(root);
        set.FollowPending();
        return set;
    }

    /// <summary>
    /// Decides on the includes that depend on parameters, once all files that come in without a condition have declared theirs. One whose parameters are not declared yet
    /// waits for the others.
    /// </summary>
    private void FollowPending()
    {
        while (pending.Count > 0)
        {
            var parameters = new ParameterTable(Declarations, given, new DiagnosticBag());
            int next = Math.Max(0, pending.FindIndex(p => parameters.Knows(p.Include.Condition)));
            (SourcedDeclaration source, IncludeSyntax include, int from) = pending[next];
            pending.RemoveAt(next);
            if (!parameters.Holds(source, include.Condition, bag)) continue;
            depth = from;
            Follow(source, include, parameters.Expand(include.Path.Value));
        }
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
            if (placed.Declaration is not IncludeSyntax include) Declarations.Add(declaration);
            else if (include.Condition is null && !ParameterTable.HasPlaceholder(include.Path.Value)) Follow(declaration, include, include.Path.Value);
            else pending.Add((declaration, include, depth + open.Count));
        }

        open.Remove(path);
    }

    private void Follow(SourcedDeclaration declaration, IncludeSyntax include, string name)
    {
        string path = LayoutPath.Combine(declaration.Directory, name);
        SourceLocation location = declaration.Locate(include.Path.Span);
        if (open.Contains(path)) bag.ReportIncludeCycle(location, name);
        else if (depth + open.Count >= MaximumIncludeDepth) bag.ReportIncludesTooDeep(location, MaximumIncludeDepth);
        else if (!done.Contains(path))
        {
            FileSyntax? file = name.Length == 0 ? null : resolve(path);
            if (file is null) bag.ReportIncludeNotFound(location, name);
            else Add(file);
        }
    }
}
