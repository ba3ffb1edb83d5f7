using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using LayoutDsl.Diagnostics;
using LayoutDsl.Text;

namespace LayoutDsl.Cli.Output;

/// <summary>Diagnostics as a SARIF 2.1.0 log (OASIS, Static Analysis Results Interchange Format) of one run.</summary>
internal static class SarifOutput
{
    private const string Schema = "https://json.schemastore.org/sarif-2.1.0.json";

    /// <summary>A log with these diagnostics in this order; its rules are the kinds among them, by id.</summary>
    public static JsonObject ToJson(IReadOnlyCollection<Diagnostic> diagnostics)
    {
        DiagnosticDescriptor[] rules = diagnostics.Select(d => d.Descriptor).DistinctBy(d => d.Id).OrderBy(d => d.Id, StringComparer.Ordinal).ToArray();
        return new JsonObject
        {
            ["$schema"] = Schema,
            ["version"] = "2.1.0",
            ["runs"] = new JsonArray(new JsonObject
            {
                ["tool"] = new JsonObject
                {
                    ["driver"] = new JsonObject
                    {
                        ["name"] = "LayoutDsl",
                        ["version"] = typeof(SarifOutput).Assembly.GetName().Version!.ToString(3),
                        ["rules"] = Array(rules, ToRule),
                    },
                },
                ["columnKind"] = "utf16CodeUnits",
                ["results"] = Array(diagnostics, d => ToResult(d, System.Array.FindIndex(rules, r => r.Id == d.Id))),
            }),
        };
    }

    /// <summary>The page goes into <c>help</c>: <c>helpUri</c> has to be absolute (section 3.49.12).</summary>
    private static JsonObject ToRule(DiagnosticDescriptor rule)
    {
        string page = $"docs/diagnostics/{rule.Id}.md";
        return new JsonObject
        {
            ["id"] = rule.Id,
            ["shortDescription"] = Text(rule.Title),
            ["help"] = new JsonObject { ["text"] = page, ["markdown"] = $"[{rule.Id}: {rule.Title}]({page})" },
            ["defaultConfiguration"] = new JsonObject { ["level"] = ToLevel(rule.Severity) },
        };
    }

    private static JsonObject ToResult(Diagnostic diagnostic, int rule)
    {
        var result = new JsonObject
        {
            ["ruleId"] = diagnostic.Id,
            ["ruleIndex"] = rule,
            ["level"] = ToLevel(diagnostic.Severity),
            ["message"] = Text(diagnostic.FullMessage),
            ["locations"] = new JsonArray(ToLocation(diagnostic.Location)),
        };
        if (diagnostic.Related.Count > 0)
        {
            result["relatedLocations"] = Array(diagnostic.Related, r =>
            {
                JsonObject location = ToLocation(r.Location);
                location["message"] = Text(r.Message);
                return location;
            });
        }

        return result;
    }

    private static JsonObject ToLocation(SourceLocation location)
    {
        var place = new JsonObject { ["artifactLocation"] = new JsonObject { ["uri"] = ToUri(location.Path) } };
        if (!location.IsWholeFile())
        {
            // Lines and columns count from one; the end is just after the last character (section 3.30.8).
            place["region"] = new JsonObject
            {
                ["startLine"] = location.Lines.Start.Line + 1,
                ["startColumn"] = location.Lines.Start.Column + 1,
                ["endLine"] = location.Lines.End.Line + 1,
                ["endColumn"] = location.Lines.End.Column + 1,
            };
        }

        return new JsonObject { ["physicalLocation"] = place };
    }

    /// <summary>A path as a URI reference: relative paths stay relative.</summary>
    private static string ToUri(string path) => Path.IsPathRooted(path)
        ? new Uri(path).AbsoluteUri
        : string.Join('/', path.Replace('\\', '/').Split('/').Select(Uri.EscapeDataString));

    private static string ToLevel(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        _ => "note",
    };

    private static JsonObject Text(string text) => new() { ["text"] = text };

    private static JsonArray Array<T>(IEnumerable<T> items, Func<T, JsonNode> convert) => new(items.Select(convert).ToArray());
}
