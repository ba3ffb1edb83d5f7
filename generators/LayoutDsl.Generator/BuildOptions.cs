using System;
using LayoutDsl.Model;
using LayoutDsl.Text;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LayoutDsl.Generator;

/// <summary>Build properties that the generator reads; the package makes them visible to the compiler.</summary>
/// <param name="ProjectDirectory">Normalized path of the project's folder; empty when the build does not say.</param>
/// <param name="IsDesignTimeBuild">An editor's build, which measures nothing.</param>
/// <param name="Parameters">Values of the layouts' parameters.</param>
internal sealed record BuildOptions(string ProjectDirectory, bool IsDesignTimeBuild, EquatableArray<LayoutParameter> Parameters)
{
    /// <summary>Reads the properties.</summary>
    public static BuildOptions Read(AnalyzerConfigOptionsProvider provider) => new(
        LayoutPath.Normalize(Property(provider, "ProjectDir") ?? Property(provider, "MSBuildProjectDirectory") ?? ""),
        string.Equals(Property(provider, "DesignTimeBuild"), "true", StringComparison.OrdinalIgnoreCase),
        LayoutParameter.ParseList(Property(provider, "_LayoutParameters") ?? ""));

    private static string? Property(AnalyzerConfigOptionsProvider provider, string name) =>
        provider.GlobalOptions.TryGetValue("build_property." + name, out string? value) && value.Length > 0 ? value : null;
}
