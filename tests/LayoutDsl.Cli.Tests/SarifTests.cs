using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Cli.Tests;

/// <summary>The SARIF 2.1.0 logs: what the schema requires, and that they say what the text says.</summary>
public sealed class SarifTests
{
    [Fact]
    public async Task Check_Mistakes_GiveResultsWithRulesAndRegions()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("bad.layout", "layout A.B;\nlibary zlib { }\n");
        JsonElement run = await RunSarif(1, "check", path);
        JsonElement result = run.GetProperty("results").EnumerateArray().First(r => r.GetProperty("ruleId").GetString() == "LAY0003");
        Assert.Equal("error", result.GetProperty("level").GetString());
        Assert.StartsWith("'libary' does not start a declaration", result.GetProperty("message").GetProperty("text").GetString(), StringComparison.Ordinal);
        JsonElement place = Assert.Single(result.GetProperty("locations").EnumerateArray()).GetProperty("physicalLocation");
        Assert.Equal(new Uri(path).AbsoluteUri, UriOf(place));
        Assert.Equal([2, 1, 2, 7], Region(place));

        JsonElement rule = run.GetProperty("tool").GetProperty("driver").GetProperty("rules")[result.GetProperty("ruleIndex").GetInt32()];
        Assert.Equal("LAY0003", rule.GetProperty("id").GetString());
        Assert.Equal("Unknown declaration", rule.GetProperty("shortDescription").GetProperty("text").GetString());
        Assert.Equal("docs/diagnostics/LAY0003.md", rule.GetProperty("help").GetProperty("text").GetString());
        Assert.Equal("error", rule.GetProperty("defaultConfiguration").GetProperty("level").GetString());
    }

    [Fact]
    public async Task Check_DeclaredTwice_NamesTheFirstPlace()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("twice.layout", SmallFleet.Layout + "\nlibrary sys { objects \"x.o\"; }\n");
        JsonElement run = await RunSarif(1, "check", path);
        JsonElement result = run.GetProperty("results").EnumerateArray().Single(r => r.GetProperty("ruleId").GetString() == "LAY1002");
        JsonElement related = Assert.Single(result.GetProperty("relatedLocations").EnumerateArray());
        Assert.Equal("the first declaration", related.GetProperty("message").GetProperty("text").GetString());
        Assert.Equal([9, 9, 9, 12], Region(related.GetProperty("physicalLocation")));
    }

    [Fact]
    public async Task Verify_DamagedImage_HasAFileWithoutARegion()
    {
        using var fleet = new SmallFleet();
        fleet.Link();
        fleet.Folder.Write("out/two.elf", "not an image");
        JsonElement run = await RunSarif(1, "verify", fleet.LayoutPath, "--images", fleet.Output);
        JsonElement place = Assert.Single(run.GetProperty("results").EnumerateArray()).GetProperty("locations")[0].GetProperty("physicalLocation");
        Assert.EndsWith("/out/two.elf", UriOf(place), StringComparison.Ordinal);
        Assert.False(place.TryGetProperty("region", out _));
    }

    [Fact]
    public async Task Verify_ImagesOfAnotherLink_HasTheSameFindingsInSarifAndJson()
    {
        using var fleet = new SmallFleet(SmallFleet.Layout + "\nheadroom { sys.text: 400%; }");
        fleet.Compile("name", "__attribute__((section(\".text.unused\"))) int unused(void) { return 2; } const char *count_name(void) { return \"count\"; }");
        Tool.Run(fleet.Folder["build"], "ar", "rcs", "libcount.a", "add.o", "name.o");
        fleet.Compile("two", SmallFleet.Program("", "print(\"two\\n\"); return 0;") + "int visible(void) { return 1; }");
        fleet.Link();
        Relink(fleet, "fn1", ".rsp", "--whole-archive", "--no-whole-archive", "-u", "add");
        Relink(fleet, "one", ".ld", "", "", "--gc-sections");
        Relink(fleet, "two", ".ld", "\"build/two.o\"(.text", "*other/two.o(.text");
        Tool.Run(fleet.Folder["build"], "ld", "-static", "-o", "../out/fn2.elf", "fn2.o", "sys.o", "libcount.a");

        JsonElement[] results = [.. (await RunSarif(1, "verify", fleet.LayoutPath, "--images", fleet.Output)).GetProperty("results").EnumerateArray()];
        string[] found = [.. results.Select(r => $"{r.GetProperty("ruleId").GetString()} {r.GetProperty("message").GetProperty("text").GetString()!.Split('\n')[0]}")];
        foreach (string id in new[] { "LAY4101", "LAY4102", "LAY4109", "LAY4112", "LAY4113", "LAY4114" }) Assert.Contains(found, f => f.StartsWith(id, StringComparison.Ordinal));
        Assert.All(results, r => Assert.Equal("error", r.GetProperty("level").GetString()));
        Assert.All(results, r => Assert.EndsWith(".elf", UriOf(r.GetProperty("locations")[0].GetProperty("physicalLocation")), StringComparison.Ordinal));

        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        Assert.Equal(1, await LayoutTool.RunAsync(["verify", fleet.LayoutPath, "--images", fleet.Output, "--format", "json"], output, error));
        JsonElement[] findings = [.. JsonDocument.Parse(output.ToString()).RootElement.GetProperty("diagnostics").EnumerateArray()];
        Assert.Equal(results.Select(r => r.GetProperty("ruleId").GetString()), findings.Select(f => f.GetProperty("id").GetString()));
        Assert.All(findings.Zip(found), f => Assert.Contains(f.First.GetProperty("message").GetString()!.Split('\n')[0], f.Second, StringComparison.Ordinal));
    }

    /// <summary>Links an image again, with a change in its script or its other arguments.</summary>
    private static void Relink(SmallFleet fleet, string image, string file, string old, string changed, params string[] more)
    {
        string path = fleet.Folder[$"scripts/{image}{file}"];
        if (old.Length > 0) File.WriteAllText(path, File.ReadAllText(path).Replace(old, changed, StringComparison.Ordinal).Replace("\"build/sys.o\"(.text", "*(.text", StringComparison.Ordinal));
        Tool.Run(fleet.Folder.Path, "ld", [.. more, $"@scripts/{image}.rsp", "-T", $"scripts/{image}.ld", "-o", $"out/{image}.elf"]);
    }

    [Fact]
    public async Task Check_RelativePath_StaysRelativeAndIsEscaped()
    {
        JsonElement run = await RunSarif(1, "check", "no such/a#b%.layout");
        Assert.Equal("no%20such/a%23b%25.layout", UriOf(run.GetProperty("results")[0].GetProperty("locations")[0].GetProperty("physicalLocation")));
    }

    [Fact]
    public async Task Commands_CorrectFleet_WriteNothingButAnEmptyLog()
    {
        using var fleet = new SmallFleet();
        foreach (string[] command in new[]
        {
            new[] { "check", fleet.LayoutPath },
            ["measure", fleet.LayoutPath],
            ["plan", fleet.LayoutPath],
            ["emit", fleet.LayoutPath, "-o", fleet.Folder["scripts"]],
            ["link", fleet.LayoutPath, "-o", fleet.Output, "--verify"],
            ["verify", fleet.LayoutPath, "--images", fleet.Output],
            ["share", fleet.Output, "--layout", fleet.LayoutPath],
        })
        {
            JsonElement run = await RunSarif(0, command);
            Assert.Equal((0, 0), (run.GetProperty("results").GetArrayLength(), run.GetProperty("tool").GetProperty("driver").GetProperty("rules").GetArrayLength()));
        }
    }

    /// <summary>Runs a command twice, which must give the same bytes, and checks what every log must have.</summary>
    private static async Task<JsonElement> RunSarif(int code, params string[] args)
    {
        string text = await RunOnce(code, args);
        Assert.Equal(text, await RunOnce(code, args));
        JsonElement log = JsonDocument.Parse(text).RootElement;
        Assert.Equal("2.1.0", log.GetProperty("version").GetString());
        Assert.EndsWith("sarif-2.1.0.json", log.GetProperty("$schema").GetString(), StringComparison.Ordinal);
        JsonElement run = Assert.Single(log.GetProperty("runs").EnumerateArray());
        JsonElement driver = run.GetProperty("tool").GetProperty("driver");
        Assert.Equal("LayoutDsl", driver.GetProperty("name").GetString());
        string?[] rules = driver.GetProperty("rules").EnumerateArray().Select(r => r.GetProperty("id").GetString()).ToArray();
        Assert.Equal(rules.Distinct().Order(StringComparer.Ordinal), rules);
        foreach (JsonElement result in run.GetProperty("results").EnumerateArray())
        {
            Assert.Equal(result.GetProperty("ruleId").GetString(), rules[result.GetProperty("ruleIndex").GetInt32()]);
            Assert.NotEqual("", result.GetProperty("message").GetProperty("text").GetString());
        }

        return run;
    }

    private static async Task<string> RunOnce(int code, string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        Assert.Equal(code, await LayoutTool.RunAsync([.. args, "--format", "sarif"], output, error));
        Assert.Equal("", error.ToString());
        return output.ToString();
    }

    private static string? UriOf(JsonElement place) => place.GetProperty("artifactLocation").GetProperty("uri").GetString();

    private static int[] Region(JsonElement place) =>
        new[] { "startLine", "startColumn", "endLine", "endColumn" }.Select(p => place.GetProperty("region").GetProperty(p).GetInt32()).ToArray();
}
