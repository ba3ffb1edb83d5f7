using System;
using LayoutDsl.Text;

namespace LayoutDsl.Diagnostics;

/// <summary>How bad a diagnostic is.</summary>
public enum DiagnosticSeverity
{
    /// <summary>Something to know; nothing needs to be done.</summary>
    Info,

    /// <summary>Probably a mistake; the plan is made all the same.</summary>
    Warning,

    /// <summary>No plan is made.</summary>
    Error,
}

/// <summary>One kind of diagnostic.</summary>
/// <param name="Id">Never reused: <c>LAY0xxx</c> syntax, <c>1xxx</c> binding, <c>2xxx</c> planning, <c>3xxx</c> emission, <c>4xxx</c> object files and verification, <c>9xxx</c> internal.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Title">A few words for lists.</param>
public sealed record DiagnosticDescriptor(string Id, DiagnosticSeverity Severity, string Title);

/// <summary>Another place that belongs to a diagnostic, such as the first of two equal declarations.</summary>
public sealed record RelatedLocation(SourceLocation Location, string Message);

/// <summary>One mistake or hint, with the place it is about.</summary>
/// <param name="Descriptor">Its kind.</param>
/// <param name="Location">The exact span it is about.</param>
/// <param name="Message">What is wrong: one line, ending without a full stop.</param>
/// <param name="Hint">What to do about it, or null.</param>
/// <param name="Related">Other places that matter.</param>
public sealed record Diagnostic(
    DiagnosticDescriptor Descriptor,
    SourceLocation Location,
    string Message,
    string? Hint,
    EquatableArray<RelatedLocation> Related)
{
    /// <summary>The id of its kind.</summary>
    public string Id => Descriptor.Id;

    /// <summary>The severity of its kind.</summary>
    public DiagnosticSeverity Severity => Descriptor.Severity;

    /// <summary>Message and hint in one line, as build output shows them.</summary>
    public string FullMessage => Hint is null ? Message : Message + "; " + Hint;

    /// <summary>The one-line form that build tools understand: <c>path(line,column): error LAYnnnn: message</c>.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Location.Path}({Location.Lines.Start.Line + 1},{Location.Lines.Start.Column + 1}): {Severity.ToString().ToLowerInvariant()} {Id}: {FullMessage}");
}
