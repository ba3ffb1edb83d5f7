using System.IO;
using System.Linq;
using LayoutDsl.Analysis.Sharing;
using LayoutDsl.Planning;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Link.Tests;

/// <summary>Libraries that are not the same in all images of a fleet: versions, and functions that depend on a configuration. Compiled, linked, run and counted.</summary>
public sealed class VersionTests
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
        library server { objects "build/server.o"; }
        library zip { objects "build/{image}/zip/*.o"; }
        image a { uses sys, server, zip; objects "build/a.o"; }
        image b { uses sys, server, zip; objects "build/b.o"; }
        image c { uses sys, server, zip; objects "build/c.o"; }
        image d { uses sys, server, zip; objects "build/d.o"; }
        place libraries in ram from 8MiB;
        """;

    private static readonly string[] Images = ["a", "b", "c", "d"];

    /// <summary>Version 2 has its functions elsewhere in its object, and one more.</summary>
    [Fact]
    public void TwoVersions_OfALibraryThatOthersCall_ShareAllButItsChangedPages()
    {
        using SmallFleet fleet = Make("", image => (image is "c" or "d" ? "int added(int x) { return x * 77 + (x >> 3); }\n" : "") + $"int pack(int x) {{ return x * {(image is "c" or "d" ? 3 : 2)}; }} int unpack(int x) {{ return x / 2; }}");
        LayoutPlan plan = fleet.Plan().Plan;
        Assert.Contains(plan.Indirections, i => i.Symbol == "pack");
        Assert.All(Sections(fleet, "server").Concat(Sections(fleet, "sys")), s => Assert.Equal((s.Pages, 0), (s.Shared, s.Unshared.Count)));

        // Of the library itself, what both versions have alike is shared by all images, and what they have not by those of each version.
        SectionSharing[] zip = [.. Sections(fleet, "zip").Where(s => s.Section == "text")];
        Assert.True(zip.Sum(s => s.Shared) > 5, $"{zip.Sum(s => s.Shared)} pages are shared by all");
        UnsharedPage changed = Assert.Single(zip.SelectMany(s => s.Unshared));
        Assert.Equal(["a b", "c d"], changed.Partition.Select(p => string.Join(' ', p.Order())).Order());
        foreach (string image in Images) Assert.Equal($"{image} {(image is "c" or "d" ? 2 : 1)}\n", Tool.Run(fleet.Output, Path.Combine(fleet.Output, image + ".elf")));
    }

    [Fact]
    public void OneFunctionOfEachImage_InAnObjectOfMany_LeavesTheOthersSharedWhereFunctionsAreSections()
    {
        long apart = Distinct("-ffunction-sections", out int unshared);
        Assert.Equal(1, unshared);
        Assert.InRange(Distinct("-fno-function-sections", out _), apart + 4, apart + 100);

        static long Distinct(string option, out int unshared)
        {
            using SmallFleet fleet = Make(option, image =>
                $"int name(int x) {{ {string.Concat(Enumerable.Repeat("x = x * x + 7; ", 3 * (image[0] - 'a')))}return x; }} int pack(int x) {{ return x * 2; }} int unpack(int x) {{ return x / 2; }}\n" + Many("code"));
            foreach (string image in Images) Assert.Equal(image + " 1\n", Tool.Run(fleet.Output, Path.Combine(fleet.Output, image + ".elf")));
            unshared = Sections(fleet, "zip").Where(s => s.Section == "text").Sum(s => s.Unshared.Count);
            return SharingTests.Count(fleet).Distinct;
        }
    }

    private static SmallFleet Make(string option, System.Func<string, string> codec)
    {
        var fleet = new SmallFleet(Layout);
        fleet.Compile("sys", SmallFleet.Runtime + "extern int start(void); void run(void) { finish(start()); }\n__asm__(\".globl _start\\n_start: andq $-16, %rsp\\n call run\\n\");");
        fleet.Compile("server", "extern int pack(int); extern int unpack(int);\n" + string.Join('\n', Enumerable.Range(0, 300).Select(i => $"int serve{i}(int x) {{ int y = pack(x + {i}); y += unpack(y ^ {i * 77}); y ^= pack(x ^ y); return y * {i + 3} + unpack(y); }}")));
        foreach (string image in Images)
        {
            string folder = $"build/{image}/zip/";
            fleet.Folder.Write(folder + "tables.c", Many("table"));
            fleet.Folder.Write(folder + "codec.c", codec(image));
            foreach (string name in new[] { "tables", "codec" })
            {
                string[] options = option.Length == 0 ? [] : [option];
                Tool.Run(fleet.Folder[folder], "gcc", ["-c", "-O2", "-ffreestanding", "-fno-pic", "-fno-stack-protector", "-fno-asynchronous-unwind-tables", "-fcf-protection=none", .. options, name + ".c"]);
            }

            fleet.Compile(image, $$"""
                extern void print(const char *); extern int serve7(int); extern int pack(int);
                int start(void) { print("{{image}} "); print(pack(5) == 15 ? "2\n" : "1\n"); return serve7(1) == 0; }
                """);
        }

        Assert.Empty(fleet.Link().Diagnostics.Select(d => d.ToString()));
        return fleet;
    }

    private static string Many(string name) => string.Join('\n', Enumerable.Range(0, 300).Select(i => $"int {name}{i}(int x) {{ int y = x * {i + 11} ^ {i * 1237}; return (y >> {i % 7}) * (x + {i}) + (y ^ (x << {i % 5})) / {i + 2}; }}"));

    private static SectionSharing[] Sections(SmallFleet fleet, string library) => [.. SharingTests.Count(fleet).Libraries.Where(l => l.Name == library).SelectMany(l => l.Sections)];
}
