using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Text;

namespace LayoutDsl.Diagnostics;

/// <summary>Collects the diagnostics of one stage. Every kind of diagnostic has one <c>ReportXxx</c> method, grouped in files by stage.</summary>
public sealed partial class DiagnosticBag
{
    private readonly List<Diagnostic> diagnostics = new();

    /// <summary>Whether an error was reported.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>Names whose declarations could not be read, which was reported: that they are unknown is not a mistake of its own.</summary>
    public ISet<string> UnreadNames { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Number of diagnostics so far.</summary>
    public int Count => diagnostics.Count;

    /// <summary>Adds a diagnostic. Stages outside the compiler give their kinds methods of their own over this one.</summary>
    public void Add(Diagnostic diagnostic)
    {
        diagnostics.Add(diagnostic);
        HasErrors |= diagnostic.Severity == DiagnosticSeverity.Error;
    }

    /// <summary>Adds the diagnostics of an earlier stage.</summary>
    public void AddRange(IEnumerable<Diagnostic> items)
    {
        foreach (Diagnostic item in items) Add(item);
    }

    /// <summary>Puts what is known only now in front of the hints of a kind.</summary>
    public void AddHint(DiagnosticDescriptor descriptor, string hint)
    {
        for (int i = 0; i < diagnostics.Count; i++)
        {
            if (diagnostics[i].Descriptor == descriptor) diagnostics[i] = diagnostics[i] with { Hint = diagnostics[i].Hint is { } known ? hint + "; " + known : hint };
        }
    }

    /// <summary>The diagnostics ordered by file, place and id, equal ones once: the same whatever order they were found in.</summary>
    public EquatableArray<Diagnostic> ToSortedArray() => diagnostics.Count == 0 ? default : diagnostics
        .Distinct()
        .OrderBy(d => d.Location.Path, StringComparer.Ordinal)
        .ThenBy(d => d.Location.Span.Start)
        .ThenBy(d => d.Id, StringComparer.Ordinal)
        .ThenBy(d => d.Message, StringComparer.Ordinal)
        .ToEquatableArray();

    private void Report(DiagnosticDescriptor descriptor, SourceLocation location, string message, string? hint = null, params RelatedLocation[] related) =>
        Add(new Diagnostic(descriptor, location, message, hint, new EquatableArray<RelatedLocation>(related)));
}
