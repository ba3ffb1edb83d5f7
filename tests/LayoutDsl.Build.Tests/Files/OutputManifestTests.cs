using System;
using System.IO;
using System.Linq;
using LayoutDsl.Build.Files;

namespace LayoutDsl.Build.Tests.Files;

/// <summary>What is deleted, and what never is.</summary>
public sealed class OutputManifestTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void DeleteAll_ManifestNamesFilesElsewhere_LeavesThem()
    {
        string inside = Write("app/out/deep/a.elf");
        string outside = Write("precious.txt");
        string neighbour = Write("app2/precious.txt");
        Load().Set("a.layout", "linked", [inside, outside, neighbour, Path.Combine(folder.Path, "app", "..", "precious.txt")]);
        Assert.Equal(1, Load().DeleteAll());
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "app")) && Directory.EnumerateFileSystemEntries(Path.Combine(folder.Path, "app")).Any());
        Assert.True(File.Exists(outside));
        Assert.True(File.Exists(neighbour));
    }

    [Fact]
    public void Set_OutputIsNoLongerMade_DeletesItUnlessAnotherStepMakesIt()
    {
        string[] files = [Write("app/a.ld"), Write("app/b.ld"), Write("app/c.ld")];
        Load().Set("a.layout", "emitted", files);
        Load().Set("a.layout", "linked", files[1..2]);
        Load().Set("a.layout", "emitted", files[2..]);
        Assert.Equal([false, true, true], files.Select(File.Exists));
        Load().Add("a.layout", "emitted", []);
        Assert.True(File.Exists(files[2]));
    }

    [Fact]
    public void Load_DamagedManifest_IsEmpty()
    {
        string kept = Write("app/a.ld");
        Load().Set("a.layout", "emitted", [kept]);
        File.WriteAllText(Path.Combine(folder.Path, "app", "obj", "outputs"), "garbage \"");
        Assert.False(Load().Has("a.layout", "emitted"));
        Assert.Equal(0, Load().DeleteAll());
        Assert.True(File.Exists(kept));
    }

    private OutputManifest Load() => OutputManifest.Load(Path.Combine(folder.Path, "app", "obj"), new OwnedDirectories([Path.Combine(folder.Path, "app")]));

    private string Write(string path)
    {
        string full = Path.Combine(folder.Path, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, "");
        return full;
    }
}
