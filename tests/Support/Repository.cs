using System;
using System.IO;

namespace LayoutDsl.Tests.Support;

/// <summary>The repository that these tests were built in, found from the test assembly upwards: paths in the assembly itself are mapped away.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string GetPath(params string[] parts) => Path.Combine([Root, .. parts]);

    public static string Read(params string[] parts) => File.ReadAllText(GetPath(parts)).ReplaceLineEndings("\n");

    private static string FindRoot()
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "LayoutDsl.sln"))) directory = directory.Parent;
        return directory?.FullName ?? throw new DirectoryNotFoundException($"No LayoutDsl.sln above {AppContext.BaseDirectory}.");
    }
}
