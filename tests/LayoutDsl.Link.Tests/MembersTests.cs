using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LayoutDsl.Analysis.Linking;
using LayoutDsl.Analysis.Measuring;
using LayoutDsl.Diagnostics;
using LayoutDsl.Facts;
using LayoutDsl.Model;
using LayoutDsl.Tests.Support;
using LayoutDsl.Text;

namespace LayoutDsl.Link.Tests;

/// <summary>Members of archives that any image needs are linked in all, by the real ld.</summary>
public sealed class MembersTests
{
    private const string Folder = "obj/fleet/members/";

    /// <summary>The small fleet with an archive of which each image needs another part; <c>alone</c> uses no library of it.</summary>
    private static SmallFleet MakeFleet(string input = "build/libparts.a")
    {
        string layout = SmallFleet.Layout.Replace("library count { archive \"build/libcount.a\"; }", $"library parts {{ members \"{input}\"; }}", StringComparison.Ordinal)
            .Replace("uses sys, count;", "uses sys, parts;", StringComparison.Ordinal)
            .Replace("image two { uses sys;", "image two { uses sys, parts;", StringComparison.Ordinal);
        var fleet = new SmallFleet(layout);
        fleet.Compile("first", "extern int second(void); int first(void) { return second() + 1; }");
        fleet.Compile("second", "int second(void) { return 1; }");
        fleet.Compile("third", "int third(void) { return 3; }");
        fleet.Compile("fourth", "int fourth(void) { return 4; }");
        fleet.Compile("unused", "int unused(void) { return 5; }");
        Archive(fleet, "libparts.a", "unused.o", "third.o", "second.o", "first.o", "fourth.o");
        fleet.Compile("one", SmallFleet.Program("extern int first(void);", "print(\"one\\n\"); return first() - 2;"));
        fleet.Compile("two", SmallFleet.Program("extern int third(void);", "print(\"two\\n\"); return third() - 3;"));
        for (int i = 1; i <= 3; i++) fleet.Compile($"fn{i}", SmallFleet.Program("", $"print(\"fn{i}\\n\"); return 0;"));
        return fleet;
    }

    private static void Archive(SmallFleet fleet, string name, params string[] members)
    {
        File.Delete(fleet.Folder["build/" + name]);
        Tool.Run(fleet.Folder["build"], "ar", ["rcs", name, .. members]);
    }

    private static IEnumerable<string> Members(FactsFile facts) => facts.Inputs.Single(i => i.Kind == InputKind.Members).Files;

    private static Result<FactsFile> Measure(SmallFleet fleet) => ObjectMeasurer.Measure(fleet.Bind(), fleet.Folder.Path, null, default);

    private static LinkSummary LinkAll(SmallFleet fleet)
    {
        Result<LinkSummary> linked = fleet.Link();
        Assert.Empty(linked.Diagnostics.Select(d => d.ToString()));
        return linked.Value!;
    }

    private static string[] Functions(SmallFleet fleet, string image) => Tool.Run(fleet.Output, "nm", image + ".elf")
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Where(l => l.EndsWith("first", StringComparison.Ordinal) || l.EndsWith("second", StringComparison.Ordinal) || l.EndsWith("third", StringComparison.Ordinal)
            || l.EndsWith("fourth", StringComparison.Ordinal) || l.EndsWith("unused", StringComparison.Ordinal))
        .OrderBy(l => l, StringComparer.Ordinal)
        .ToArray();

    [Fact]
    public void Measure_TwoImagesNeedOtherMembers_NamesTheClosedUnionInArchiveOrder()
    {
        using SmallFleet fleet = MakeFleet();
        FactsFile facts = Measure(fleet).Value!;
        Assert.Equal([Folder + "libparts.a/0001-third.o", Folder + "libparts.a/0002-second.o", Folder + "libparts.a/0003-first.o"], Members(facts));
        ObjectFacts first = facts.Objects.Single(o => o.Path == Folder + "libparts.a/0003-first.o");
        Assert.Equal(("libparts.a(first.o)", (string?)null), (first.Origin, first.Member));
        Assert.Equal(ContentId.Of(File.ReadAllBytes(fleet.Folder["build/first.o"])), first.ContentId);
        Assert.False(Directory.Exists(fleet.Folder["obj"]));
        Assert.Equal(FactsText.Write(facts), FactsText.Write(Measure(fleet).Value!));
        Assert.Equal(["build/libparts.a"], ObjectMeasurer.FindMemberSources(fleet.Bind(), fleet.Folder.Path));
    }

