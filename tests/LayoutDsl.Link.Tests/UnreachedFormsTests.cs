using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Link.Tests;

/// <summary>Images without what they do not reach, in every form that images have.</summary>
public sealed class UnreachedFormsTests
{
    private const string Moved = """
        section relro (rw) { relro ".data.rel.ro" ".data.rel.ro.*" }
        section got (rw) { table ".got" ".got.plt" ".igot" ".igot.plt" reserve 1KiB }
        discard ".note.gnu.property";

        """;

    private const string Both = "int first(void), second(void);";

    [Theory]
    [InlineData("file mapped;")]
    [InlineData("file packed;")]
    [InlineData("headers 2MiB;")]
    [InlineData("page 16KiB;")]
    public void File_OfEachKind_HasOnlyWhatIsReached(string target)
    {
        int page = target.StartsWith("page", StringComparison.Ordinal) ? 16384 : 4096;
        using var fleet = new UnreachedFleet(target: target) { Runs = !target.Contains("packed", StringComparison.Ordinal) };
        Fill(fleet, page);
        Assert.Equal(["a: first shared", "b: second shared"], fleet.LinkAndFind(["first", "second", "shared"]));
        long all = Bytes(fleet);
        fleet.Link("kept");
        Assert.True(Bytes(fleet) - all >= 2 * page);
    }

    /// <summary>The room to grow behind what an image lacks is in no file, behind what it has it stays as it was.</summary>
    [Fact]
    public void Headroom_BehindWhatIsNotReached_IsNoHole()
    {
        using var fleet = new UnreachedFleet("library after { objects \"build/after.o\"; }") { Parts = "headroom 300%;", Uses = "sys, parts, after" };
        fleet.Fleet.Compile("after", UnreachedFleet.Head + "PAGE int after(void) { return 1; } PAGE const char constants[4096] = \"abc\";");
        Fill(fleet, 4096);
        fleet.Image("c", "int after(void);", "print(\"c\\n\"); return after() - 1;");
        Assert.Equal(["a: first shared", "b: second shared", "c:"], fleet.LinkAndFind(["first", "second", "shared"]));
    }

    [Theory]
    [InlineData("slide", "-fno-pic")]
    [InlineData("slide", "-fPIE")]
    [InlineData("shuffle", "-fPIE")]
    public void Aslr_RunsAndIsAsPlanned(string aslr, string code)
    {
        using var fleet = new UnreachedFleet(Moved + $"aslr {aslr} {{ seed 3; }}", code: code);
        Fill(fleet, 4096);
        Assert.Equal(["a: first shared", "b: second shared"], fleet.LinkAndFind(["first", "second", "shared"]));
    }

    [Fact]
    public void Headers_WithMoreRangesThanTheyHaveRoomFor_StayOnTheirPage()
    {
        using var fleet = new UnreachedFleet(target: "headers 2MiB;");
        string[] names = [.. Enumerable.Range(100, 200).Select(i => $"f{i}")];
        foreach (string name in names) fleet.Member(name, $"PAGE int {name}(void) {{ return 1; }}");
        string Sum(int rest) => string.Join(" + ", names.Where((_, i) => i % 2 == rest).Select(n => n + "()"));
        string all = $"int {string.Join(", ", names.Select(n => n + "(void)"))};";
        fleet.Image("a", all, $"print(\"a\\n\"); return {Sum(0)} - 100;");
        fleet.Image("b", all, $"print(\"b\\n\"); return {Sum(1)} - 100;");
        fleet.Link();
        fleet.Check();
        Assert.InRange(fleet.Read("a").Segments.Count, 60, 71);
        Assert.InRange(fleet.Read("b").Segments.Count, 60, 71);
        Assert.InRange(fleet.LibraryPages().Count(p => !fleet.Memory("a").HasPage(p)), 50, 70);
    }

