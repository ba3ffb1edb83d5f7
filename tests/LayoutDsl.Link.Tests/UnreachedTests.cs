using System;
using System.Linq;
using LayoutDsl.Analysis.Sharing;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Link.Tests;

/// <summary>What an image reaches stays in it, whatever it is reached by; what it does not reach is gone.</summary>
public sealed class UnreachedTests
{
    private const string Both = "int first(void), second(void);";

    [Fact]
    public void Call_MemberThatOneImageNeeds_IsMissingInTheOther()
    {
        using var fleet = new UnreachedFleet();
        AddTwo(fleet);
        Assert.Equal(["a: first shared", "b: second shared"], fleet.LinkAndFind(["first", "second", "shared"]));
        (MemoryImage a, MemoryImage b) = (fleet.Memory("a"), fleet.Memory("b"));
        ulong[] both = [.. fleet.LibraryPages().Where(p => a.HasPage(p) && b.HasPage(p))];
        Assert.True(both.Length >= 2);
        Assert.All(both, p => Assert.Equal(a.GetBytes(p).ToArray(), b.GetBytes(p).ToArray()));
    }

    [Fact]
    public void Pointer_InTheDataOfAMember_IsFollowed()
    {
        using var fleet = new UnreachedFleet();
        fleet.Member("first", "PAGE int first(void) { return 1; }");
        fleet.Member("list", "extern int first(void); int (*const constants[1])(void) = { first };");
        fleet.Member("second", "PAGE int second(void) { return 2; }");
        fleet.Member("variable", "extern int second(void); int (*variable)(void) = second;");
        fleet.Image("a", "extern int (*const constants[1])(void);", "print(\"a\\n\"); return constants[0]() - 1;");
        fleet.Image("b", "extern int (*variable)(void);", "print(\"b\\n\"); return variable() - 2;");
        Assert.Equal(["a: first", "b: second"], fleet.LinkAndFind(["first", "second"]));
    }

    [Fact]
    public void WeakReference_ThatTheUnionDefines_IsFollowed()
    {
        using var fleet = new UnreachedFleet();
        AddTwo(fleet);
        fleet.Image("c", "int second(void) __attribute__((weak));", "print(\"c\\n\"); return second ? second() - 2 : 0;");
        Assert.Equal(["a: first shared", "b: second shared", "c: second shared"], fleet.LinkAndFind(["first", "second", "shared"]));
    }

    [Fact]
    public void Table_WithBounds_IsFollowedWhereSomethingRefersToThem()
    {
        using var fleet = new UnreachedFleet("section hooks (r) { table keep \"hooks\" bounds hooks_start hooks_stop }");
        AddHooks(fleet, "hooks_start", "hooks_stop");
        Assert.Equal(["a: first hooked other", "b:", "c: first"], fleet.LinkAndFind(["first", "hooked", "other"]));
    }

