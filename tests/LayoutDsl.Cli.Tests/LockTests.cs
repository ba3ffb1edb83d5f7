using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using LayoutDsl.Locking;
using LayoutDsl.Tests.Support;
using LayoutDsl.Text;

namespace LayoutDsl.Cli.Tests;

/// <summary>The lock in the hands of a user: real objects, the tool, and git.</summary>
public sealed class LockTests
{
    [Fact]
    public async Task Lock_OfANewLayout_IsWrittenAndCurrent()
    {
        using var fleet = new SmallFleet();
        Assert.Equal(1, (await Run("lock", fleet.LayoutPath, "--check")).Code);
        Assert.False(File.Exists(fleet.LayoutPath + ".lock"));
        Assert.Equal(0, (await Run("lock", fleet.LayoutPath)).Code);
        Assert.Equal((0, ""), await CodeAndError("lock", fleet.LayoutPath, "--check"));
        string text = await File.ReadAllTextAsync(fleet.LayoutPath + ".lock");
        Assert.Equal(text, LockText.Write(Read(fleet)));
        Assert.Contains(Read(fleet).Slots, s => s.Key == ("count", "text", ""));
    }

    [Fact]
    public async Task Library_Added_MovesNothingAndCheckNamesIt()
    {
        using var fleet = new SmallFleet();
        await Run("lock", fleet.LayoutPath);
        LockFile before = Read(fleet);
        AddLibrary(fleet, "kv", "int kv(int a) { return a * 3; }");
        (int code, string output, _) = await Run("lock", fleet.LayoutPath, "--check");
        Assert.Equal(1, code);
        Assert.Contains("kv.text", output, StringComparison.Ordinal);
        Assert.Contains("warning LAY2035", (await Run("plan", fleet.LayoutPath)).Error, StringComparison.Ordinal);
        Assert.Equal(0, (await Run("lock", fleet.LayoutPath)).Code);
        Assert.All(before.Slots.Where(s => !s.IsImageClass), s => Assert.Contains(s, Read(fleet).Slots));
        Assert.Equal((0, ""), await CodeAndError("link", fleet.LayoutPath, "-o", fleet.Output, "--verify"));
    }

    [Fact]
    public async Task Library_OutgrowsItsSlot_MovesAloneAndOnlyWithUpdate()
    {
        using var fleet = new SmallFleet();
        await Run("lock", fleet.LayoutPath);
        LockFile before = Read(fleet);
        fleet.Compile("name", "const char count_data[9000] = { 1 }; const char *count_name(void) { return count_data; }");
        Tool.Run(fleet.Folder["build"], "ar", "rcs", "libcount.a", "add.o", "name.o");
        JsonElement diff = (await Json("plan", fleet.LayoutPath, "--diff")).GetProperty("changes");
        JsonElement moved = Assert.Single(diff.EnumerateArray(), c => c.GetProperty("change").GetString() == "moved");
        Assert.Equal(("count", "rodata"), (moved.GetProperty("owner").GetString(), moved.GetProperty("section").GetString()));
        Assert.Equal(["fn1", "fn2", "fn3", "one"], moved.GetProperty("images").EnumerateArray().Select(i => i.GetString()).Order());
        Assert.Equal(1, (await Run("lock", fleet.LayoutPath)).Code);
        Assert.Equal(before, Read(fleet));
        Assert.Equal(0, (await Run("lock", fleet.LayoutPath, "--update")).Code);
        LockChange change = Assert.Single(LockDiff.Between(before, Read(fleet)), c => c.ChangesPlan);
        Assert.Equal(("count", "rodata", true), (change.Slot.Owner, change.Slot.Section, change.HasOutgrown));
        Assert.Equal((0, ""), await CodeAndError("link", fleet.LayoutPath, "-o", fleet.Output, "--verify"));
    }

    [Fact]
    public async Task Library_UpdatedInItsSlot_LeavesTheLockCurrent()
    {
        using var fleet = new SmallFleet(SmallFleet.Layout.Replace("build/libcount.a\";", "build/libcount.a\"; headroom 50%;", StringComparison.Ordinal));
        await Run("lock", fleet.LayoutPath);
        LockFile before = Read(fleet);
        fleet.Compile("add", "int total; int steps[4] = {1, 2, 3, 5}; int add(int n) { total += steps[n & 3] + 1; return total; }");
        Tool.Run(fleet.Folder["build"], "ar", "rcs", "libcount.a", "add.o", "name.o");
        Assert.Equal((0, ""), await CodeAndError("lock", fleet.LayoutPath, "--check"));
        Assert.Equal(0, (await Run("lock", fleet.LayoutPath)).Code);
        Assert.DoesNotContain(LockDiff.Between(before, Read(fleet)), c => c.Kind != LockChangeKind.Updated);
    }

