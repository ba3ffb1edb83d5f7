using System;
using System.IO;
using System.Linq;
using System.Reflection;

namespace LayoutDsl.Build.Tests;

/// <summary>The repository that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Configuration { get; } = typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "Configuration").Value!;

    public static string PackageProject => Path.Combine(Root, "src", "LayoutDsl.Build", "LayoutDsl.Build.csproj");

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "LayoutDsl.sln"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("LayoutDsl.sln is above none of the folders of the tests");
    }
}
