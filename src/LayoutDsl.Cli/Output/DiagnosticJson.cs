using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using LayoutDsl.Diagnostics;
using LayoutDsl.Text;

namespace LayoutDsl.Cli.Output;

/// <summary>Diagnostics as JSON. Lines and columns count from one; the end is just after the last character.</summary>
internal static class DiagnosticJson
{
    /// <summary>How all JSON of the tool is written.</summary>
    public static JsonSerializerOptions Options { get; } = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonObject ToJson(Diagnostic diagnostic) => new()
    {
        ["id"] = diagnostic.Id,
        ["severity"] = diagnostic.Severity.ToString().ToLowerInvariant(),
        ["message"] = diagnostic.Message,
        ["hint"] = diagnostic.Hint,
        ["location"] = ToJson(diagnostic.Location),
        ["related"] = new JsonArray(diagnostic.Related
            .Select(r => (JsonNode)new JsonObject { ["message"] = r.Message, ["location"] = ToJson(r.Location) })
            .ToArray()),
    };

    private static JsonObject ToJson(SourceLocation location) => new()
    {
        ["file"] = location.Path,
        ["line"] = location.Lines.Start.Line + 1,
        ["column"] = location.Lines.Start.Column + 1,
        ["endLine"] = location.Lines.End.Line + 1,
        ["endColumn"] = location.Lines.End.Column + 1,
    };
}
