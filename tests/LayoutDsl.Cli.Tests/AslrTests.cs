using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Cli.Tests;

/// <summary>Every command on a fleet whose images have addresses of their own.</summary>
public sealed class AslrTests : IDisposable
{
    private readonly SmallFleet fleet = new(
        SmallFleet.Layout.Replace("section hooks (r)", "section hooks (rw)", StringComparison.Ordinal) + "\nsection relro (rw) { relro \".data.rel.ro\" \".data.rel.ro.*\" }\nparam mode = \"none\";\nparam seed = 1;\naslr mode { seed seed; }\n", "-fPIE");

    public AslrTests()
    {
        fleet.Compile("name", "const char *const count_names[] = { \"count\", \"number\" }; const char *count_name(void) { return count_names[0]; }");
        Tool.Run(fleet.Folder["build"], "ar", "rcs", "libcount.a", "add.o", "name.o");
    }

    public void Dispose() => fleet.Dispose();

    [Theory]
    [InlineData("slide", 1)]
    [InlineData("shuffle", 2)]
    public async Task Commands_OfAFleetThatMoves_SayWhatIsThere(string mode, int blocks)
    {
        string before = await Link("none", 1);
        Assert.Equal(before, await Link(mode, 1));
        byte[] first = File.ReadAllBytes(fleet.Folder["out/one.elf"]);
        Assert.Equal(before, await Link(mode, 2));
        Assert.NotEqual(first, File.ReadAllBytes(fleet.Folder["out/one.elf"]));

        // Images of another seed are not those of the plan.
        Assert.Contains("as planned", await Run(0, "verify", mode, 2, "--images", fleet.Output), StringComparison.Ordinal);
        Assert.NotEqual("", await Run(1, "verify", mode, 1, "--images", fleet.Output));
        Assert.Contains("are as predicted, byte for byte; 0 are not", await Run(0, "share", mode, 2, fleet.Output, "--layout", fleet.LayoutPath), StringComparison.Ordinal);
        string causes = await Run(0, "explain", mode, 2, "--images", fleet.Output);
        Assert.Contains($"'aslr {mode}'", causes, StringComparison.Ordinal);
        Assert.DoesNotContain("alike for all images", causes, StringComparison.Ordinal);
        Assert.DoesNotContain("addresses of 'ram'", await Run(0, "plan", mode, 2, "--costs"), StringComparison.Ordinal);
        await Run(0, "report", mode, 2, "--images", fleet.Output, "-o", fleet.Folder["report.html"]);
        await Run(0, "pool", mode, 2, fleet.Output, "-o", fleet.Folder["pool"]);
        Assert.Equal("fn2\n", Tool.Run(fleet.Folder.Path, fleet.Folder["pool/layout-run"], "-", fleet.Folder["pool/images/fn2.pool"]));

        using var json = JsonDocument.Parse(await Run(0, "plan", mode, 2, "--aslr", "--format", "json"));
        JsonElement aslr = json.RootElement.GetProperty("aslr");
        JsonElement image = aslr.GetProperty("images").EnumerateArray().Single(i => i.GetProperty("name").GetString() == "two");
        Assert.Equal(blocks, image.GetProperty("blocks").GetInt32());
        Assert.Equal((long)image.GetProperty("freeUnits").GetUInt64() + blocks, Math.Round(Math.Pow(2, image.GetProperty("libraryBits").GetDouble())), 2.0);
        Assert.Equal(0, aslr.GetProperty("pairsAtOneAddress").GetInt32());
        Assert.Equal(mode == "shuffle" ? [1, 1] : new int?[] { null, null }, aslr.GetProperty("libraries").EnumerateArray().Select(l => l.GetProperty("tablePage") is { ValueKind: JsonValueKind.Number } n ? (int?)n.GetInt32() : null));
    }

    [Theory]
    [InlineData("slide")]
    [InlineData("shuffle")]
    public async Task Lock_OfAFleetThatMoves_HoldsForEverySeedAndANewLibrary(string mode)
    {
        await Run(0, "lock", mode, 1);
        string locked = await File.ReadAllTextAsync(fleet.LayoutPath + ".lock");
        await Run(0, "lock", mode, 2, "--check");
        string expected = await Link(mode, 2);
        fleet.Compile("kv", "extern int add(int); int (*const used)(int) = add; int kv(int a) { return used(a) * 3; }");
        await File.WriteAllTextAsync(fleet.LayoutPath, (await File.ReadAllTextAsync(fleet.LayoutPath)).Replace("image one { uses sys, count;", "library kv { objects \"build/kv.o\"; }\nimage one { uses sys, count, kv;", StringComparison.Ordinal));
        string changes = await Run(1, "lock", mode, 2, "--check");
        Assert.Contains("kv.text", changes, StringComparison.Ordinal);
        Assert.DoesNotContain("count.", changes, StringComparison.Ordinal);
        Assert.DoesNotContain("sys.", changes, StringComparison.Ordinal);
        await Run(0, "lock", mode, 2);
        Assert.All(locked.Split('\n').Where(l => l.StartsWith("slot \"count\"", StringComparison.Ordinal) || l.StartsWith("slot \"sys\"", StringComparison.Ordinal)), l => Assert.Contains(l, File.ReadAllText(fleet.LayoutPath + ".lock"), StringComparison.Ordinal));
        Assert.Equal(expected, await Link(mode, 2));
    }

