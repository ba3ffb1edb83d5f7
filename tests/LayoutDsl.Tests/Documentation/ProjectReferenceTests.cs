using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Tests.Documentation;

/// <summary>References between our projects run one way, as docs/architecture.md draws them.</summary>
public sealed class ProjectReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["LayoutDsl"] = [],
        ["LayoutDsl.ObjectFiles"] = [],
        ["LayoutDsl.Analysis"] = ["LayoutDsl", "LayoutDsl.ObjectFiles"],
        ["LayoutDsl.Generator"] = ["LayoutDsl"],
        ["LayoutDsl.Build"] = ["LayoutDsl", "LayoutDsl.Analysis"],
        ["LayoutDsl.Cli"] = ["LayoutDsl", "LayoutDsl.Analysis"],
    };

    [Fact]
    public void ProjectReferences_OfTheProduct_RunOneWay()
    {
        string[] projects = new[] { "src", "generators" }
            .Select(folder => Repository.GetPath(folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.GetFiles(folder, "*.csproj", SearchOption.AllDirectories))
            .ToArray();
        Assert.True(projects.Length >= 3);
        foreach (string project in projects)
        {
            string name = Path.GetFileNameWithoutExtension(project);
            Assert.True(Allowed.ContainsKey(name), $"{name} is not in the list of projects: add it with what it may refer to.");
            foreach (string reference in References(project)) Assert.True(Allowed[name].Contains(reference), $"{name} must not refer to {reference}.");
        }
    }

    [Fact]
    public void PackageReferences_OfTheCompiler_AreSpracheAndBuildTimeOnes()
    {
        XDocument project = XDocument.Load(Repository.GetPath("src", "LayoutDsl", "LayoutDsl.csproj"));
        Assert.Equal(["Sprache"], project.Descendants("PackageReference").Where(p => (string?)p.Attribute("PrivateAssets") != "all").Select(p => (string?)p.Attribute("Include")));
    }

    /// <summary>References to projects that are loaded as code; a package that only carries the output of another is none.</summary>
    private static IEnumerable<string> References(string project) => XDocument.Load(project)
        .Descendants("ProjectReference")
        .Where(r => (string?)r.Attribute("ReferenceOutputAssembly") != "false")
        .Select(r => Path.GetFileNameWithoutExtension(((string)r.Attribute("Include")!).Replace('\\', '/')));
}