    [Fact]
    public void Table_WithANameOfC_IsFollowedWhereSomethingRefersToItsBounds()
    {
        using var fleet = new UnreachedFleet("section hooks (r) { table keep \"hooks\" }");
        AddHooks(fleet, "__start_hooks", "__stop_hooks");
        Assert.Equal(["a: first hooked other", "b:", "c: first"], fleet.LinkAndFind(["first", "hooked", "other"]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("keep")]
    public void Array_InALibrary_IsFollowedWhereSomethingRefersToItsBounds(string keep)
    {
        using var fleet = new UnreachedFleet($"section arrays (r) {{ {keep} \"hooks\" }}");
        AddHooks(fleet, "__start_hooks", "__stop_hooks");
        Assert.Equal(["a: first hooked other", "b:", "c: first"], fleet.LinkAndFind(["first", "hooked", "other"]));
    }

    [Theory]
    [InlineData("section kept (r) { keep \".kept\" }")]
    [InlineData("section kept (r) { table keep \".kept\" }")]
    [InlineData("section kept (r) { keep \".kept\" \"hooks\" }")]
    [InlineData("section kept (r) { table keep \".kept\" \"hooks\" }")]
    public void Kept_SectionWithoutSymbols_KeepsItsMember(string section)
    {
        using var fleet = new UnreachedFleet(section);
        fleet.Member("first", "extern int second(void); PAGE int first(void) { return 1; } int (*const note)(void) __attribute__((section(\".kept\"), used)) = second;");
        fleet.Member("second", "PAGE int second(void) { return 2; }");
        fleet.Member("third", "PAGE int third(void) { return 3; }");
        fleet.Member("hooked", "PAGE int hooked(void) { return 4; } int (*const hook)(void) __attribute__((section(\"hooks\"), used)) = hooked;");
        if (!section.Contains("hooks", StringComparison.Ordinal)) fleet.Member("hooked", "PAGE int hooked(void) { return 4; }");
        fleet.Image("a", "int first(void), third(void), hooked(void);", "print(\"a\\n\"); return first() - 1;");
        fleet.Image("b", "", "print(\"b\\n\"); return 0;");
        fleet.Image("c", "int third(void), hooked(void);", "print(\"c\\n\"); return third() + hooked() - 7;");
        Assert.Equal(["a: first second", "b: first second", "c: first second third hooked"], fleet.LinkAndFind(["first", "second", "third", "hooked"]));
    }

    [Fact]
    public void Constructors_KeepTheirMembers()
    {
        using var fleet = new UnreachedFleet("section inits (rw) { table keep sort(\".init_array.*\") \".init_array\" bounds __init_array_start __init_array_end }");
        fleet.Fleet.Compile("start", SmallFleet.Runtime + """
            extern int run(void);
            extern void (*const __init_array_start[])(void), (*const __init_array_end[])(void);
            void start(void) { for (void (*const *f)(void) = __init_array_start; f != __init_array_end; f++) (*f)(); finish(run()); }
            __asm__(".globl _start\n_start: andq $-16, %rsp\n call start\n");
            """);
        fleet.Member("first", "extern void helper(void); PAGE int first(void) { return 1; } __attribute__((constructor)) static void begin(void) { helper(); }");
        fleet.Member("helper", "PAGE void helper(void) { print(\"begin \"); }");
        fleet.Member("second", "PAGE int second(void) { return 2; }");
        fleet.Image("a", Both, "print(\"a\\n\"); return first() - 1;");
        fleet.Image("b", Both, "print(\"b\\n\"); return second() - 2;");
        Assert.Equal(["a: first helper", "b: first helper second"], fleet.LinkAndFind(["first", "helper", "second"], "begin "));
    }

    [Fact]
    public void Objects_OfALibrary_AreNeverLeftOut()
    {
        using var fleet = new UnreachedFleet("library whole { objects \"build/alone.o\"; }") { Uses = "sys, whole, parts" };
        AddTwo(fleet);
        fleet.Fleet.Compile("alone", UnreachedFleet.Head + "extern int first(void); PAGE int alone(void) { return first(); }");
        Assert.Equal(["a: first shared alone", "b: first second shared alone"], fleet.LinkAndFind(["first", "second", "shared", "alone"]));
    }

    [Theory]
    [InlineData("addressof(parts.text)", "first second shared")]
    [InlineData("endof(parts.text)", "first second shared")]
    [InlineData("align(endof(parts.text), page)", "first second shared")]
    [InlineData("addressof(parts.text) + 4096", "first second shared")]
    [InlineData("addressof(parts.rodata)", "first")]
    public void Symbol_OfTheLayoutInASection_KeepsTheSection(string value, string expected)
    {
        using var fleet = new UnreachedFleet($"symbol mark = {value};");
        AddTwo(fleet);
        fleet.Member("words", "extern int first(void); int (*const words[1])(void) = { first };");
        fleet.Image("c", "extern const char mark[]; extern int (*const words[1])(void);", "print(\"c\\n\"); __asm__ volatile(\"\" :: \"r\"(mark)); return 0;");
        fleet.Image("d", "extern int (*const words[1])(void);", "print(\"d\\n\"); return words[0]() - 1;");
        Assert.Equal("c: " + expected, fleet.LinkAndFind(["first", "second", "shared"])[2].Replace(expected == "first" ? "first shared" : "-", "first", StringComparison.Ordinal));
    }

    /// <summary>A function that chooses calls another one, which the assembler may resolve by itself.</summary>
    [Theory]
    [InlineData("static PAGE int decide(void) { return flag; }", "flag chosen")]
    [InlineData("extern int decide(void);", "flag chosen decide")]
    [InlineData("#define decide() flag\n", "flag chosen")]
    [InlineData("extern int apply(int (*)(void)), decide(void);\n#define decide() apply(decide)\n", "flag chosen decide")]
    public void ChosenFunction_WithoutCalls_IsChosenButItsImplementationsAreMissing(string decide, string chooser)
    {
        using var fleet = new UnreachedFleet("section vars (rw) { \".vars\" }");
        fleet.Fleet.Compile("start", SmallFleet.Runtime + """
            struct rela { unsigned long place, info, resolver; };
            extern const struct rela __rela_iplt_start[], __rela_iplt_end[];
            extern int run(void);
            void start(void)
            {
                for (const struct rela *r = __rela_iplt_start; r != __rela_iplt_end; r++) *(unsigned long *)r->place = ((unsigned long (*)(void))r->resolver)();
                finish(run());
            }
            __asm__(".globl _start\n_start: andq $-16, %rsp\n call start\n");
            """);
        fleet.Member("slow", "PAGE int slow(void) { return 1; }");
        fleet.Member("fast", "PAGE int fast(void) { return 2; }");
        fleet.Member("flag", "int flag __attribute__((section(\".vars\"))) = 1; PAGE int user(void) { return flag; }");
        if (chooser.Contains("decide", StringComparison.Ordinal)) fleet.Member("decide", "extern int flag; PAGE int decide(void) { return flag; }");
        fleet.Member("apply", "PAGE int apply(int (*f)(void)) { return f(); }");
        fleet.Member("chosen", $$"""
            extern int flag, slow(void), fast(void);
            {{decide}}
            static PAGE int (*choose(void))(void) { return decide() ? fast : slow; }
            int chosen(void) __attribute__((ifunc("choose")));
            """);
        fleet.Image("a", "int chosen(void);", "print(\"a\\n\"); return chosen() - 2;");
        fleet.Image("b", "", "print(\"b\\n\"); return 0;");
        string[] found = fleet.LinkAndFind(["slow", "fast", "user", "chosen", .. chooser.Contains("decide", StringComparison.Ordinal) ? new[] { "decide" } : []]);
        Assert.StartsWith("a: slow fast user chosen", found[0], StringComparison.Ordinal);
        if (!decide.StartsWith("static", StringComparison.Ordinal)) Assert.Equal("b: " + chooser.Replace("flag", "user", StringComparison.Ordinal), found[1]);
    }

    private static void AddTwo(UnreachedFleet fleet)
    {
        fleet.Member("first", "extern int shared(int); PAGE int first(void) { return shared(1); }");
        fleet.Member("second", "extern int shared(int); PAGE int second(void) { return shared(2); }");
        fleet.Member("shared", "PAGE int shared(int n) { return n; }");
        fleet.Image("a", Both, "print(\"a\\n\"); return first() - 1;");
        fleet.Image("b", Both, "print(\"b\\n\"); return second() - 2;");
    }

    /// <summary>Two members with entries in an array; image a walks it, b and c do not.</summary>
    private static void AddHooks(UnreachedFleet fleet, string start, string stop)
    {
        fleet.Member("first", "extern int hooked(void); PAGE int first(void) { return 1; }");
        fleet.Member("hooked", "PAGE int hooked(void) { return 2; } int (*const hook)(void) __attribute__((section(\"hooks\"), used)) = hooked; int hook_one;");
        fleet.Member("other", "extern int first(void); PAGE int other(void) { return 3 + first(); } int (*const hook_other)(void) __attribute__((section(\"hooks\"), used)) = other; int hook_two;");
        fleet.Image("a", $"typedef int (*hook)(void); extern const hook {start}[], {stop}[]; extern int hook_one, hook_two;", $"print(\"a\\n\"); int n = hook_one + hook_two; for (const hook *h = {start}; h != {stop}; h++) n += (*h)(); return n - 6;");
        fleet.Image("b", "", "print(\"b\\n\"); return 0;");
        fleet.Image("c", "extern int first(void);", "print(\"c\\n\"); return first() - 1;");
    }
}
