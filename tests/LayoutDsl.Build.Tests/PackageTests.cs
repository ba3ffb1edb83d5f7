using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace LayoutDsl.Build.Tests;

/// <summary>What is in the package.</summary>
public sealed class PackageTests
{
    [Fact]
    public void Package_Content_IsThisList()
    {
        using ZipArchive package = ZipFile.OpenRead(Package.Path);
        string[] parts = ["[Content_Types].xml", "_rels/.rels"];
        Assert.Equal(
            [
                "LayoutDsl.nuspec",
                "README.md",
                "analyzers/dotnet/cs/LayoutDsl.Generator.dll",
                "analyzers/dotnet/cs/LayoutDsl.dll",
                "analyzers/dotnet/cs/Sprache.dll",
                "build/LayoutDsl.props",
                "build/LayoutDsl.targets",
                "buildTransitive/LayoutDsl.props",
                "buildTransitive/LayoutDsl.targets",
                "lib/netstandard2.0/LayoutDsl.dll",
                "lib/netstandard2.0/LayoutDsl.xml",
                "tasks/netstandard2.0/Iced.dll",
                "tasks/netstandard2.0/LayoutDsl.Analysis.dll",
                "tasks/netstandard2.0/LayoutDsl.Build.dll",
                "tasks/netstandard2.0/LayoutDsl.ObjectFiles.dll",
                "tasks/netstandard2.0/LayoutDsl.dll",
                "tasks/netstandard2.0/Sprache.dll",
                "tasks/netstandard2.0/System.Buffers.dll",
                "tasks/netstandard2.0/System.IO.Hashing.dll",
                "tasks/netstandard2.0/System.Memory.dll",
                "tasks/netstandard2.0/System.Numerics.Vectors.dll",
                "tasks/netstandard2.0/System.Runtime.CompilerServices.Unsafe.dll",
            ],
            package.Entries.Select(e => e.FullName).Where(n => !parts.Contains(n) && !n.StartsWith("package/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("tasks/", "Microsoft.Build.Framework", "Microsoft.Build.Utilities.Core")]
    [InlineData("analyzers/", "Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.CSharp", "System.Collections.Immutable")]
    public void Package_AssembliesOfAFolder_ReferToNothingThatIsMissing(string folder, params string[] ofTheHost)
    {
        using ZipArchive package = ZipFile.OpenRead(Package.Path);
        ZipArchiveEntry[] assemblies = package.Entries.Where(e => e.FullName.StartsWith(folder, StringComparison.Ordinal)).ToArray();
        var known = assemblies.Select(a => Path.GetFileNameWithoutExtension(a.Name)).Concat(ofTheHost).Append("netstandard").ToHashSet(StringComparer.Ordinal);
        foreach (ZipArchiveEntry assembly in assemblies) Assert.Empty(ReferencesOf(assembly).Except(known, StringComparer.Ordinal).Select(m => $"{assembly.Name} refers to {m}"));
    }

    [Fact]
    public void Package_Manifest_SaysWhatItIsAndWhatItNeeds()
    {
        using ZipArchive package = ZipFile.OpenRead(Package.Path);
        using Stream stream = package.GetEntry("LayoutDsl.nuspec")!.Open();
        XElement metadata = XDocument.Load(stream).Root!.Elements().Single();
        string Value(string name) => metadata.Elements().Single(e => e.Name.LocalName == name).Value;
        Assert.Equal("LayoutDsl", Value("id"));
        Assert.Equal("MIT", Value("license"));
        Assert.Equal("README.md", Value("readme"));
        Assert.NotEmpty(Value("description"));
        XElement group = Assert.Single(metadata.Descendants(), e => e.Name.LocalName == "group");
        Assert.Equal(".NETStandard2.0", group.Attribute("targetFramework")!.Value);
        Assert.Equal("Sprache", Assert.Single(group.Elements()).Attribute("id")!.Value);
    }

    [Fact]
    public void Package_PackedAgain_HasTheSameBytes()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(File.ReadAllBytes(Package.Path), File.ReadAllBytes(Package.Pack(folder.Path)));
    }

    private static string[] ReferencesOf(ZipArchiveEntry assembly)
    {
        using var bytes = new MemoryStream();
        using (Stream stream = assembly.Open()) stream.CopyTo(bytes);
        using var file = new PEReader(new MemoryStream(bytes.ToArray()));
        MetadataReader metadata = file.GetMetadataReader();
        return metadata.AssemblyReferences.Select(h => metadata.GetString(metadata.GetAssemblyReference(h).Name)).ToArray();
    }
}