    /// <summary>A function of a library that two others define, each for its images: a jump leads to it.</summary>
    [Fact]
    public void Jump_ToWhatDiffersBetweenImages_IsFollowed()
    {
        using var fleet = new UnreachedFleet("library one { members \"build/libone.a\"; }\nlibrary two { members \"build/libtwo.a\"; }\nindirect copy, own;");
        foreach ((string library, int value) in new[] { ("one", 1), ("two", 2) })
        {
            fleet.Fleet.Compile($"copy{library}", UnreachedFleet.Head + $"extern int inner(void); PAGE int copy(void) {{ return inner(); }}");
            fleet.Fleet.Compile($"inner{library}", UnreachedFleet.Head + $"PAGE int inner(void) {{ return {value}; }}");
            fleet.Fleet.Compile($"unused{library}", UnreachedFleet.Head + "PAGE int unused(void) { return 7; }");
            MembersFleet.Archive(fleet.Fleet, $"lib{library}.a", $"copy{library}.o", $"inner{library}.o", $"unused{library}.o");
        }

        fleet.Member("first", "extern int copy(void), own(void); PAGE int first(void) { return copy() + own(); }");
        fleet.Member("second", "extern int own(void); PAGE int second(void) { return own(); }");
        const string Declarations = "int first(void), second(void), unused(void);";
        fleet.Image("a", Declarations + "int own(void) { return 10; }", "print(\"a\\n\"); return first() - 11;", "sys, parts, one");
        fleet.Image("b", Declarations + "int pad; int own(void) { pad += 3; return 20; }", "print(\"b\\n\"); return first() - 22;", "sys, parts, two");
        fleet.Image("c", Declarations + "int own(void) { return 30; }", "print(\"c\\n\"); return second() - 30;", "sys, parts, two");
        fleet.Image("d", Declarations + "int own(void) { return 40; }", "print(\"d\\n\"); return unused() - 7;", "sys, parts, two");
        fleet.Image("e", Declarations + "int own(void) { return 50; }", "print(\"e\\n\"); return unused() - 7;", "sys, parts, one");
        Assert.Equal(
            ["a: first copy inner", "b: first copy inner", "c: second copy inner", "d: copy inner unused", "e: copy inner unused"],
            fleet.LinkAndFind(["first", "second", "copy", "inner", "unused"]));
    }

    /// <summary>What the linker takes of another member: groups of sections of which it keeps the first, strings, common and thread-local data, other names.</summary>
    [Fact]
    public void SharedBetweenMembers_IsFollowedToWhereTheLinkerTookIt()
    {
        using var fleet = new UnreachedFleet("section tdata (rw) { thread \".tdata\" }\nsection tbss (rw) { thread zero \".tbss\" }");
        foreach (string name in new[] { "first", "second", "third" })
        {
            fleet.AssembledMember(name, $$"""
                .text
                .p2align 12
                .globl {{name}}
                {{name}}: call inline_{{(name == "third" ? "own" : "any")}}
                 addl $text, %eax
                 subl $text, %eax
                 movzbl text(%rip), %ecx
                 addl %ecx, %eax
                 ret
                .weak maybe
                maybe: movl $5, %eax
                 ret
                .section .text.inline,"axG",@progbits,inline_any,comdat
                .p2align 12
                .weak inline_any
                inline_any: movl $1, %eax
                 movq $counter@tpoff, %rcx
                 subq $counter@tpoff, %rcx
                 addl %ecx, %eax
                 call maybe
                 ret
                .section .text.own,"ax",@progbits
                inline_own: movl $1, %eax
                 ret
                .section .rodata.str1.1,"aMS",@progbits,1
                text: .asciz "{{name}} text"
                 .asciz "common text"
                .section .tdata,"awT",@progbits
                .weak counter
                counter: .long 0
                """);
        }

        fleet.Member("alias", "PAGE int target(void) { return 9; } extern int other(void) __attribute__((weak, alias(\"target\")));");
        fleet.Member("commons", "int common __attribute__((common)); PAGE int user(void) { return common; }");
        fleet.Image("a", "int first(void), second(void), other(void), user(void);", "print(\"a\\n\"); return second() - 's' - 5;");
        fleet.Image("b", "int first(void), second(void), third(void), other(void), user(void);", "print(\"b\\n\"); return other() - 9 + third() - 't' - 1;");
        fleet.Image("c", "int first(void), second(void), third(void), other(void), user(void); extern int common;", "print(\"c\\n\"); return common + user();");
        fleet.Image("d", "int first(void);", "print(\"d\\n\"); return first() - 'f' - 5;");
        Dictionary<string, string> found = fleet.LinkAndFind(["first", "second", "third", "target", "user"]).ToDictionary(l => l[..1], l => l[2..].Trim());

        // The first member has the function for all, and so is in every image that calls it.
        Assert.Equal("target third", string.Join(' ', found["b"].Split(' ').Where(n => n is "third" or "target").Order()));
        Assert.DoesNotContain("user", found["b"], StringComparison.Ordinal);
        Assert.Equal("user", found["c"]);
        Assert.DoesNotContain("target", found["a"], StringComparison.Ordinal);
    }

    private static long Bytes(UnreachedFleet fleet) => new[] { "a", "b" }.Sum(i => fleet.Read(i).Segments.Where(s => s.Type == ElfSegmentType.Load).Sum(s => (long)s.FileSize));

    private static void Fill(UnreachedFleet fleet, int align)
    {
        string page = $"__attribute__((aligned({align}), noinline))";
        fleet.Member("first", $"extern int shared(int); {page} int first(void) {{ return shared(1); }}");
        fleet.Member("second", $"extern int shared(int); extern const char text[]; {page} int second(void) {{ return shared(2) + text[3] - 'd'; }}");
        fleet.Member("text", $"{page} const char text[{align}] = \"abcd\";");
        fleet.Member("shared", $"{page} int shared(int n) {{ return n; }}");
        fleet.Image("a", Both, "print(\"a\\n\"); return first() - 1;");
        fleet.Image("b", Both, "print(\"b\\n\"); return second() - 2;");
    }
}
