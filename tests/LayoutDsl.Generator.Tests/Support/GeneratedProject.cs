using System;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace LayoutDsl.Generator.Tests.Support;

/// <summary>A project after the generator ran.</summary>
internal sealed record GeneratedProject(GeneratorRunResult Run, ImmutableArray<Diagnostic> Diagnostics, CSharpCompilation Compilation)
{
    /// <summary>The generated code of the only layout.</summary>
    public string Source => Assert.Single(Run.GeneratedSources).SourceText.ToString();

    /// <summary>Fails on any diagnostic that is not expected, and on each that is missing; then the whole project must compile without a warning.</summary>
    public GeneratedProject Expect(params string[] expected)
    {
        string[] actual = [.. Diagnostics.Select(Describe)];
        Assert.True(
            expected.Order(StringComparer.Ordinal).SequenceEqual(actual.Order(StringComparer.Ordinal)),
            "Expected:\n" + string.Join("\n", expected) + "\nActual:\n" + string.Join("\n", Diagnostics.Select(d => $"\"{Describe(d)}\"   {d.GetMessage(CultureInfo.InvariantCulture)}")));
        Assert.Empty(Compilation.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Info).Select(d => d.ToString()));
        return this;
    }

    /// <summary>Compiles and loads the project.</summary>
    public Assembly Load()
    {
        using var image = new MemoryStream();
        EmitResult result = Compilation.Emit(image);
        Assert.Empty(result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error));
        image.Position = 0;

        // The generated code shares this process's LayoutDsl.dll, so that plans are of one type.
        return new AssemblyLoadContext("App", isCollectible: true).LoadFromStream(image);
    }

    /// <summary>The value of a constant of the generated code.</summary>
    public object? Constant(string type, string name) => Type(type).GetMembers(name).OfType<IFieldSymbol>().Single().ConstantValue;

    /// <summary>A type of the generated code, nested ones with <c>+</c>.</summary>
    public INamedTypeSymbol Type(string name) => Compilation.Assembly.GetTypeByMetadataName(name) ?? throw new InvalidOperationException($"There is no type {name}.");

    private static string Describe(Diagnostic d)
    {
        FileLinePositionSpan place = d.Location.GetLineSpan();
        string path = Path.GetRelativePath(TestProject.Directory, place.Path);
        return FormattableString.Invariant($"{path}({place.StartLinePosition.Line + 1},{place.StartLinePosition.Character + 1}): {d.Severity.ToString().ToLowerInvariant()} {d.Id}");
    }
}
