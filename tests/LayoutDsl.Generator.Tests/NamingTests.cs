using System;
using LayoutDsl.Generator.Tests.Support;

namespace LayoutDsl.Generator.Tests;

public sealed class NamingTests
{
    /// <summary>A layout of one library and one image with the names in question, and a section.</summary>
    private static string Layout(string header = "Demo.Fleet", string library = "boot", string image = "hello", string section = "text") => $$"""
        layout {{header}};
        target x86_64 { page 4KiB; entry _start; }
        region ram (rwx) { origin 1MiB; length 63MiB; }
        section {{section}} (rx) { ".text" ".text.*" }
        section strings (r) { ".rodata" ".rodata.*" }
        section words (rw) { ".data" }
        section zeros (rw) { zero ".bss" "COMMON" }
        library {{library}} { objects "build/boot.o"; }
        image {{image}} { uses {{library}}; objects "hello.o"; }
        place libraries in ram from 2MiB;
        place images after libraries;
        """;

    [Theory]
    [InlineData("event.class", "event.class")]
    [InlineData("fleet", "fleet")]
    [InlineData("demo.record", "demo.record")]
    [InlineData("@namespace.Fleet", null)]
    [InlineData("namespace.Fleet", "namespace.Fleet")]
    [InlineData("global.System", "global.System")]
    [InlineData("Demo.System", "Demo.System")]
    [InlineData("Demo.LayoutDsl", "Demo.LayoutDsl")]
    [InlineData("System.Fleet", "System.Fleet")]
    [InlineData("LayoutDsl.Fleet", "LayoutDsl.Fleet")]
    [InlineData("_._", "_._")]
    [InlineData("Demo.required", "Demo.required")]
    [InlineData("Demo.nint", "Demo.nint")]
    [InlineData("Demo.extension", "Demo.extension")]
    [InlineData("Demo.Equals", "Demo.Equals")]
    public void Layout_OddName_Compiles(string name, string? type)
    {
        TestProject project = TestProject.Of(Layout(name), Samples.Measure(100, "build/boot.o", "hello.o"));
        if (type is null) project.Generate("fleet.layout(1,8): error LAY0001");
        else Assert.Equal(4096UL, project.Generate().Constant(type, "Page"));
    }

    [Theory]
    [InlineData("Demo.Libraries")]
    [InlineData("Demo.Images")]
    [InlineData("Demo.Plan")]
    [InlineData("Demo.Page")]
    [InlineData("PlanHolder")]
    [InlineData("System")]
    [InlineData("System.Globalization")]
    [InlineData("LayoutDsl")]
    [InlineData("LayoutDsl.Planning")]
    [InlineData("LayoutDsl.LayoutCompiler")]
    public void Layout_NameThatTheCodeNeeds_IsReported(string name) =>
        Assert.Empty(TestProject.Of(Layout(name), Samples.Measure(100, "build/boot.o", "hello.o")).Generate("fleet.layout(1,1): error LAY1026").Run.GeneratedSources);

    [Theory]
    [InlineData("text", "Text", "text", "Text_")]
    [InlineData("plan", "Plan_", "plan", "Plan__")]
    [InlineData("page", "Page_", "images", "Images_")]
    [InlineData("libraries", "Libraries_", "libraries", "Libraries__")]
    [InlineData("name", "Name_", "address", "Address_")]
    [InlineData("class", "Class", "namespace", "Namespace")]
    [InlineData("equals", "Equals_", "to_string", "ToString_")]
    [InlineData("_1", "_1", "_2", "_2")]
    [InlineData("__", "_", "_", "__")]
    [InlineData("ram_fs", "RamFs", "RamFs", "RamFs_")]
    [InlineData("system", "System", "string", "String")]
    [InlineData("global", "Global", "layoutDsl", "LayoutDsl")]
    [InlineData("planHolder", "PlanHolder", "link", "Link")]
    public void Library_OddNameAndSection_Compiles(string library, string libraryType, string section, string sectionType)
    {
        GeneratedProject project = TestProject.Of(Layout(library: library, section: section), Samples.Measure(100, "build/boot.o", "hello.o")).Generate();
        Assert.Equal(100UL, project.Constant($"Demo.Fleet+Libraries+{libraryType}+{sectionType}", "Size"));
    }

    [Theory]
    [InlineData("libraries", "Libraries_")]
    [InlineData("images", "Images_")]
    [InlineData("plan", "Plan_")]
    [InlineData("text", "Text")]
    [InlineData("linker_script", "LinkerScript_")]
    [InlineData("fleet", "Fleet")]
    [InlineData("layout", "Layout")]
    [InlineData("system", "System")]
    public void Image_OddName_Compiles(string image, string type)
    {
        GeneratedProject project = TestProject.Of(Layout(image: image), Samples.Measure(100, "build/boot.o", "hello.o")).Generate();
        Assert.Equal(image, project.Constant($"Demo.Fleet+Images+{type}", "Name"));
        object? script = project.Load().GetType($"Demo.Fleet+Images+{type}")!.GetProperty("LinkerScript")!.GetValue(null);
        Assert.Contains($"Image '{image}'", (string)script!, StringComparison.Ordinal);
    }

    [Fact]
    public void Family_NamedLikeItsMembers_Compiles()
    {
        string layout = Layout().Replace("image hello {", "image last[1..2] {", StringComparison.Ordinal).Replace("hello.o", "fn{n}.o", StringComparison.Ordinal);
        Assert.Equal(2, TestProject.Of(layout, Samples.Measure(100, "build/boot.o", "fn1.o", "fn2.o")).Generate().Constant("Demo.Fleet+Images+Last_", "Last"));
    }
}
