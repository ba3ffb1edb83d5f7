using System;
using System.IO;

namespace LayoutDsl.ObjectFiles.Tests;

/// <summary>A folder that is deleted at the end of a test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string FullPath { get; } = Directory.CreateTempSubdirectory("layout-object-files-").FullName;

    public string File(string name) => Path.Combine(FullPath, name);

    public byte[] Write(string name, string text)
    {
        System.IO.File.WriteAllText(File(name), text);
        return System.IO.File.ReadAllBytes(File(name));
    }

    public byte[] Read(string name) => System.IO.File.ReadAllBytes(File(name));

    public void Dispose() => Directory.Delete(FullPath, recursive: true);
}
