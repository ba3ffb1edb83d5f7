using System.IO;
using System.Linq;
using System.Reflection;

namespace LayoutDsl.Build.Tests;

/// <summary>What was built of the repository.</summary>
internal static class BuildOutput
{
    public static string Configuration { get; } = typeof(BuildOutput).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "Configuration").Value!;

    public static string PackageProject => Path.Combine(Repository.Root, "src", "LayoutDsl.Build", "LayoutDsl.Build.csproj");
}
