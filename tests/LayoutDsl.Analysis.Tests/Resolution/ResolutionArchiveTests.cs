using System.Collections.Generic;
using System.IO;
using System.Linq;
using LayoutDsl.Analysis.Resolution;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Tests.Resolution;

/// <summary>Which members are linked, in which order and why; ld is the judge of each case.</summary>
public class ResolutionArchiveTests
{
    /// <summary>start needs a; a needs b (other archive); b needs c (first archive); c needs d.</summary>
    private static LinkCase Chain() => new LinkCase()
        .C("start", "int a(void); int _start(void) { return a(); }")
        .C("a", "int b(void); int a(void) { return b(); }")
        .C("b", "int c(void); int b(void) { return c(); }")
        .C("c", "int d(void); int c(void) { return d(); }")
        .C("d", "int d(void) { return 4; }")
        .C("unused", "int unused(void) { return 4; }")
        .Archive("one.a", "d.o", "c.o", "a.o", "unused.o")
        .Archive("two.a", "unused.o", "b.o");

    [Fact]
    public void Objects_OrderOfArchives_IsThatOfTheCommandLine()
    {
        using LinkCase link = Chain();
        Assert.Equal(["start.o", "(one.a)a.o", "(two.a)b.o"], LinkCase.Names(link.Agree("start.o", "one.a", "two.a")));
        Assert.Equal(["start.o", "(one.a)a.o"], LinkCase.Names(link.Agree("start.o", "two.a", "one.a")));
        Assert.Equal(["start.o"], LinkCase.Names(link.Agree("one.a", "start.o", "two.a")));
        Assert.Equal(
            ["start.o", "(one.a)a.o", "(two.a)b.o", "(one.a)c.o", "(one.a)d.o"], LinkCase.Names(link.Agree("start.o", "one.a", "two.a", "one.a")));
    }

    [Theory]
    [InlineData("start.o --start-group one.a two.a --end-group")]
    [InlineData("start.o --start-group two.a one.a --end-group")]
    [InlineData("--start-group one.a start.o two.a --end-group")]
    [InlineData("start.o one.a --start-group two.a one.a --end-group")]
    public void Objects_Groups_AreSearchedUntilNothingIsNew(string line)
    {
        using LinkCase link = Chain();
        LinkResolution resolution = link.Agree(line.Split(' '));
        Assert.Equal(["a.o", "b.o", "c.o", "d.o"], resolution.Objects.Select(o => o.Object.Member).Where(m => m is not null).Order());
        Assert.Empty(resolution.UndefinedReferences);
    }

    [Fact]
    public void Objects_WholeArchive_AllMembers()
    {
        using LinkCase link = Chain();
        Assert.Equal(6, link.Agree("start.o", "--whole-archive", "one.a", "--no-whole-archive", "two.a").Objects.Count);
        Assert.NotEmpty(link.Agree("start.o", "one.a", "--whole-archive", "one.a").MultipleDefinitions);
    }

    [Fact]
    public void Objects_EntryAndUndefined_Pull()
    {
        using LinkCase link = Chain();
        Assert.Equal(["start.o", "(one.a)d.o", "(one.a)a.o", "(one.a)unused.o"], LinkCase.Names(link.Agree("-u", "d", "-u", "unused", "start.o", "one.a")));
        Assert.Equal(["(one.a)d.o"], LinkCase.Names(link.Agree("-e", "d", "one.a")));
        Assert.Equal(["(two.a)unused.o"], LinkCase.Names(link.Agree("-e", "unused", "two.a", "one.a")));
        Assert.Null(link.Resolve(ResolutionOptions.GnuDefault, "-e", "d", "one.a").Objects[0].By);
    }

    [Fact]
    public void Objects_Common_PulledByDataOnly()
    {
        using LinkCase link = new LinkCase()
            .C("start", "int v; int _start(void) { return v; }", "-fcommon")
            .C("function", "int v(void) { return 1; }")
            .C("common", "int v;", "-fcommon")
            .C("weak", "__attribute__((weak)) int v = 2;")
            .C("data", "int v = 3;")
            .Archive("none.a", "function.o", "common.o", "weak.o")
            .Archive("data.a", "function.o", "common.o", "data.o");
        Assert.Single(link.Agree("start.o", "none.a").Objects);
        Assert.Equal(["start.o", "(data.a)data.o"], LinkCase.Names(link.Agree("start.o", "none.a", "data.a")));
    }

    [Fact]
    public void Objects_WeakReferenceThenStrong_Pulls()
    {
        using LinkCase link = new LinkCase()
            .C("start", "__attribute__((weak)) int f(void); int g(void); int _start(void) { return f() + g(); }")
            .C("g", "int f(void); int g(void) { return f(); }")
            .C("f", "__attribute__((weak)) int f(void) { return 1; }")
            .Archive("l.a", "f.o", "g.o");
        LinkResolution resolution = link.Agree("start.o", "l.a");
        Assert.Equal(["start.o", "(l.a)g.o", "(l.a)f.o"], LinkCase.Names(resolution));
        Assert.Equal("g.o", resolution.Objects[2].By!.Object.Member);
    }

