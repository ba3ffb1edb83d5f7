using System;
using System.IO;
using System.Linq;

namespace LayoutDsl.Build.Tests;

/// <summary>Builds of a fleet whose images have addresses of their own, with the seed as a property of the build.</summary>
public sealed class AslrTests : IClassFixture<TestProject>
{
    private const string Fleet = """
        layout Demo.Fleet;
        target x86_64 { page 4KiB; entry _start; }
        region ram (rwx) { origin 1MiB; length 63MiB; }
        section text (rx) { ".text" ".text.*" }
        section rodata (r) { ".rodata" ".rodata.*" }
        section data (rw) { ".data" ".data.*" }
        section bss (rw) { zero ".bss" ".bss.*" "COMMON" }
        param secret = "";
        aslr shuffle { seed from "{secret}"; fixed boot; }
        library boot { objects "objects/boot.o"; }
        library math { objects "objects/math/*.o"; }
        image hello { uses boot, math; objects "objects/hello.o"; }
        image store { uses boot, math; objects "objects/store.o"; }
        place libraries in ram from 2MiB;
        place images after libraries;

        """;

    private readonly TestProject project;

    public AslrTests(TestProject project)
    {
        this.project = project;
        project.Reset();
        File.Delete(project.PathOf("shared/sections.layout"));
        project.Write("fleet.layout", Fleet);
        project.Compile("objects/boot.o", "int twice(int); int boot(int x) { return twice(x) + 1; }");
        project.Compile("objects/store.o", "int boot(int); int result; void _start(void) { result = boot(4); for (;;); }");
        project.Write("Program.cs", """
            using Demo;
            System.Console.WriteLine(Fleet.Libraries.Boot.Text.Address);
            System.Console.WriteLine(Fleet.Libraries.Math.Text.AddressIn(Fleet.Images.Hello.Name));
            System.Console.WriteLine(Fleet.Libraries.Math.Text.AddressIn(Fleet.Images.Store.Name));
            System.Console.WriteLine(Fleet.Images.Store.Text.Address);
            System.Console.Write(Fleet.Images.Hello.LinkerScript);
            """);
    }

    [Fact]
    public void Build_WithASeedOfTheBuild_LinksEachImageWhereThePlanHasIt()
    {
        string[] first = Build("one");
        string[] second = Build("two");
        Assert.Equal(first[0], second[0]);
        Assert.NotEqual(first[1..4], second[1..4]);

        // The same seed again gives the same, and links nothing.
        DateTime before = File.GetLastWriteTimeUtc(project.Image("hello"));
        Assert.Equal(second, Build("two"));
        Assert.Equal(before, File.GetLastWriteTimeUtc(project.Image("hello")));
    }

    [Fact]
    public void Build_OfAnObjectThatCannotMove_FailsAtTheLibrary()
    {
        project.Compile("objects/math/square.o", "int table[8]; int square(int x) { return table[x & 7]; }");
        project.WriteProject("");
        project.Build("-p:LayoutParameters=secret=one").Fails().Says("fleet.layout(11,9): error LAY4601: objects/math/square.o cannot be moved on its own").Says("-fPIE");
    }

    /// <summary>Builds, and returns what the program prints after comparing it with the images.</summary>
    private string[] Build(string secret)
    {
        project.WriteProject($"<PropertyGroup><LayoutLinkImages>true</LayoutLinkImages><LayoutParameters>secret={secret}</LayoutParameters></PropertyGroup>");
        project.Build().Succeeds().DoesNotSay(": warning LAY");
        string[] lines = project.RunProgram();
        Assert.Equal(lines[0], AddressOf("hello", ".text.boot"));
        Assert.Equal(lines[0], AddressOf("store", ".text.boot"));
        Assert.Equal(lines[1], AddressOf("hello", ".text.math"));
        Assert.Equal(lines[2], AddressOf("store", ".text.math"));
        Assert.Equal(lines[3], AddressOf("store", ".text"));
        Assert.NotEqual(lines[1], lines[2]);
        Assert.Equal(File.ReadAllText(project.Intermediate("fleet/hello.ld")).TrimEnd(), string.Join('\n', lines.Skip(4)).TrimEnd());
        return lines;
    }

    private string AddressOf(string image, string section) => project.ReadImage(image).Sections.Single(s => s.Name == section).Address.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
