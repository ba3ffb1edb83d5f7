using System.Linq;
using LayoutDsl.Text;

namespace LayoutDsl.Diagnostics;

/// <summary>What a stage of the pipeline made, with what it has to say about it.</summary>
/// <param name="Value">The product, or null when mistakes made one impossible.</param>
/// <param name="Diagnostics">In the order of their places.</param>
public sealed record Result<T>(T? Value, EquatableArray<Diagnostic> Diagnostics)
    where T : class
{
    /// <summary>Whether any diagnostic is an error.</summary>
    public bool HasErrors => Diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error);
}
