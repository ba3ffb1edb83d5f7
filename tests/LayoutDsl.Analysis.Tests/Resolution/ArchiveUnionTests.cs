using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Analysis.Resolution;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Tests.Resolution;

/// <summary>The union of what the images of a fleet need, linked by ld as the judge.</summary>
public class ArchiveUnionTests
{
    private static LinkCase Sources() => new LinkCase()
        .C("first", "int a(void); int _start(void) { return a(); }")
        .C("second", "int b(void); int _start(void) { return b(); }")
        .C("third", "int _start(void) { return 0; }")
        .C("a", "int a(void) { return 1; }")
        .C("b", "int c(void); int b(void) { return c(); }")
        .C("c", "int c(void) { return 1; }")
        .C("unused", "int unused(void) { return 1; }")
        .Archive("one.a", "unused.o", "b.o", "a.o")
        .Archive("two.a", "unused.o", "c.o");

    private static FleetImage Image(LinkFiles files, string line)
    {
        CommandLine parsed = new CommandLine(files, ResolutionOptions.GnuDefault).Parse(line.Split(' '));
        return new FleetImage(line, parsed.Inputs, parsed.Options);
    }

    private static UnionResult Compute(LinkCase link, params string[] lines)
    {
        var files = new LinkFiles(link.Read);
        FleetImage[] images = lines.Select(l => Image(files, l)).ToArray();
        UnionResult result = ArchiveUnion.Compute(files, images);
        Assert.Equal(Text(result), Text(ArchiveUnion.Compute(files, images)));
        return result;
    }

    private static string Text(UnionResult result) => string.Join(
        '\n',
        result.Archives.Select(a => $"{a.Archive.Path}: {string.Join(' ', a.Members.Select(m => $"{m.Index}[{string.Join(',', m.NeededBy)}]"))}")
            .Concat(result.Images.Select(i => $"{i.Name}: {string.Join(' ', LinkCase.Names(i.Resolution))}; {string.Join(' ', i.Unsatisfied.Select(u => u.Name))}; {string.Join(' ', i.Conflicts.Select(c => c.Name))}; {string.Join(' ', i.Changed.Select(c => c.Name))}")));

    [Fact]
    public void Compute_MembersOfAllImages_AreClosed()
    {
        using LinkCase link = Sources();
        UnionResult result = Compute(link, "first.o one.a two.a", "second.o one.a two.a", "third.o two.a");
        Assert.Equal(
            """
            one.a: 1[1] 2[0]
            two.a: 1[1]
            first.o one.a two.a: first.o (one.a)b.o (one.a)a.o (two.a)c.o; ; ; 
            second.o one.a two.a: second.o (one.a)b.o (one.a)a.o (two.a)c.o; ; ; 
            third.o two.a: third.o (two.a)c.o; ; ; 
            """,
            Text(result));
        Assert.All(result.Images, i => Assert.True(i.IsUnharmed));
        Assert.Equal([0, 1, 2], result.Archives[1].Images);
    }

    [Fact]
    public void Compute_MemberWithoutItsProvider_IsReportedThereOnly()
    {
        using LinkCase link = Sources();
        UnionResult result = Compute(link, "first.o one.a", "second.o one.a two.a");
        UndefinedReference missing = Assert.Single(result.Images[0].Unsatisfied);
        Assert.Equal(("c", "b.o"), (missing.Name, missing.Object.Object.Member));
        Assert.True(result.Images[1].IsUnharmed);

        // An image that lacks something by itself is not the union's fault.
        Assert.True(Assert.Single(Compute(link, "second.o one.a").Images).IsUnharmed);
    }

    [Fact]
    public void Compute_UnionPullsFurtherMembersEverywhere_ReachesTheFixpoint()
    {
        // In the second image, b's need of c is met by its own three.a, whose c needs d of one.a: then every image gets d.
        using LinkCase link = Sources()
            .C("c3", "int d(void); int c(void) { return d(); }").C("d", "int d(void) { return 1; }")
            .Archive("three.a", "c3.o").Archive("one.a", "d.o");
        UnionResult result = Compute(link, "second.o one.a two.a", "first.o --start-group one.a three.a --end-group");
        Assert.Equal(["d.o"], result.Archives[0].Members.Where(m => m.NeededBy.Count == 0).Select(m => result.Archives[0].Archive.File.Members[m.Index].Name));
        Assert.All(result.Images, i => Assert.True(i.IsUnharmed));
    }

    [Fact]
    public void Compute_ImageWithItsOwnDefinition_IsAConflict()
    {
        using LinkCase link = Sources().C("own", "int c(void) { return 2; }");
        UnionResult result = Compute(link, "second.o one.a two.a", "third.o own.o one.a two.a");
        MultipleDefinition conflict = Assert.Single(result.Images[1].Conflicts);
        Assert.Equal(("c", "own.o", "two.a"), (conflict.Name, conflict.First.Object.Path, conflict.Other.Object.Path));
        Assert.Empty(result.Images[1].Changed);
    }

    [Fact]
    public void Compute_WeakReferenceThatTheUnionDefines_IsAChange()
    {
        using LinkCase link = Sources().C("soft", "__attribute__((weak)) int c(void); int _start(void) { return c ? c() : 0; }");
        UnionResult result = Compute(link, "second.o one.a two.a", "soft.o two.a");
        ChangedDefinition change = Assert.Single(result.Images[1].Changed);
        Assert.Equal(("c", DefinitionKind.UndefinedWeak, DefinitionKind.Strong), (change.Name, change.Own.Kind, change.Union.Kind));
    }