    [Fact]
    public void Measure_OtherFolderForMembers_IsInThePaths()
    {
        using SmallFleet fleet = MakeFleet();
        FactsFile facts = ObjectMeasurer.Measure(fleet.Bind(), fleet.Folder.Path, "../x/members", null, default).Value!;
        Assert.Equal("../x/members/libparts.a/0001-third.o", Members(facts).First());
    }

    [Fact]
    public void Link_Members_AllImagesHaveTheSameAtTheSameAddressAndRun()
    {
        using SmallFleet fleet = MakeFleet();
        LinkAll(fleet);
        string[] expected = Functions(fleet, "one");
        Assert.Equal(["first", "second", "third"], expected.Select(l => l.Split(' ')[^1]).Order());
        foreach (string image in new[] { "one", "two", "fn1", "fn2", "fn3" })
        {
            Assert.Equal(expected, Functions(fleet, image));
            Assert.Equal(image + "\n", Tool.Run(fleet.Output, Path.Combine(fleet.Output, image + ".elf")));
        }
    }

    [Fact]
    public void Link_SecondTime_WritesAndLinksNothing()
    {
        using SmallFleet fleet = MakeFleet();
        LinkAll(fleet);
        string member = fleet.Folder[Folder + "libparts.a/0001-third.o"];
        File.SetLastWriteTimeUtc(member, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Empty(LinkAll(fleet).Linked);
        Assert.Equal(2020, File.GetLastWriteTimeUtc(member).Year);
        (BoundLayout layout, FactsFile facts, _) = fleet.Plan();
        Assert.Empty(MemberFiles.Write(layout, facts, fleet.Folder.Path).Value!);

        File.WriteAllText(member, "damaged");
        Assert.Equal([Folder + "libparts.a/0001-third.o"], MemberFiles.Write(layout, facts, fleet.Folder.Path).Value!);
        Assert.Empty(LinkAll(fleet).Linked);
    }

    [Fact]
    public void Link_ArchiveChanged_LinksAgain()
    {
        using SmallFleet fleet = MakeFleet();
        LinkAll(fleet);
        fleet.Compile("third", "int third(void) { return 1 + 2 * 1; } int more(int n) { return n * 7; }");
        Archive(fleet, "libparts.a", "unused.o", "third.o", "second.o", "first.o", "fourth.o");
        Assert.Equal(5, LinkAll(fleet).Linked.Count);

        fleet.Compile("unused", "int unused(void) { return 6; }");
        Archive(fleet, "libparts.a", "unused.o", "third.o", "second.o", "first.o", "fourth.o");
        Assert.Empty(LinkAll(fleet).Linked);
    }

    [Fact]
    public void Measure_MemberNeedsTheApplicationOfOneImage_IsReportedAndProvidingItLinksAll()
    {
        using SmallFleet fleet = MakeFleet();
        fleet.Compile("third", "extern int own(void); int third(void) { return own(); }");
        Archive(fleet, "libparts.a", "unused.o", "third.o", "second.o", "first.o", "fourth.o");
        fleet.Compile("two", SmallFleet.Program("extern int third(void);", "print(\"two\\n\"); return third() - 3;") + "int own(void) { return 3; }");
        Diagnostic warning = Assert.Single(Measure(fleet).Diagnostics);
        Assert.Equal(("LAY4008", "'fn1' gets build/libparts.a(third.o) since 'two' needs it, which refers to 'own', and nothing in 'fn1' defines that"), (warning.Id, warning.Message));
        File.AppendAllText(fleet.LayoutPath, "\nprovide symbol own = 0;\n");
        Assert.Empty(Measure(fleet).Diagnostics);
        LinkAll(fleet);
        foreach (string image in new[] { "one", "two", "fn1" }) Assert.Equal(image + "\n", Tool.Run(fleet.Output, Path.Combine(fleet.Output, image + ".elf")));
    }

    [Fact]
    public void Measure_MemberDefinesWhatAnApplicationHas_IsReportedAndAWeakOneLinks()
    {
        using SmallFleet fleet = MakeFleet();
        fleet.Compile("third", "int twice(int n) { return n + n; } int third(void) { return 3; }");
        Archive(fleet, "libparts.a", "unused.o", "third.o", "second.o", "first.o", "fourth.o");
        fleet.Compile("fn1", SmallFleet.Program("int twice(int n) { return n * 2; }", "print(\"fn1\\n\"); return twice(2) - 4;"));
        Diagnostic warning = Assert.Single(Measure(fleet).Diagnostics);
        Assert.Equal(("LAY4009", "'fn1' gets build/libparts.a(third.o) since 'two' needs it, which defines 'twice' as build/fn1.o does"), (warning.Id, warning.Message));
        Assert.Contains("multiple definition", fleet.Link().Diagnostics.Single(d => d.Id == "LAY4005").Message, StringComparison.Ordinal);
        Tool.Run(fleet.Folder["build"], "objcopy", "--weaken-symbol", "twice", "third.o");
        Archive(fleet, "libparts.a", "unused.o", "third.o", "second.o", "first.o", "fourth.o");
        LinkAll(fleet);
        Assert.Equal("fn1\n", Tool.Run(fleet.Output, Path.Combine(fleet.Output, "fn1.elf")));
    }

    [Fact]
    public void Measure_MemberReplacesAWeakDefinition_IsReportedAndACopyOfTheArchiveKeepsIt()
    {
        using SmallFleet fleet = MakeFleet();
        fleet.Compile("third", "int level(void) { return 3; } int third(void) { return level(); }");
        Archive(fleet, "libparts.a", "unused.o", "third.o", "second.o", "first.o", "fourth.o");
        fleet.Compile("one", SmallFleet.Program("__attribute__((weak, noipa)) int level(void) { return 1; } extern int first(void);", "print(\"one\\n\"); return level() - 1 + first() - 2;"));
        Diagnostic warning = Assert.Single(Measure(fleet).Diagnostics);
        Assert.Equal(("LAY4010", "in 'one' the symbol 'level' is that of build/libparts.a(third.o), which it gets since 'two' needs it, and not that of build/one.o"), (warning.Id, warning.Message));
        File.Copy(fleet.Folder["build/libparts.a"], fleet.Folder["build/libcopy.a"]);
        string layout = File.ReadAllText(fleet.LayoutPath);
        fleet.Folder.Write("fleet.layout", layout.Replace("image one { uses sys, parts;", "library copy { members \"build/libcopy.a\"; }\nimage one { uses sys, copy;", StringComparison.Ordinal));
        LinkAll(fleet);
        Assert.Equal("one\n", Tool.Run(fleet.Output, Path.Combine(fleet.Output, "one.elf")));
    }

    [Fact]
    public void Link_OneMemberOfAFamilyNeedsMore_AllImagesGetIt()
    {
        using SmallFleet fleet = MakeFleet();
        LinkAll(fleet);
        fleet.Compile("fn3", SmallFleet.Program("extern int fourth(void);", "print(\"fn3\\n\"); return fourth() - 4;"));
        Assert.Equal(5, LinkAll(fleet).Linked.Count);
        Assert.Equal(["first", "fourth", "second", "third"], Functions(fleet, "fn3").Select(l => l.Split(' ')[^1]).Order());
        Assert.Equal(Functions(fleet, "one"), Functions(fleet, "fn3"));
        Assert.Equal("fn3\n", Tool.Run(fleet.Output, Path.Combine(fleet.Output, "fn3.elf")));
    }

    [Fact]
    public void Link_MembersOfOneName_AreBothThere()
    {
        using SmallFleet fleet = MakeFleet();
        Directory.CreateDirectory(fleet.Folder["build/other"]);
        File.Move(fleet.Folder["build/third.o"], fleet.Folder["build/other/first.o"]);
        File.Delete(fleet.Folder["build/libparts.a"]);
        Tool.Run(fleet.Folder["build"], "ar", "qcs", "libparts.a", "first.o", "other/first.o", "second.o");
        Assert.Equal(["0000-first.o", "0001-first.o", "0002-second.o"], Members(Measure(fleet).Value!).Select(Path.GetFileName));
        LinkAll(fleet);
        Assert.Equal("two\n", Tool.Run(fleet.Output, Path.Combine(fleet.Output, "two.elf")));
    }

    [Fact]
    public void Link_LinkerScriptAndThinArchive_StandForTheirMembers()
    {
        using SmallFleet fleet = MakeFleet();
        Archive(fleet, "libsome.a", "first.o", "third.o");
        Directory.CreateDirectory(fleet.Folder["build/sub"]);
        Tool.Run(fleet.Folder["build/sub"], "ar", "rcsT", "libsome.a", "../second.o", "../unused.o");
        fleet.Folder.Write("build/libparts.a", "/* GNU ld script */ OUTPUT_FORMAT(elf64-x86-64) GROUP ( libsome.a AS_NEEDED ( sub/libsome.a ) )");
        FactsFile facts = Measure(fleet).Value!;
        string[] files = Members(facts).ToArray();
        Assert.Equal(["0000-first.o", "0001-third.o", "0000-second.o"], files.Select(Path.GetFileName));
        Assert.Equal(2, files.Select(Path.GetDirectoryName).Distinct().Count());
        Assert.Equal(["build/libsome.a", "build/second.o", "build/sub/libsome.a", "build/unused.o"], ObjectMeasurer.FindMemberSources(fleet.Bind(), fleet.Folder.Path));
        LinkAll(fleet);
        Assert.Equal("one\n", Tool.Run(fleet.Output, Path.Combine(fleet.Output, "one.elf")));
    }

    [Fact]
    public void Measure_NoArchiveAndUnneededArchive_AreDistinct()
    {
        using SmallFleet none = MakeFleet("build/none.a");
        Assert.DoesNotContain(Measure(none).Value!.Inputs, i => i.Kind == InputKind.Members);
        using SmallFleet unneeded = MakeFleet();
        Archive(unneeded, "libparts.a", "unused.o");
        Assert.Empty(Members(Measure(unneeded).Value!));
    }

    [Theory]
    [InlineData("object", "LAY4003")]
    [InlineData("garbage", "LAY4002")]
    [InlineData("truncated", "LAY4002")]
    [InlineData("member", "LAY4002")]
    [InlineData("machine", "LAY4002")]
    [InlineData("lto", "LAY4002")]
    [InlineData("index", "LAY4002")]
    public void Measure_WrongArchive_IsReportedAtThePattern(string kind, string id)
    {
        using SmallFleet fleet = MakeFleet();
        byte[] good = File.ReadAllBytes(fleet.Folder["build/third.o"]);
        string path = fleet.Folder["build/libparts.a"];
        switch (kind)
        {
            case "object":
                File.WriteAllBytes(path, good);
                break;
            case "garbage":
                File.WriteAllBytes(path, [.. Enumerable.Range(0, 5_000).Select(i => (byte)(i * 7919 >> 3))]);
                break;
            case "truncated":
                byte[] whole = File.ReadAllBytes(path);
                File.WriteAllBytes(path, whole[..(whole.Length - 700)]);
                break;
            case "member":
                // The section headers of the member are behind its end.
                byte[] archive = File.ReadAllBytes(path);
                int at = archive.AsSpan().IndexOf(good);
                archive[at + 0x2f] = 0x7f;
                File.WriteAllBytes(path, archive);
                break;
            case "machine":
                byte[] copy = File.ReadAllBytes(path);
                copy[copy.AsSpan().IndexOf(File.ReadAllBytes(fleet.Folder["build/third.o"])) + 18] = 183;
                File.WriteAllBytes(path, copy);
                break;
            case "lto":
                fleet.Folder.Write("build/third.c", "int third(void) { return 3; }");
                Tool.Run(fleet.Folder["build"], "gcc", "-c", "-O2", "-flto", "-fno-fat-lto-objects", "third.c");
                File.Delete(path);
                Tool.Run(fleet.Folder["build"], "gcc-ar", "rcs", "libparts.a", "first.o", "second.o", "third.o");
                break;
            default:
                File.Delete(path);
                Tool.Run(fleet.Folder["build"], "ar", "rcS", "libparts.a", "first.o", "second.o", "third.o");
                break;
        }

        Result<FactsFile> measured = Measure(fleet);
        Diagnostic error = Assert.Single(measured.Diagnostics);
        Assert.Equal(id, error.Id);
        Assert.Contains("libparts.a", error.Message, StringComparison.Ordinal);
        Assert.Equal(9, error.Location.Lines.Start.Line);
        Assert.Null(measured.Value);
    }

    [Fact]
    public void Write_ArchiveChangedSinceItWasMeasured_IsReported()
    {
        using SmallFleet fleet = MakeFleet();
        (BoundLayout layout, FactsFile facts, _) = fleet.Plan();
        Archive(fleet, "libparts.a", "third.o", "first.o");
        Diagnostic error = Assert.Single(MemberFiles.Write(layout, facts, fleet.Folder.Path).Diagnostics);
        Assert.Equal("LAY4001", error.Id);
        Assert.Contains("measure again", error.Message, StringComparison.Ordinal);

        // Facts that name other files get nothing written.
        FactsFile forged = facts with
        {
            Inputs = facts.Inputs.Select(i => i.Kind == InputKind.Members ? i with { Files = new[] { "evil.o" }.ToEquatableArray() } : i).ToEquatableArray(),
            Objects = facts.Objects.Select(o => o.Origin == "libparts.a(first.o)" ? o with { Path = "evil.o" } : o).ToEquatableArray(),
        };
        Assert.Equal("LAY4001", Assert.Single(MemberFiles.Write(layout, forged, fleet.Folder.Path).Diagnostics).Id);
        Assert.False(File.Exists(fleet.Folder["evil.o"]));
    }

    [Fact]
    public void Measure_CLibrary_HasAllThatGccLinks()
    {
        using var folder = new TemporaryFolder();
        folder.Write("hello.c", "#include <stdio.h>\nint main(void) { puts(\"hello\"); return 0; }");
        folder.Write("more.c", "#include <stdio.h>\n#include <stdlib.h>\n#include <math.h>\n#include <string.h>\n#include <pthread.h>\nstatic void *run(void *p) { return p; }\nint main(int argc, char **argv) { pthread_t t; pthread_create(&t, 0, run, argv); pthread_join(t, 0); char b[64]; memcpy(b, argv[0], strlen(argv[0]) & 31); qsort(b, 4, 1, (int (*)(const void *, const void *))strcmp); printf(\"%f %d\\n\", sin(argc), atoi(b)); return 0; }");
        Tool.Run(folder.Path, "gcc", "-c", "-O1", "hello.c", "more.c");
        string Find(string name) => Path.GetFullPath(Tool.Run(folder.Path, "gcc", "-print-file-name=" + name).Trim());
        string layout = $$"""
            layout C.Fleet;
            target x86_64 { entry _start; }
            region ram (rwx) { origin 4MiB; length 64MiB; }
            section text (rx) { ".text" }
            library crt { objects "{{Find("crt1.o")}}", "{{Find("crti.o")}}", "{{Find("crtbeginT.o")}}", "{{Find("crtend.o")}}", "{{Find("crtn.o")}}"; }
            library c { members "{{Find("libc.a")}}"; }
            library m { members "{{Find("libm.a")}}"; }
            library gcc { members "{{Find("libgcc.a")}}", "{{Find("libgcc_eh.a")}}"; }
            image hello { uses crt, c, gcc; objects "hello.o"; }
            image more { uses crt, c, gcc, m; objects "more.o"; }
            place libraries in ram from 8MiB;
            """;
        BoundLayout bound = Analysis.Files.LayoutFiles.Load(folder.Write("c.layout", layout)).Bound!;
        Result<FactsFile> measured = ObjectMeasurer.Measure(bound, folder.Path, null, default);
        Assert.Empty(measured.Diagnostics.Select(d => d.ToString()));
        FactsFile facts = measured.Value!;
        var origins = facts.Objects.Select(o => o.Origin).ToHashSet(StringComparer.Ordinal);
        foreach (string program in new[] { "hello", "more" })
        {
            string[] linked = Tool.Run(folder.Path, "gcc", "-static", "-Wl,-t,-t", "-o", program, program + ".o", "-lm")
                .Split('\n')
                .Where(l => l.StartsWith('(') || l.Contains(".a(", StringComparison.Ordinal))
                .Select(l => l.StartsWith('(') ? l[1..].Replace(")", "(", StringComparison.Ordinal) + ")" : l)
                .Select(Path.GetFileName)
                .ToArray()!;
            Assert.True(linked.Length > 100, string.Join('\n', linked));
            Assert.Equal([], linked.Except(origins, StringComparer.Ordinal));
        }

        string[] functions = [.. facts.Objects.SelectMany(o => o.IndirectFunctions).Select(f => f.Name)];
        Assert.All(new[] { "memcpy", "strlen", "strchr", "sin" }, f => Assert.Contains(f, functions));
        ObjectFacts memmove = facts.Objects.Single(o => o.Origin == "libc.a(memmove.o)");
        Assert.Contains("memmove", memmove.IndirectFunctions.Select(f => f.Name));
        Assert.Single(memmove.IndirectFunctions.Select(f => f.Resolver).Distinct());
    }
}