    [Fact]
    public async Task ImageAndLibrary_RemovedAndAddedAgain_MoveNothingUntilPruned()
    {
        using var fleet = new SmallFleet();
        await Run("lock", fleet.LayoutPath);
        LockFile before = Read(fleet);
        string whole = await File.ReadAllTextAsync(fleet.LayoutPath);
        string without = string.Join('\n', whole.Split('\n').Where(l => !l.Contains("library count", StringComparison.Ordinal) && !l.Contains("image fn", StringComparison.Ordinal) && !l.Contains("image one", StringComparison.Ordinal)));
        await File.WriteAllTextAsync(fleet.LayoutPath, without);
        Assert.Equal((0, ""), await CodeAndError("lock", fleet.LayoutPath, "--check"));
        Assert.Equal(0, (await Run("lock", fleet.LayoutPath)).Code);
        Assert.Equal(before.Slots.Where(s => s.Owner == "count"), Read(fleet).Slots.Where(s => s.Owner == "count"));
        await File.WriteAllTextAsync(fleet.LayoutPath, whole);
        Assert.Equal((0, ""), await CodeAndError("lock", fleet.LayoutPath, "--check"));
        await File.WriteAllTextAsync(fleet.LayoutPath, without);
        Assert.Equal(0, (await Run("lock", fleet.LayoutPath, "--prune")).Code);
        Assert.DoesNotContain(Read(fleet).Slots, s => s.Owner == "count");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Image_AddedWithoutTheFleet_IsLinkedToTheSameBytesAsWithIt(bool ownLayout)
    {
        using var fleet = new SmallFleet();
        Assert.Contains("LAY2070", (await Run("plan", fleet.LayoutPath, "--only", "one")).Error, StringComparison.Ordinal);
        await Run("lock", fleet.LayoutPath);
        fleet.Compile("fn4", SmallFleet.Program("extern int add(int);", "print(\"fn4\\n\"); return add(4) - 1;"));
        AddLibrary(fleet, "kv", "int kv(int a) { return a * 3; }", "fn[1..3]");
        string whole = (await File.ReadAllTextAsync(fleet.LayoutPath)).Replace("fn[1..3] { uses sys, kv,", "fn[1..3] { uses sys,", StringComparison.Ordinal);
        const string Added = "image fn4 { uses sys, kv, count; objects \"build/fn4.o\"; }\n";
        await File.WriteAllTextAsync(fleet.LayoutPath, whole + "\n" + Added);

        // In the fleet's layout, or in one that has the libraries and the image alone.
        string part = ownLayout ? fleet.Folder.Write("new.layout", string.Join('\n', whole.Split('\n').Where(l => !l.StartsWith("image ", StringComparison.Ordinal))) + "\n" + Added) : fleet.LayoutPath;
        string[] options = ownLayout ? ["--fleet-lock", fleet.LayoutPath + ".lock"] : ["--only", "fn4"];
        Assert.Equal(1, (await Run(["lock", part, "--check", .. options])).Code);
        Assert.Equal((0, ""), await CodeAndError(["lock", part, .. options]));
        Assert.Equal((0, ""), await CodeAndError(["link", part, "-o", fleet.Folder["alone"], "--verify", .. options]));
        Assert.Equal(["fn4.elf"], Directory.EnumerateFiles(fleet.Folder["alone"], "*.elf").Select(Path.GetFileName));

        // The whole fleet agrees: its lock is current, and it links the image to the same bytes.
        Assert.Equal((0, ""), await CodeAndError("lock", fleet.LayoutPath, "--check"));
        Assert.Equal((0, ""), await CodeAndError("link", fleet.LayoutPath, "-o", fleet.Output, "--verify"));
        Assert.Equal(await File.ReadAllBytesAsync($"{fleet.Output}/fn4.elf"), await File.ReadAllBytesAsync($"{fleet.Folder["alone"]}/fn4.elf"));
        Assert.Equal("fn4\n", Tool.TryRun(fleet.Output, $"{fleet.Folder["alone"]}/fn4.elf").Output);
    }

    [Fact]
    public async Task Image_AddedWithoutTheFleetButWithAnotherLibrary_IsToldSo()
    {
        using var fleet = new SmallFleet(SmallFleet.Layout.Replace("build/libcount.a\";", "build/libcount.a\"; headroom 50%;", StringComparison.Ordinal));
        await Run("lock", fleet.LayoutPath);
        fleet.Compile("name", "static const char name[] = \"counts\"; const char *count_name(void) { return name; }");
        Tool.Run(fleet.Folder["build"], "ar", "rcs", "libcount.a", "add.o", "name.o");
        (int code, _, string error) = await Run("plan", fleet.LayoutPath, "--only", "fn2");
        Assert.Equal(0, code);
        Assert.Contains("warning LAY2071: count.rodata", error, StringComparison.Ordinal);
        fleet.Compile("name", "const char count_data[9000] = { 1 }; const char *count_name(void) { return count_data; }");
        Tool.Run(fleet.Folder["build"], "ar", "rcs", "libcount.a", "add.o", "name.o");
        (code, _, error) = await Run("plan", fleet.LayoutPath, "--only", "fn2");
        Assert.Equal(1, code);
        Assert.Contains("error LAY2070", error, StringComparison.Ordinal);
        Assert.Contains("count.rodata does not fit", error, StringComparison.Ordinal);
        Assert.Equal(1, (await Run("plan", fleet.LayoutPath, "--only", "fn9")).Code);
        Assert.Equal(2, (await Run("lock", fleet.LayoutPath, "--only", "fn2", "--prune")).Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TwoBranches_EachAddALibrary_MergeToALockOrAnErrorThatSaysWhichToMove(bool inOneImage)
    {
        using var fleet = new SmallFleet(SmallFleet.Layout.Replace("image ", "\n\n\n\nimage ", StringComparison.Ordinal));
        await Run("lock", fleet.LayoutPath);
        fleet.Folder.Write(".gitattributes", "*.layout.lock merge=union\n");
        fleet.Folder.Write(".gitignore", "obj/\n");
        Git(fleet, "init", "-q", "-b", "main");
        Commit(fleet, "base");
        Git(fleet, "checkout", "-q", "-b", "left");
        AddLibrary(fleet, "kv", "int kv(int a) { return a * 3; }", "two");
        await Run("lock", fleet.LayoutPath);
        Commit(fleet, "kv");
        Git(fleet, "checkout", "-q", "main");
        AddLibrary(fleet, "zz", "int zz(int a) { return a * 5; }", inOneImage ? "two" : "one", atEnd: true);
        await Run("lock", fleet.LayoutPath);
        Commit(fleet, "zz");

        // Both layouts add a line of their own; the image that both change is a conflict that people solve.
        (int merged, _) = Tool.TryRun(fleet.Folder.Path, "git", "-c", "user.name=t", "-c", "user.email=t@t", "merge", "-q", "left");
        if (inOneImage)
        {
            Assert.NotEqual(0, merged);
            string[] lines = (await File.ReadAllLinesAsync(fleet.LayoutPath)).Where(l => !l.StartsWith('<') && !l.StartsWith('=') && !l.StartsWith('>')).ToArray();
            string[] ofTwo = lines.Where(l => l.StartsWith("image two", StringComparison.Ordinal)).ToArray();
            await File.WriteAllLinesAsync(fleet.LayoutPath, lines.Except(ofTwo).Append("image two { uses sys, kv, zz; objects \"build/two.o\"; }").Distinct());
            (int code, _, string error) = await Run("plan", fleet.LayoutPath);
            Assert.Equal(1, code);
            Assert.Contains("error LAY2033: zz.text", error, StringComparison.Ordinal);
            Assert.Contains("--move zz", error, StringComparison.Ordinal);
            LockFile before = LockText.Read(new SourceText("l", await File.ReadAllTextAsync(fleet.LayoutPath + ".lock"))).Value!;
            Assert.Equal(0, (await Run("lock", fleet.LayoutPath, "--move", "zz")).Code);
            Assert.All(LockDiff.Between(before, Read(fleet)).Where(c => c.ChangesPlan), c => Assert.Equal("zz", c.Slot.Owner));
        }
        else
        {
            Assert.Equal(0, merged);
        }

        Assert.Equal(0, (await Run("lock", fleet.LayoutPath, "--check")).Code);
        Assert.Equal(0, (await Run("link", fleet.LayoutPath, "-o", fleet.Output, "--verify")).Code);
    }

    [Fact]
    public async Task Lock_WithConflictMarkers_IsAnErrorAtTheLine()
    {
        using var fleet = new SmallFleet();
        await Run("lock", fleet.LayoutPath);
        await File.AppendAllTextAsync(fleet.LayoutPath + ".lock", "<<<<<<< HEAD\n");
        (int code, _, string error) = await Run("link", fleet.LayoutPath, "-o", fleet.Output);
        Assert.Equal(1, code);
        Assert.Contains("fleet.layout.lock(", error, StringComparison.Ordinal);
        Assert.Contains("error LAY2031", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_SmallFleet_LinksRunsAndCountsAllStrategies()
    {
        using var fleet = new SmallFleet();
        JsonElement[] rows = (await Json("compare", fleet.LayoutPath, "-o", fleet.Output)).GetProperty("strategies").EnumerateArray().ToArray();
        Assert.Equal(["default", "spacer", "layoutdsl"], rows.Select(r => r.GetProperty("strategy").GetString()));
        Assert.All(rows, r => Assert.InRange(r.GetProperty("distinct").GetInt64(), 1, r.GetProperty("pages").GetInt64()));
        Assert.True(rows[2].GetProperty("distinct").GetInt64() <= rows[1].GetProperty("distinct").GetInt64());
        Assert.True(rows[2].GetProperty("floor").GetInt64() <= rows[2].GetProperty("distinct").GetInt64());
        foreach (string strategy in new[] { "default", "spacer", "layoutdsl" }) Assert.Equal((0, "count one\n"), Tool.TryRun(fleet.Output, $"{fleet.Output}/{strategy}/one.elf"));
    }

    [Fact]
    public async Task Costs_SmallFleet_AreWhatTheLinkedImagesNeed()
    {
        using var fleet = new SmallFleet();
        JsonElement costs = (await Json("plan", fleet.LayoutPath, "--costs")).GetProperty("costs");
        long expected = costs.GetProperty("distinct").GetInt64();
        JsonElement linked = (await Json("compare", fleet.LayoutPath, "-o", fleet.Output)).GetProperty("strategies")[2];
        foreach (string figure in new[] { "distinct", "resident" }) Assert.Equal(costs.GetProperty(figure).GetInt64(), linked.GetProperty("planned").GetProperty(figure).GetInt64());

        // What the files say, but for pages that are equal by chance.
        Assert.InRange(linked.GetProperty("distinct").GetInt64(), expected - 3, expected);
        Assert.InRange(linked.GetProperty("resident").GetInt64(), costs.GetProperty("resident").GetInt64() - 3, costs.GetProperty("resident").GetInt64());

        // Symbols and section headers come to what is loaded.
        Assert.InRange(linked.GetProperty("fileSize").GetInt64(), costs.GetProperty("fileBytes").GetInt64() * 9 / 10, costs.GetProperty("fileBytes").GetInt64() * 2);
    }

    private static void AddLibrary(SmallFleet fleet, string name, string source, string image = "two", bool atEnd = false)
    {
        fleet.Compile(name, source);
        string text = File.ReadAllText(fleet.LayoutPath);
        string declaration = $"library {name} {{ objects \"build/{name}.o\"; }}";
        text = atEnd ? text + "\n" + declaration + "\n" : text.Replace("library count", declaration + "\nlibrary count", StringComparison.Ordinal);
        File.WriteAllText(fleet.LayoutPath, text.Replace($"image {image} {{ uses sys", $"image {image} {{ uses sys, {name}", StringComparison.Ordinal));
    }

    private static LockFile Read(SmallFleet fleet) => LockText.Read(new SourceText("fleet.layout.lock", File.ReadAllText(fleet.LayoutPath + ".lock"))).Value!;

    private static void Commit(SmallFleet fleet, string message)
    {
        Git(fleet, "add", "-A");
        Git(fleet, "-c", "user.name=t", "-c", "user.email=t@t", "commit", "-q", "-m", message);
    }

    private static void Git(SmallFleet fleet, params string[] arguments) => Tool.Run(fleet.Folder.Path, "git", arguments);

    private static async Task<(int Code, string Error)> CodeAndError(params string[] args)
    {
        (int code, _, string error) = await Run(args);
        return (code, error);
    }

    private static async Task<JsonElement> Json(params string[] args) => JsonDocument.Parse((await Run([.. args, "--format", "json"])).Output).RootElement;

    private static async Task<(int Code, string Output, string Error)> Run(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        int code = await LayoutTool.RunAsync(args, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
