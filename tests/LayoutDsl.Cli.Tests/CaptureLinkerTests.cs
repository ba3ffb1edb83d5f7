using System;
using System.IO;
using System.Linq;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Cli.Tests;

/// <summary>Linkers that a build calls by their path, named with <c>--tool</c>.</summary>
public sealed class CaptureLinkerTests
{
    /// <summary>A link of <see cref="MakeProject"/>, without the compiler that makes a linker's command line of it.</summary>
    private const string Arguments = " -nostdlib -static --build-id=none -T table.lds -T main.lds -o $@ apps/$*.o core/start.o libgreet.o libcount.o libsum.a";

    [Theory]
    [InlineData("ld", "ld")]
    [InlineData("joiner", "ld")]
    [InlineData("ld.lld", "ld.lld")]
    public void Capture_LinkerByItsPath_IsFollowedUnderAnyName(string name, string linker)
    {
        using var project = new MakeProject();
        Call(project, name, linker, "$(CURDIR)/tools/" + name + Arguments);
        Assert.Contains("captured 0 links, 2 relocatable ones", project.Layout("capture", "-o", "without", "--", "make"), StringComparison.Ordinal);
        Tool.Run(project.Root, "make", "clean");
        Assert.Contains("captured 2 links, 2 relocatable ones", project.Layout("capture", "-o", "cap", "--tool", name, "--", "make", "-j4"), StringComparison.Ordinal);
        AssertRelinks(project);
    }

    [Fact]
    public void Capture_CompilerThatCallsALinkerByItsPath_IsFollowed()
    {
        using var project = new MakeProject();
        Call(project, "ld", "ld", "gcc -B$(CURDIR)/tools/ -nostdlib -static -no-pie -Wl,--build-id=none -Wl,-T,table.lds -Wl,-T,main.lds -o $@ apps/$*.o core/start.o libgreet.o libcount.o libsum.a");
        Assert.Contains("captured 2 links, 2 relocatable ones", project.Layout("capture", "-o", "cap", "--tool", "ld", "--", "make", "-j4"), StringComparison.Ordinal);
        AssertRelinks(project);
    }

    [Fact]
    public void Capture_LinkerThatDoesNotSayWhatItReads_IsNotAskedTo()
    {
        using var project = new MakeProject();
        Call(project, "ld", "ld", "$(CURDIR)/tools/ld" + Arguments);
        File.Delete(project["tools/ld"]);
        project.Write("tools/ld", $"#!/bin/sh\ncase \"$*\" in *dependency*) echo 'unknown option' >&2; exit 1; esac\nexec {Find("ld")} \"$@\"");
        Tool.Run(project.Root, "chmod", "+x", "tools/ld");

        // The script's runs, and those of the linker that it calls by its path.
        Assert.Contains("captured 4 links, 2 relocatable ones", project.Layout("capture", "-o", "cap", "--tool", "ld", "--", "make", "-j4"), StringComparison.Ordinal);
        AssertRelinks(project);
    }

    private static void Call(MakeProject project, string name, string linker, string command)
    {
        Directory.CreateDirectory(project["tools"]);
        File.CreateSymbolicLink(project["tools/" + name], Find(linker));
        string text = File.ReadAllText(project["Makefile"]);
        string link = text.Split('\n').Single(l => l.StartsWith("\tgcc -nostdlib", StringComparison.Ordinal));
        project.Write("Makefile", text.Replace(link, "\t" + command, StringComparison.Ordinal) + "clean:\n\trm -f *.bin *.elf *.o *.a */*.o\n");
    }

    private static void AssertRelinks(MakeProject project)
    {
        Assert.Contains("2 programs", project.Layout("adopt", "cap", "-o", "fleet.layout"), StringComparison.Ordinal);
        string linked = project.Layout("relink", "fleet.layout", "-o", "out", "--verify");
        Assert.Contains("linked 2 images into out, 0 up to date, 0 failed", linked, StringComparison.Ordinal);
        Assert.Contains("compared 2 of 2 programs with the originals", linked, StringComparison.Ordinal);
        foreach (string name in new[] { "one", "two" }) Assert.Equal(project.Start(name + ".bin"), project.Start($"out/{name}/{name}.bin"));
        Assert.Equal(42, project.Start("out/one/one.bin").Code);
    }

    private static string Find(string program) => Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(d => Path.Combine(d, program)).First(File.Exists);
}
