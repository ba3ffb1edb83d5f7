using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Build.Tests;

/// <summary>A fresh project outside the repository: C objects, a layout over them, and a program that uses its plan.</summary>
public sealed class TestProject : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Dictionary<string, byte[]> original;
    private bool isRestored;

    public TestProject()
    {
        Directory.CreateDirectory(Root);
        Write("nuget.config", Package.NuGetConfig);
        WriteProject("");
        Write("Program.cs", """
            System.Console.WriteLine(Demo.Fleet.Libraries.Math.Text.Address);
            System.Console.WriteLine(Demo.Fleet.Plan.Images.Count);
            System.Console.Write(Demo.Fleet.Images.Hello.LinkerScript);
            """);
        Write("shared/sections.layout", Sections);
        Write("fleet.layout", Layout);
        Compile("objects/math/twice.o", "int table[8] = { 1, 2 }; int twice(int x) { return 2 * x; }");
        Compile("objects/math/square.o", "int square(int x) { return x * x; }");
        Compile("objects/hello.o", "int twice(int); int result; void _start(void) { result = twice(3); for (;;); }");
        Compile("objects/store.o", "int result; void _start(void) { result = 4; for (;;); }");
        original = Sources().ToDictionary(f => f, File.ReadAllBytes);
    }

    public const string Sections = """
        section text (rx) { ".text" ".text.*" }
        section data (rw) { ".data" ".data.*" }
        section bss (rw) { zero ".bss" ".bss.*" "COMMON" }

        """;

    public const string Layout = """
        layout Demo.Fleet;
        include "shared/sections.layout";
        target x86_64 { page 4KiB; entry _start; }
        region ram (rwx) { origin 1MiB; length 63MiB; }
        library math { objects "objects/math/*.o"; }
        image hello { uses math; objects "objects/hello.o"; }
        image store { objects "objects/store.o"; }
        place libraries in ram from 2MiB;
        place images after libraries;

        """;

    /// <summary>The project is one folder down, so that there is an outside.</summary>
    public string Root => Path.Combine(folder.Path, "app");

    public string PathOf(string path) => Path.GetFullPath(Path.Combine(Root, path));

    public string Intermediate(string path) => PathOf("obj/Debug/net10.0/layout/" + path);

    public string Image(string name) => PathOf($"bin/Debug/net10.0/images/{name}.elf");

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
        File.WriteAllText(PathOf(path), text);
    }

    /// <summary>Writes the project file.</summary>
    /// <param name="body">What it has besides the package.</param>
    /// <param name="imports">Imports in place of the package: at its start and at its end.</param>
    public void WriteProject(string body, (string Start, string End)? imports = null) => Write("app.csproj", $"""
        <Project Sdk="Microsoft.NET.Sdk">
          {imports?.Start}
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <UseAppHost>false</UseAppHost>
            <RunAnalyzers>false</RunAnalyzers>
            {(imports is null ? $"<RestorePackagesPath>{Package.RestoreDirectory}</RestorePackagesPath>" : "")}
          </PropertyGroup>
          <ItemGroup>
            {(imports is null ? $"""<PackageReference Include="LayoutDsl" Version="{Package.Version}" />""" : "")}
          </ItemGroup>
          {body}
          {imports?.End}
        </Project>
        """);

    /// <summary>Writes a shell script that can be run.</summary>
    public void WriteProgram(string path, string script)
    {
        Write(path, "#!/bin/sh\n" + script + "\n");
        Tool.RunChecked("chmod", Root, "+x", path);
    }

    /// <summary>Gives every source file its first content again; files that have it keep their time. Outputs stay as they are.</summary>
    public void Reset()
    {
        foreach (string file in Sources().Where(f => !original.ContainsKey(f))) File.Delete(file);
        foreach ((string file, byte[] content) in original)
        {
            if (!File.Exists(file) || !File.ReadAllBytes(file).AsSpan().SequenceEqual(content)) File.WriteAllBytes(file, content);
        }
    }

    /// <summary>Compiles C for a machine without an operating system.</summary>
    public void Compile(string path, string source)
    {
        Write(path + ".c", source);
        Tool.RunChecked("gcc", Root, "-c", "-O1", "-ffreestanding", "-fno-pic", "-fno-asynchronous-unwind-tables", "-o", path, path + ".c");
    }

    public BuildResult Build(params string[] arguments) => Run("build", arguments);

    public BuildResult Clean() => Run("clean");

    /// <summary>Runs the built program.</summary>
    public string[] RunProgram() => Tool.RunChecked("dotnet", Root, "exec", PathOf("bin/Debug/net10.0/app.dll")).Split('\n');

    public ElfFile ReadImage(string name) => ElfFile.Read(File.ReadAllBytes(Image(name)), name);

    /// <summary>Every file below a folder of the project with the time of its last change.</summary>
    public IReadOnlyDictionary<string, DateTime> Times(string path) => !Directory.Exists(PathOf(path))
        ? new Dictionary<string, DateTime>()
        : Directory.EnumerateFiles(PathOf(path), "*", SearchOption.AllDirectories).ToDictionary(f => Path.GetRelativePath(Root, f).Replace('\\', '/'), File.GetLastWriteTimeUtc);

    public void Dispose() => folder.Dispose();

    private string[] Sources() => Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories)
        .Where(f => !f.StartsWith(PathOf("bin") + "/", StringComparison.Ordinal) && !f.StartsWith(PathOf("obj") + "/", StringComparison.Ordinal))
        .ToArray();

    private BuildResult Run(string command, params string[] arguments)
    {
        string[] restore = command == "build" && isRestored ? ["--no-restore"] : [];
        isRestored |= command == "build";
        string[] all = [command, "app.csproj", "-v:n", "-nodeReuse:false", "-tl:off", "-p:UseSharedCompilation=false", .. restore, .. arguments];
        (int exitCode, string output) = Tool.Run("dotnet", Root, all);
        return new BuildResult(exitCode, output);
    }
}