    [Fact]
    public void Objects_MembersOfOneName_AreToldApart()
    {
        using LinkCase link = new LinkCase();
        Directory.CreateDirectory(Path.Combine(link.Folder, "1"));
        Directory.CreateDirectory(Path.Combine(link.Folder, "2"));
        link.C("start", "int a(void); int b(void); int _start(void) { return a() + b(); }")
            .C("1/x", "int b(void) { return 2; }")
            .C("2/x", "int a(void) { return 1; }")
            .Archive("l.a", "1/x.o", "2/x.o");
        LinkResolution resolution = link.Agree("start.o", "l.a");
        Assert.Equal([0, 1], resolution.Objects.Skip(1).Select(o => o.Object.MemberIndex));
        Assert.Equal((1, 0), (resolution.Find("a")!.Object!.Object.MemberIndex, resolution.Find("b")!.Object!.Object.MemberIndex));
    }

    [Fact]
    public void Objects_ThinArchive_MembersAreFiles()
    {
        using LinkCase link = Chain();
        Directory.CreateDirectory(Path.Combine(link.Folder, "sub"));
        link.Run("ar", "rcsT", "sub/thin.a", "a.o", "b.o", "c.o", "d.o");
        LinkResolution resolution = link.Resolve(ResolutionOptions.GnuDefault, "start.o", "sub/thin.a");
        string[] trace = link.Run("ld", "-t", "-t", "-o", "out.elf", "start.o", "sub/thin.a").Split('\n').Where(l => l.EndsWith(".o", System.StringComparison.Ordinal)).ToArray();
        Assert.Equal(trace.Select(Path.GetFileName), resolution.Objects.Select(o => Path.GetFileName(o.Object.Member ?? o.Object.Path)));
        File.Delete(Path.Combine(link.Folder, "c.o"));
        ObjectFileError error = Assert.Single(link.Resolve(ResolutionOptions.GnuDefault, "start.o", "sub/thin.a").Errors);
        Assert.Equal(ObjectFileErrorCode.MissingThinMember, error.Code);
    }

    [Fact]
    public void Objects_NestedThinArchive_MembersAreInTheInnerOne()
    {
        using LinkCase link = Chain();
        link.Run("ar", "rcsT", "thin.a", "one.a", "two.a");
        LinkResolution resolution = link.Resolve(ResolutionOptions.GnuDefault, "start.o", "thin.a");
        Assert.Equal(["_start", "a", "b", "c", "d"], resolution.Objects.Select(Defined).Order());
        Assert.Empty(resolution.UndefinedReferences);

        // A nested member has the name of its archive; its symbols tell which it is.
        static string Defined(LinkedObject linked) => linked.Object.Symbols.First(s => s.Binding == ElfSymbolBinding.Global && !s.IsUndefined).Name;
    }

    [Fact]
    public void Errors_ArchiveWithoutIndex_IsNamed()
    {
        using LinkCase link = Chain();
        link.Run("ar", "rcS", "bare.a", "a.o");
        ObjectFileError error = Assert.Single(link.Resolve(ResolutionOptions.GnuDefault, "start.o", "bare.a").Errors);
        Assert.Equal(("bare.a", ObjectFileErrorCode.BadArchiveIndex), (error.File, error.Code));
        Assert.Contains("no index", link.Run("ld", mustSucceed: false, "start.o", "bare.a", "-o", "out.elf"), System.StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_SlimLtoObject_IsUnsupported()
    {
        using LinkCase link = new LinkCase().C("start", "int _start(void) { return 0; }", "-flto", "-fno-fat-lto-objects").C("fat", "int _start(void) { return 0; }", "-flto", "-ffat-lto-objects");
        ObjectFileError error = Assert.Single(link.Resolve(ResolutionOptions.GnuDefault, "start.o").Errors);
        Assert.Equal(ObjectFileErrorCode.Unsupported, error.Code);
        Assert.Empty(link.Resolve(ResolutionOptions.GnuDefault, "fat.o").Errors);
    }

    [Fact]
    public void Errors_WhatIsNoRelocatableObject_IsNamed()
    {
        using LinkCase link = Chain().C("other", "int a(void) { return 1; }", "-m32");
        link.Run("ld", "-e", "a", "a.o", "b.o", "c.o", "d.o", "-o", "linked.o");
        IReadOnlyList<ObjectFileError> errors = link.Resolve(ResolutionOptions.GnuDefault, "start.o", "linked.o", "other.o").Errors;
        Assert.Equal(["linked.o", "other.o"], errors.Select(e => e.File));
        Assert.All(errors, e => Assert.Equal(ObjectFileErrorCode.Unsupported, e.Code));
    }

    [Fact]
    public void TryOpen_ScriptThatNamesFiles_StandsForThem()
    {
        using LinkCase link = Chain()
            .Text("libs.a", "/* GNU ld script */ OUTPUT_FORMAT(elf64-x86-64)\nGROUP ( one.a AS_NEEDED ( two.a ) )")
            .Text("self.a", "INPUT(self.a)").Text("text.a", "hello, world");
        Assert.Equal(5, link.Agree("start.o", "libs.a").Objects.Count);
        Assert.False(link.Files.TryOpen("self.a", out _, out _));
        Assert.False(link.Files.TryOpen("text.a", out _, out _));
        Assert.False(link.Files.TryOpen("missing.a", out _, out _));
    }
}
