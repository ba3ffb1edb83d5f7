using System;
using System.IO;
using System.Linq;
using LayoutDsl.Analysis.Linking;
using LayoutDsl.Analysis.Measuring;
using LayoutDsl.Diagnostics;
using LayoutDsl.Facts;
using LayoutDsl.Model;
using LayoutDsl.Tests.Support;
using static LayoutDsl.Link.Tests.MembersFleet;

namespace LayoutDsl.Link.Tests;

/// <summary>Members of archives that any image needs are linked in all, by the real ld.</summary>
public sealed class MembersTests
{
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
