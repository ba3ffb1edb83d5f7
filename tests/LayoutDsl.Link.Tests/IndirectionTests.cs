using System.IO;
using System.Linq;
using LayoutDsl.Analysis.Sharing;
using LayoutDsl.Planning;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Link.Tests;

/// <summary>Fleets in which libraries refer to what differs between images: compiled, linked, run and counted.</summary>
public sealed class IndirectionTests
{
    private const string Layout = """
        layout Small.Fleet;
        target x86_64 { entry _start; }
        region ram (rwx) { origin 4MiB; length 64MiB; }
        section text (rx) { ".text" ".text.*" }
        section rodata (r) { ".rodata" ".rodata.*" }
        section data (rw) { ".data" ".data.*" }
        section bss (rw) { zero ".bss" ".bss.*" "COMMON" }
        library sys { objects "build/sys.o"; }
        library nolibc { objects "build/nolibc.o"; }
        library otherlibc { objects "build/otherlibc.o"; }
        library server { objects "build/server.o"; }
        library codec { objects "build/codec.o"; }
        image a { uses sys, server, codec, nolibc; objects "build/a.o"; }
        image b { uses sys, server, codec, nolibc; objects "build/b.o"; }
        image c { uses sys, server, codec, otherlibc; objects "build/c.o"; }
        image d { uses sys, server, codec, otherlibc; objects "build/d.o"; }
        place libraries in ram from 8MiB;
        """;

    [Fact]
    public void Auto_ApplicationFunctionsAndTwoLibcs_SharesTheLibrariesAgain()
    {
        using SmallFleet without = Make("indirect none;");
        using SmallFleet with = Make("");
        (long Pages, long Shared) lost = CountPages(without);
        (long Pages, long Shared) kept = CountPages(with);
        Assert.True(lost.Shared * 2 < lost.Pages, $"without indirection {lost} are shared");
        Assert.True(kept.Shared * 100 >= kept.Pages * 98, $"with indirection {kept} are shared");
        Assert.Equal(lost.Pages, kept.Pages);

        LayoutPlan plan = with.Plan().Plan;
        Assert.Equal(["copy:ProviderDiffers", "length:ProviderDiffers", "on_event:ApplicationSymbol", "start:ApplicationSymbol"], plan.Indirections.Select(i => $"{i.Symbol}:{i.Reason}"));
        Assert.All(plan.Indirections, i => Assert.Equal(4, i.Images));

        // What the planner expects of the four together is what the linked images have: each page of the two libraries in one version instead of up to four.
        Assert.True(plan.Indirections.Single(i => i.Symbol == "on_event").Gain >= 3 * 6);
        Assert.Empty(without.Plan().Plan.Indirections);
    }

    [Fact]
    public void Auto_DatumOfTheApplication_HasOneAddressInAllImages()
    {
        using var fleet = new SmallFleet(SmallFleet.Layout);
        fleet.Compile("add", "extern int settings; int add(int n) { return n + settings; }");
        Tool.Run(fleet.Folder["build"], "ar", "rcs", "libcount.a", "add.o", "name.o");
        foreach (string name in new[] { "one", "fn1", "fn2", "fn3" })
        {
            string pad = name == "fn2" ? "int before[100] = { 1 };" : "";
            fleet.Compile(name, SmallFleet.Program($"extern int add(int); {pad} int settings __attribute__((section(\".data.settings\"))) = {name.Length};", $"return add(1) - {name.Length + 1};"));
        }

        Assert.Empty(fleet.Link().Diagnostics.Select(d => d.ToString()));
        foreach (string name in new[] { "one", "fn1", "fn2", "fn3" }) Assert.Equal("", Tool.Run(fleet.Output, Path.Combine(fleet.Output, name + ".elf")));
        Assert.All(SharingTests.Count(fleet).Libraries.Single(l => l.Name == "count").Sections, s => Assert.Empty(s.Unshared));
    }

    /// <summary>A server of about seven pages that calls the application, and a codec of about seven pages that calls a C library.</summary>
    private static SmallFleet Make(string indirect)
    {
        var fleet = new SmallFleet(Layout + indirect);
        fleet.Compile("sys", SmallFleet.Runtime + "extern int start(void); void run(void) { finish(start()); }\n__asm__(\".globl _start\\n_start: andq $-16, %rsp\\n call run\\n\");");
        fleet.Compile("nolibc", "void copy(char *to, const char *from, int n) { while (n-- > 0) *to++ = *from++; } int length(const char *s) { int n = 0; while (s[n]) n++; return n; }");
        fleet.Compile("otherlibc", "int length(const char *s) { const char *e = s; while (*e) e++; return e - s; } void other(void) { } void copy(char *to, const char *from, int n) { for (int i = n - 1; i >= 0; i--) to[i] = from[i]; }");
        fleet.Compile("server", "extern int on_event(int, int);\n" + Repeat(300, i => $"int serve{i}(int x) {{ int y = on_event(x, {i}); y += on_event(y, x) ^ {i * 77}; y ^= on_event(x ^ y, {i}); return y * {i + 3} + on_event(y, 1); }}"));
        fleet.Compile("codec", "extern void copy(char *, const char *, int); extern int length(const char *);\n"
            + Repeat(300, i => $"int code{i}(const char *s) {{ char t[{64 + i}]; copy(t, s, length(s) + 1); t[0] ^= {i % 7}; int n = length(t) * {i + 1}; copy(t, s + 1, 1); return n + t[0]; }}"));
        foreach ((string name, int pad) in new[] { ("a", 0), ("b", 3), ("c", 40), ("d", 200) })
        {
            fleet.Compile(name, $$"""
                extern void print(const char *); extern int serve7(int); extern int code5(const char *); extern int length(const char *);
                {{Repeat(pad, i => $"int pad{i}(int x) {{ return x * {i + 5} + length(\"{i}\"); }}")}}
                int on_event(int x, int y) { return x - y + {{pad}}; }
                int start(void) { print("{{name}}\n"); return serve7(1) == 0 || code5("event") != 5 * 6 + 'v'; }
                """);
        }

        Assert.Empty(fleet.Link().Diagnostics.Select(d => d.ToString()));
        foreach (string name in new[] { "a", "b", "c", "d" }) Assert.Equal(name + "\n", Tool.Run(fleet.Output, Path.Combine(fleet.Output, name + ".elf")));
        return fleet;
    }

    private static (long Pages, long Shared) CountPages(SmallFleet fleet)
    {
        SectionSharing[] sections = [.. SharingTests.Count(fleet).Libraries.Where(l => l.Name is "server" or "codec" or "sys").SelectMany(l => l.Sections)];
        return (sections.Sum(s => (long)s.Pages), sections.Sum(s => (long)s.Shared));
    }

    private static string Repeat(int count, System.Func<int, string> line) => string.Join('\n', Enumerable.Range(0, count).Select(line));
}