    [Fact]
    public void Compute_WholeArchiveInOneImage_IsWholeInAll()
    {
        using LinkCase link = Sources();
        UnionResult result = Compute(link, "first.o --whole-archive one.a --no-whole-archive two.a", "first.o one.a two.a");

        // Both need the last one.
        Assert.Equal([2, 0, 1], result.Archives[0].Members.Select(m => m.Index));
        Assert.All(result.Images, i => Assert.True(i.IsUnharmed));
    }

    [Fact]
    public void Compute_DamagedMember_EndsWithErrors()
    {
        using LinkCase link = Sources();
        byte[] archive = link.Read("one.a")!.Value.ToArray();
        int at = (int)ArchiveFile.Read(archive, "one.a").Members[1].HeaderOffset + 60;
        archive[at + 4] = 9;
        System.IO.File.WriteAllBytes(System.IO.Path.Combine(link.Folder, "one.a"), archive);
        UnionResult result = Compute(link, "first.o one.a two.a", "second.o one.a two.a");
        Assert.Equal(ObjectFileErrorCode.BadHeader, Assert.Single(result.Images[1].Resolution.Errors).Code);
        Assert.Empty(result.Images[0].Resolution.Errors);
    }

    /// <summary>Programs over glibc: each gets the union of all, and links as we say with the members as objects.</summary>
    [Fact]
    public void Compute_StaticPrograms_AgreeWithLdOverTheUnion()
    {
        (string Name, string Source)[] programs =
        [
            ("puts", "#include <stdio.h>\nint main(void) { puts(\"hello\"); return 0; }"),
            ("time", "#include <time.h>\nint main(void) { time_t t = 0; return localtime(&t)->tm_hour; }"),
            ("sort", "#include <stdlib.h>\nint c(const void *a, const void *b) { return a < b; }\nint main(void) { int v[9] = {0}; qsort(v, 9, 4, c); return v[0]; }"),
            ("names", "#include <pthread.h>\n#include <locale.h>\nint main(void) { pthread_t t; setlocale(LC_ALL, \"\"); return pthread_create(&t, 0, 0, 0); }"),
        ];
        using var link = new LinkCase();
        var files = new LinkFiles(p => System.IO.File.Exists(p) ? System.IO.File.ReadAllBytes(p) : link.Read(p));
        var lines = new List<string[]>();
        var images = new List<FleetImage>();
        foreach ((string name, string source) in programs)
        {
            link.C(name, source, "-O2");
            lines.Add(GccLine.Linker(link.Run("gcc", "-static", "-###", name + ".o", "-o", "out.elf")));
            CommandLine line = new CommandLine(files, ResolutionOptions.GnuDefault).Parse(lines[^1]);
            images.Add(new FleetImage(name, line.Inputs, line.Options));
        }

        UnionResult result = ArchiveUnion.Compute(files, images);
        Assert.All(result.Images, i => Assert.Empty(i.Unsatisfied));
        for (int i = 0; i < images.Count; i++) AssertLinks(link, result, i, lines[i]);
        Assert.Single(result.Images.Select(i => string.Join(' ', i.Resolution.Objects.Where(o => o.Object.Archive is not null))).Distinct());
    }

    /// <summary>Gives ld an archive of the union in place of each archive, whole.</summary>
    private static void AssertLinks(LinkCase link, UnionResult result, int image, string[] line)
    {
        foreach (UnionArchive archive in result.Archives)
        {
            System.IO.Directory.CreateDirectory(System.IO.Path.Combine(link.Folder, "union"));
            string made = System.IO.Path.Combine("union", System.IO.Path.GetFileName(archive.Archive.Path));
            if (System.IO.File.Exists(System.IO.Path.Combine(link.Folder, made))) continue;
            foreach (UnionMember member in archive.Members)
            {
                System.IO.File.WriteAllBytes(System.IO.Path.Combine(link.Folder, archive.Archive.File.Members[member.Index].Name), archive.Archive.File.Members[member.Index].Data.ToArray());
            }

            link.Archive(made, archive.Members.Select(m => archive.Archive.File.Members[m.Index].Name).ToArray());
        }

        string[] rewritten = line.Select(a => a.StartsWith("-L", StringComparison.Ordinal) ? "-Lunion" : a).Where(a => a is not ("--start-group" or "--end-group")).ToArray();
        string[] log = link.Run("ld", ["-t", "-t", "-z", "muldefs", .. rewritten.SelectMany(WholeLibrary)])
            .Split('\n').Where(l => l.EndsWith(".o", StringComparison.Ordinal)).ToArray();
        Assert.Equal(log.Select(Last), result.Images[image].Resolution.Objects.Select(o => Last(o.Object.Member ?? o.Object.Path)));

        static string Last(string name) => name.Split('/', ')')[^1];

        static string[] WholeLibrary(string argument) =>
            argument.StartsWith("-l", StringComparison.Ordinal) ? ["--whole-archive", argument, "--no-whole-archive"]
            : argument is "-plugin" or "-plugin-opt" || argument.StartsWith("-plugin-opt", StringComparison.Ordinal) || argument.EndsWith("liblto_plugin.so", StringComparison.Ordinal) ? []
            : [argument];
    }
}
