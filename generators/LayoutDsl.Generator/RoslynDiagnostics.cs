using System.Linq;
using LayoutDsl.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace LayoutDsl.Generator;

/// <summary>The compiler's diagnostics as Roslyn's. Made only where they are reported, since Roslyn's are not comparable values.</summary>
internal static class RoslynDiagnostics
{
    private const string Category = "LayoutDsl";

    /// <summary>The same diagnostic for Roslyn; related places are additional locations.</summary>
    public static Diagnostic Create(Diagnostics.Diagnostic diagnostic) => Diagnostic.Create(
        new DiagnosticDescriptor(diagnostic.Id, diagnostic.Descriptor.Title, "{0}", Category, Convert(diagnostic.Severity), isEnabledByDefault: true),
        Convert(diagnostic.Location),
        diagnostic.Related.Select(r => Convert(r.Location)),
        diagnostic.FullMessage);

    private static DiagnosticSeverity Convert(Diagnostics.DiagnosticSeverity severity) => severity switch
    {
        Diagnostics.DiagnosticSeverity.Error => DiagnosticSeverity.Error,
        Diagnostics.DiagnosticSeverity.Warning => DiagnosticSeverity.Warning,
        _ => DiagnosticSeverity.Info,
    };

    private static Location Convert(SourceLocation location) => Location.Create(
        location.Path,
        new Microsoft.CodeAnalysis.Text.TextSpan(location.Span.Start, location.Span.Length),
        new LinePositionSpan(Convert(location.Lines.Start), Convert(location.Lines.End)));

    private static Microsoft.CodeAnalysis.Text.LinePosition Convert(Text.LinePosition position) => new(position.Line, position.Column);
}
