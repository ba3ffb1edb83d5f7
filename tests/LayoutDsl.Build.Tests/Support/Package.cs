using System;
using System.IO;

namespace LayoutDsl.Build.Tests;

/// <summary>The package, packed once for all tests under a version that no cache has ever seen.</summary>
internal static class Package
{
    private static readonly TemporaryFolder Folder = new();
    private static readonly Lazy<string> Packed = new(() => Pack(System.IO.Path.Combine(Folder.Path, "feed")));

    static Package() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Folder.Dispose();

    public static string Version { get; } = $"0.1.0-test.{DateTime.UtcNow:yyyyMMddHHmmssfff}.{Environment.ProcessId}";

    /// <summary>Path of the package.</summary>
    public static string Path => Packed.Value;

    /// <summary>Packages that tests restore land here, in no cache of the user.</summary>
    public static string RestoreDirectory => System.IO.Path.Combine(Folder.Path, "packages");

    /// <summary>A feed with the package, and the packages that were restored for the repository: enough without a network.</summary>
    public static string NuGetConfig => $"""
        <configuration>
          <packageSources>
            <clear />
            <add key="package" value="{System.IO.Path.GetDirectoryName(Path)}" />
            <add key="cache" value="{CacheDirectory}" />
          </packageSources>
        </configuration>
        """;

    private static string CacheDirectory => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>Packs what the build of the tests has built.</summary>
    public static string Pack(string directory)
    {
        Tool.RunChecked("dotnet", Repository.Root, "pack", BuildOutput.PackageProject, "-c", BuildOutput.Configuration, "--no-build", "-o", directory, $"-p:Version={Version}");
        return Assert.Single(Directory.GetFiles(directory, "*.nupkg"));
    }
}