    /// <summary>A library that grows moves alone, inside its block, and a new one moves nothing; whatever the seed.</summary>
    [Theory]
    [InlineData("slide")]
    [InlineData("shuffle")]
    public async Task Diff_OfALockedFleetThatMoves_SaysWhatMovesInside(string mode)
    {
        await Run(0, "lock", mode, 1);
        string expected = await Link(mode, 1);
        Assert.Equal("", await Run(0, "plan", mode, 2, "--diff"));
        fleet.Compile("name", "const char data[9000] = { 1 }; const char *const count_names[] = { \"count\", data }; const char *count_name(void) { return count_names[0]; }");
        Tool.Run(fleet.Folder["build"], "ar", "rcs", "libcount.a", "add.o", "name.o");
        fleet.Compile("kv", "extern int add(int); int (*const used)(int) = add; int kv(int a) { return used(a) * 3; }");
        await File.WriteAllTextAsync(fleet.LayoutPath, (await File.ReadAllTextAsync(fleet.LayoutPath)).Replace("image one { uses sys, count;", "library kv { objects \"build/kv.o\"; }\nimage one { uses sys, count, kv;", StringComparison.Ordinal));
        string text = await Run(0, "plan", mode, 2, "--diff");
        Assert.Contains($"places are those before 'aslr {mode}' moves them", text, StringComparison.Ordinal);

        using var json = JsonDocument.Parse(await Run(0, "plan", mode, 2, "--diff", "--format", "json"));
        Assert.Equal(mode, json.RootElement.GetProperty("movedBy").GetString());
        (string Slot, string Change)[] changes = json.RootElement.GetProperty("changes").EnumerateArray()
            .Select(c => (c.GetProperty("owner").GetString() + "." + c.GetProperty("section").GetString(), c.GetProperty("change").GetString()!)).ToArray();
        Assert.Equal([("count.rodata", "moved")], changes.Where(c => c.Change == "moved"));
        Assert.Equal(["kv.relro", "kv.text"], changes.Where(c => c.Change == "new").Select(c => c.Slot).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(changes, c => c.Slot.StartsWith("sys.", StringComparison.Ordinal));
        await Run(0, "lock", mode, 2, "--update");
        Assert.Equal("", await Run(0, "plan", mode, 3, "--diff"));
        Assert.Equal(expected, await Link(mode, 3));
    }

    /// <summary>In 'slide', pointers of several libraries lie on one page, which is an image's own: nothing is built otherwise in images that lack one of them.</summary>
    [Fact]
    public async Task Explain_OfPointersThatLieTogether_SaysWhoLacksSome()
    {
        fleet.Compile("kv", "extern int add(int); int (*const used[])(int) = { add, add, add }; int kv(int a) { return used[a](a) * 3; }");
        await File.WriteAllTextAsync(fleet.LayoutPath, (await File.ReadAllTextAsync(fleet.LayoutPath)).Replace("image one { uses sys, count;", "library kv { objects \"build/kv.o\"; }\nimage one { uses sys, count, kv;", StringComparison.Ordinal));
        await Link("slide", 1);
        string causes = await Run(0, "explain", "slide", 1, "--images", fleet.Output);
        Assert.Contains("is of 'kv', which fn1 lacks", causes, StringComparison.Ordinal);
        Assert.DoesNotContain("alike for all images", causes, StringComparison.Ordinal);
    }

    /// <summary>Links and verifies the fleet, and returns what its programs print.</summary>
    private async Task<string> Link(string mode, int seed)
    {
        await Run(0, "link", mode, seed, "-o", fleet.Output, "--verify");
        return string.Concat(Directory.GetFiles(fleet.Output, "*.elf").Order(StringComparer.Ordinal).Select(f => Tool.Run(fleet.Folder.Path, f)));
    }

    private async Task<string> Run(int code, string command, string mode, int seed, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        string[] layout = command is "share" or "pool" ? [] : [fleet.LayoutPath];
        string[] define = command == "pool" ? [] : ["-D", $"mode={mode}", "-D", $"seed={seed}"];
        int found = await LayoutTool.RunAsync([command, .. layout, .. arguments, .. define], output, error);
        Assert.True(code == found, $"{command} ended with {found}:\n{output}{error}");
        return output.ToString();
    }
}
