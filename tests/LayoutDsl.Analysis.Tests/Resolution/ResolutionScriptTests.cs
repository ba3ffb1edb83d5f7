using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Analysis.Resolution;

namespace LayoutDsl.Analysis.Tests.Resolution;

/// <summary>Symbols of the script and of the linker itself; ld is the judge of each case.</summary>
public class ResolutionScriptTests
{
    private static LinkCase Sources() => new LinkCase()
        .C("start", "int f(void); int _start(void) { return f(); }")
        .C("f", "int f(void) { return 1; }")
        .C("common", "int f; int _start(void) { return f; }", "-fcommon")
        .Archive("l.a", "f.o")
        .Text("define.ld", "SECTIONS { .text : { f = 0x500; *(.text*) } .data : { *(.data*) *(.bss*) *(COMMON) } }")
        .Text("provide.ld", "SECTIONS { .text : { PROVIDE(f = 0x500); *(.text*) } .data : { *(.data*) *(.bss*) *(COMMON) } }");

    private static ResolutionOptions Options(bool precedes) => new()
    {
        ScriptSymbols = new Dictionary<string, ulong?> { ["f"] = 0x500 }, ScriptPrecedesInputs = precedes,
    };

    [Fact]
    public void Find_ScriptBeforeInputs_DefinesAndPullsNothing()
    {
        using LinkCase link = Sources();
        LinkResolution resolution = link.Agree(Options(precedes: true), "-T", "define.ld", "start.o", "l.a");
        Assert.Equal((DefinitionKind.Script, 0x500ul, 1), (resolution.Find("f")!.Kind, resolution.Find("f")!.Value, resolution.Objects.Count));
    }

    [Theory]
    [InlineData(true, "start.o f.o")]
    [InlineData(false, "start.o f.o")]
    [InlineData(true, "common.o")]
    [InlineData(false, "common.o")]
    public void Find_ScriptAndObjectDefine_ScriptWinsSilently(bool precedes, string objects)
    {
        using LinkCase link = Sources();
        string[] script = ["-T", "define.ld"];
        string[] line = precedes ? [.. script, .. objects.Split(' ')] : [.. objects.Split(' '), .. script];
        Assert.Equal(DefinitionKind.Script, link.Agree(Options(precedes), line).Find("f")!.Kind);
    }

    [Fact]
    public void Find_ScriptAfterInputs_ArchivesArePulledAllTheSame()
    {
        using LinkCase link = Sources();
        Assert.Equal(2, link.Agree(Options(precedes: false), "start.o", "l.a", "-T", "define.ld").Objects.Count);
    }

    [Theory]
    [InlineData("start.o", DefinitionKind.Provided)]
    [InlineData("start.o l.a", DefinitionKind.Strong)]
    [InlineData("common.o", DefinitionKind.Common)]
    public void Find_Provided_OnlyWhatIsUndefinedAtTheEnd(string objects, DefinitionKind kind)
    {
        using LinkCase link = Sources();
        var options = new ResolutionOptions { ProvidedSymbols = ["f", "never"] };
        LinkResolution resolution = link.Agree(options, ["-T", "provide.ld", .. objects.Split(' ')]);
        Assert.Equal(kind, resolution.Find("f")!.Kind);
        Assert.Null(resolution.Find("never"));
    }

    [Fact]
    public void Find_LinkerSymbols_OnlyWhenReferencedAndUndefined()
    {
        using LinkCase link = new LinkCase()
            .C("start", """
                extern char __start_my[], __stop_my[], _end[], end[], __ehdr_start[], _GLOBAL_OFFSET_TABLE_[];
                extern char __start_nope[] __attribute__((weak));
                int x __attribute__((section("my")));
                long _start(void) { return (long)__start_my + (long)__stop_my + (long)_end + (long)end + (long)__ehdr_start + (long)_GLOBAL_OFFSET_TABLE_ + (long)__start_nope; }
                """)
            .C("own", "char end[3]; char __start_my[3]; char __ehdr_start[3];")
            .Archive("own.a", "own.o");
        LinkResolution resolution = link.Agree("start.o");
        Assert.Equal(
            [DefinitionKind.Linker, DefinitionKind.Linker, DefinitionKind.Linker, DefinitionKind.Linker, DefinitionKind.Script, DefinitionKind.Provided, DefinitionKind.UndefinedWeak],
            new[] { "__start_my", "__stop_my", "__ehdr_start", "_GLOBAL_OFFSET_TABLE_", "_end", "end", "__start_nope" }.Select(n => resolution.Find(n)!.Kind));
        LinkResolution withOwn = link.Agree("start.o", "own.a");
        Assert.All(new[] { "__start_my", "end", "__ehdr_start" }, n => Assert.Equal(DefinitionKind.Strong, withOwn.Find(n)!.Kind));
        LinkResolution renamed = link.Resolve(ResolutionOptions.GnuDefault with { OutputSections = [".data"] }, "start.o");
        Assert.Equal(DefinitionKind.Undefined, renamed.Find("__start_my")!.Kind);
    }
}
