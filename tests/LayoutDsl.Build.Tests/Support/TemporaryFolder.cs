using System;
using System.IO;

namespace LayoutDsl.Build.Tests;

/// <summary>A folder outside the repository that goes away.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("layoutdsl-build-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
