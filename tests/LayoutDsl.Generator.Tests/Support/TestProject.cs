using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Basic.Reference.Assemblies;
using LayoutDsl.Facts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LayoutDsl.Generator.Tests.Support;

/// <summary>A C# project with layouts, in memory. Every change gives a new project, as every edit gives the compiler a new compilation.</summary>
internal sealed record TestProject
{
    /// <summary>Folder of the project.</summary>
    public const string Directory = "/project/app";

    /// <summary>The layouts and facts.</summary>
    public ImmutableArray<TestFile> Files { get; init; } = [];

    /// <summary>The C# that the user wrote.</summary>
    public string CSharp { get; init; } = "";

    /// <summary>Build properties.</summary>
    public AnalyzerConfigOptionsProvider Options { get; init; } = new TestOptions(("build_property.ProjectDir", Directory + "/"));

    /// <summary>Severities that the user chose.</summary>
    public ImmutableDictionary<string, ReportDiagnostic> Severities { get; init; } = ImmutableDictionary<string, ReportDiagnostic>.Empty;

    /// <summary>Version of C#.</summary>
    public LanguageVersion Language { get; init; } = LanguageVersion.Latest;

    /// <summary>A project with one layout, measured.</summary>
    public static TestProject Of(string layout, FactsFile? facts = null)
    {
        TestProject project = new TestProject().With("fleet.layout", layout);
        return project.WithFacts("fleet.layout", facts ?? Samples.Facts);
    }

    /// <summary>The same project with a file added or replaced.</summary>
    public TestProject With(string path, string content) => With(new TestFile(FullPath(path), content));

    /// <summary>The same with the facts of a layout.</summary>
    public TestProject WithFacts(string layout, FactsFile facts) => WithFacts(layout, FactsText.Write(facts));

    /// <summary>The same with the text of a facts file, which lies elsewhere and names its layout.</summary>
    public TestProject WithFacts(string layout, string facts) =>
        With(new TestFile(FullPath("obj/" + layout.Replace('/', '.') + ".facts"), facts, FullPath(layout)));

    /// <summary>The same with a file added or replaced.</summary>
    public TestProject With(TestFile file)
    {
        int index = Files.Select(f => f.Path).ToList().IndexOf(file.Path);
        return this with { Files = index < 0 ? Files.Add(file) : Files.SetItem(index, file) };
    }

    /// <summary>The same without a file.</summary>
    public TestProject Without(string path) => this with { Files = Files.RemoveAll(f => f.Path == FullPath(path)) };

    /// <summary>The same with a part of a file replaced, which must be there.</summary>
    public TestProject Edit(string path, string old, string replacement)
    {
        string content = Files.Single(f => f.Path == FullPath(path)).GetText().ToString();
        Assert.Contains(old, content, StringComparison.Ordinal);
        return With(path, content.Replace(old, replacement, StringComparison.Ordinal));
    }

    /// <summary>Runs the generator and expects exactly these diagnostics, each as <c>path(line,column): severity id</c>.</summary>
    public GeneratedProject Generate(params string[] expected) => GeneratorSession.Start(this).Project.Expect(expected);

    /// <summary>The compilation without generated code.</summary>
    public CSharpCompilation ToCompilation() => CSharpCompilation.Create(
        "App",
        [CSharpSyntaxTree.ParseText(CSharp, ParseOptions, Directory + "/Program.cs")],
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: Language < LanguageVersion.CSharp8 ? NullableContextOptions.Disable : NullableContextOptions.Enable, warningLevel: 9999, specificDiagnosticOptions: Severities));

    /// <summary>How the project's C# is read.</summary>
    public CSharpParseOptions ParseOptions => new(Language, DocumentationMode.Diagnose);

    private static IEnumerable<MetadataReference> References { get; } =
        [.. Net80.References.All, MetadataReference.CreateFromFile(typeof(LayoutCompiler).Assembly.Location)];

    /// <summary>A path of the project as the build gives it.</summary>
    public static string FullPath(string path) => path.StartsWith('/') || path.Contains(':', StringComparison.Ordinal) ? path : Directory + "/" + path;
}
