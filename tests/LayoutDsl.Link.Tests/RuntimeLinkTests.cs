using System.IO;
using System.Linq;
using LayoutDsl.Analysis.Sharing;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Link.Tests;

/// <summary>Jumps and thread-local data in programs that run.</summary>
public sealed class RuntimeLinkTests
{
    [Fact]
    public void Indirection_LibraryThatCallsTheApplication_SharesItsPagesAgain()
    {
        using var fleet = new SmallFleet(SmallFleet.Layout + "indirect own;");
        fleet.Compile("add", "extern int own(int); int steps[4] = {1, 2, 3, 4}; int add(int n) { return own(n) + steps[n & 3]; }");
        Tool.Run(fleet.Folder["build"], "ar", "rcs", "libcount.a", "add.o", "name.o");
        foreach (string name in new[] { "one", "fn1", "fn2", "fn3" })
        {
            string pad = name == "one" ? "print(\"a longer function\\n\");" : "";
            fleet.Compile(name, SmallFleet.Program("extern int add(int); int own(int n) { return n + 40; }", $"{pad} print(\"{name}\\n\"); return add(1) - 43;"));
        }

        Assert.Empty(fleet.Link().Diagnostics.Select(d => d.ToString()));
        Assert.Equal("fn2\n", Tool.Run(fleet.Output, Path.Combine(fleet.Output, "fn2.elf")));
        Assert.Equal("a longer function\none\n", Tool.Run(fleet.Output, Path.Combine(fleet.Output, "one.elf")));
        Assert.Equal("two\n", Tool.Run(fleet.Output, Path.Combine(fleet.Output, "two.elf")));
        LibrarySharing count = SharingTests.Count(fleet).Libraries.Single(l => l.Name == "count");
        Assert.All(count.Sections, s => Assert.Empty(s.Unshared));
    }
}
