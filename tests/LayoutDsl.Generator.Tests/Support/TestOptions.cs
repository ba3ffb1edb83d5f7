using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LayoutDsl.Generator.Tests.Support;

/// <summary>Build properties and file metadata, as MSBuild gives them to the compiler.</summary>
internal sealed class TestOptions(params (string Key, string Value)[] properties) : AnalyzerConfigOptionsProvider
{
    public override AnalyzerConfigOptions GlobalOptions { get; } = new Options(properties);

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => new Options([]);

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) =>
        new Options(textFile is TestFile { LayoutRoot: { } root } ? [("build_metadata.AdditionalFiles.LayoutRoot", root)] : []);

    private sealed class Options(IEnumerable<(string Key, string Value)> values) : AnalyzerConfigOptions
    {
        private readonly Dictionary<string, string> values = ToDictionary(values);

        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);

        private static Dictionary<string, string> ToDictionary(IEnumerable<(string Key, string Value)> values)
        {
            var result = new Dictionary<string, string>(KeyComparer);
            foreach ((string key, string value) in values) result[key] = value;
            return result;
        }
    }
}
