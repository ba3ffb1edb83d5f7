using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Cli.Tests;

/// <summary>Images that really run, and the memory that the kernel says they need. Other processes of the machine may merge pages at the same time.</summary>
public sealed class DensityTests
{
    private const string KsmFolder = "/sys/kernel/mm/ksm";

    /// <summary>Where the kernel cannot merge, or this user may not make it, the tool says so: that is tested instead.</summary>
    private static bool CanMerge => Directory.Exists(KsmFolder) && Environment.IsPrivilegedProcess;

    [Fact]
    public async Task Density_AsProcesses_MeasuresWhatIsPredicted()
    {
        using var fleet = new SmallFleet();
        fleet.Link();
        Dictionary<string, string> before = ReadSettings();
        (int code, string output, string error) = await Run("density", fleet.Output, "--instances", "1,4", "--format", "json");
        Assert.Equal("", error);
        JsonElement root = JsonDocument.Parse(output).RootElement;
        if (!CanMerge)
        {
            Assert.Equal(1, code);
            Assert.Contains(root.GetProperty("diagnostics").EnumerateArray(), d => d.GetProperty("id").GetString() is "LAY4150" or "LAY4151");
            return;
        }

        Assert.Equal(0, code);
        JsonElement[] points = root.GetProperty("fleets")[0].GetProperty("points").EnumerateArray().ToArray();
        Assert.Equal([5, 20], points.Select(p => p.GetProperty("running").GetInt32()));
        foreach (JsonElement point in points)
        {
            Assert.True(point.GetProperty("settled").GetBoolean());
            Assert.Equal(point.GetProperty("predictedReadOnlyPages").GetInt64(), point.GetProperty("readOnlyPages").GetInt64());
            Assert.True(point.GetProperty("mergedPages").GetInt64() > 0);
            Assert.InRange(point.GetProperty("programPages").GetInt64(), point.GetProperty("predictedReadOnlyPages").GetInt64(), point.GetProperty("predictedMostPages").GetInt64());
        }

        Assert.Equal(4 * points[0].GetProperty("mappedPages").GetInt64(), points[1].GetProperty("mappedPages").GetInt64());
        Assert.Equal(before, ReadSettings());
        Assert.Empty(FindProcesses(fleet.Output));
    }

    [Fact]
    public async Task Density_FromAPool_SharesWithoutMerging()
    {
        using var fleet = new SmallFleet();
        fleet.Link();
        (int code, string output, string error) = await Run("density", fleet.Output, "--as", "pool", "--instances", "3", "--format", "json");
        Assert.Equal((0, ""), (code, error));
        JsonElement point = JsonDocument.Parse(output).RootElement.GetProperty("fleets")[0].GetProperty("points")[0];
        Assert.Equal(15, point.GetProperty("running").GetInt32());
        Assert.Equal(0, point.GetProperty("mergedPages").GetInt64());
        if (Environment.IsPrivilegedProcess) Assert.Equal(point.GetProperty("predictedReadOnlyPages").GetInt64(), point.GetProperty("readOnlyPages").GetInt64());
    }

    [Theory]
    [InlineData("KILL", 137)]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public void Density_ToolIsStopped_LeavesNothing(string signal, int code)
    {
        using var fleet = new SmallFleet();
        fleet.Link();
        Dictionary<string, string> before = ReadSettings();

        // One page a second: what was started is merged for as long as nobody stops it.
        using Process process = Start("density", fleet.Output, "--instances", "5", "--merging", CanMerge ? "ksm" : "none", "--scan-pages", "1", "--scan-sleep", "1000");
        Assert.True(Wait(() => CanMerge ? !ReadSettings().SequenceEqual(before) && File.ReadAllText(Path.Combine(KsmFolder, "run")).Trim() == "1" : FindProcesses(fleet.Output).Length > 20), "nothing was merged");
        Tool.Run(fleet.Output, "kill", "-" + signal, process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        process.WaitForExit();
        Assert.Equal(code, process.ExitCode);
        Assert.True(Wait(() => FindProcesses(fleet.Output).Length == 0), "instances were left");
        Assert.True(Wait(() => ReadSettings().SequenceEqual(before)), "settings were left");
    }

    [Fact]
    public async Task Density_AnotherRunMeasures_WaitsAndSaysSo()
    {
        if (!CanMerge) return;
        using var fleet = new SmallFleet();
        fleet.Link();
        Process process;
        using (await Reserve())
        {
            process = Start("density", fleet.Output);
            Assert.Equal("waiting for another 'layout density'", await process.StandardError.ReadLineAsync());
            Assert.Empty(FindProcesses(fleet.Output));
        }

        using (process)
        {
            Assert.Contains("5", await process.StandardOutput.ReadToEndAsync(), StringComparison.Ordinal);
            await process.WaitForExitAsync();
            Assert.Equal(0, process.ExitCode);
        }
    }

    /// <summary>On a machine that lacks something: files of the kernel are covered, for this run alone.</summary>
    [Theory]
    [InlineData("mount -t tmpfs none /sys/kernel/mm/ksm", "LAY4150", "boot a kernel with CONFIG_KSM")]
    [InlineData("mount -o remount,bind,ro /sys", "LAY4151", "run the tool as root (sudo)")]
    [InlineData("mount --bind little /proc/meminfo", "LAY4152", "run fewer with --instances, or say --yes")]
    public async Task Density_SomethingIsMissing_SaysWhatAndHowToGetIt(string cover, string id, string way)
    {
        if (!CanMerge) return;
        using var fleet = new SmallFleet();
        fleet.Link();
        Dictionary<string, string> before = ReadSettings();
        fleet.Folder.Write("little", "MemTotal: 2000 kB\nMemFree: 1000 kB\nMemAvailable: 1000 kB\n");
        string tool = Path.Combine(AppContext.BaseDirectory, "layout.dll");

        // Nobody else may have turned merging on meanwhile: with it on, no rights are needed. The lock is free again for the run that takes it.
        using (FileStream? reserved = id == "LAY4151" ? await Reserve() : null)
        {
            (int code, string said) = Tool.TryRun(fleet.Folder.Path, "unshare", "--mount", "sh", "-c", cover + " && exec dotnet \"$@\"", "sh", tool, "density", fleet.Output, "--instances", "10");
            Assert.Equal(1, code);
            Assert.Contains("error " + id, said, StringComparison.Ordinal);
            Assert.Contains(way, said, StringComparison.Ordinal);
            Assert.Empty(FindProcesses(fleet.Output));
        }

        if (id == "LAY4152") Assert.True(Wait(() => ReadSettings().SequenceEqual(before)), "settings were left");
    }

    [Fact]
    public async Task Density_AsCsv_HasTheFiguresAndPlots()
    {
        using var fleet = new SmallFleet();
        fleet.Link();
        (int code, string output, _) = await Run("density", fleet.Output, "--as", "pool", "--instances", "1,2", "--format", "csv", "--plots", fleet.Folder["plots"]);
        Assert.Equal(0, code);
        string[][] lines = output.TrimEnd('\n').Split('\n').Select(l => l.Split(',')).ToArray();
        Assert.Equal(["fleet", "instances", "running"], lines[0].Take(3));
        Assert.Equal(["\"out\"", "1", "5"], lines[1].Take(3));
        Assert.Equal(["\"out\"", "2", "10"], lines[2].Take(3));
        Assert.All(lines, l => Assert.Equal(lines[0].Length, l.Length));
        Assert.Equal(["programs.png", "programs.svg", "whole.png", "whole.svg"], Directory.GetFiles(fleet.Folder["plots"]).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Pool_Images_RunAsTheyDoAlone()
    {
        using var fleet = new SmallFleet();
        fleet.Link();
        string pool = fleet.Folder["pool"];
        (int code, string output, string error) = await Run("pool", fleet.Output, "-o", pool, "--format", "json");
        Assert.Equal((0, ""), (code, error));
        JsonElement root = JsonDocument.Parse(output).RootElement;
        int pages = root.GetProperty("poolPages").GetInt32();
        Assert.InRange(pages, 1, root.GetProperty("imagePages").GetInt32() - 1);
        string[] runs = Directory.GetFiles(Path.Combine(pool, "runs"));
        Assert.Equal(pages, runs.Sum(r => new FileInfo(r).Length) / 4096);
        foreach (string name in new[] { "one", "two", "fn1", "fn3" })
        {
            (int alone, string said) = Tool.TryRun(pool, Path.Combine(fleet.Output, name + ".elf"));
            Assert.Equal((alone, said), Tool.TryRun(pool, Path.Combine(pool, "layout-run"), "-", $"images/{name}.pool"));
        }

        // The same again writes nothing; a run that was changed is refused.
        DateTime[] times = runs.Select(File.GetLastWriteTimeUtc).ToArray();
        Assert.Equal(0, (await Run("pool", fleet.Output, "-o", pool)).Code);
        Assert.Equal(times, runs.Select(File.GetLastWriteTimeUtc));
        string used = runs.First(r => File.ReadAllText(Path.Combine(pool, "images", "two.pool")).Contains(Path.GetFileName(r), StringComparison.Ordinal));
        byte[] bytes = File.ReadAllBytes(used);
        bytes[^1] ^= 1;
        File.WriteAllBytes(used, bytes);
        (int refused, string why) = Tool.TryRun(pool, Path.Combine(pool, "layout-run"), "-", "images/two.pool");
        Assert.Equal(126, refused);
        Assert.Contains("a run of pages in the pool has another hash", why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Loader_WrongFiles_SaysWhatIsWrong()
    {
        using var fleet = new SmallFleet();
        fleet.Link();
        await Run("pool", fleet.Output, "-o", fleet.Folder["pool"]);
        byte[] image = File.ReadAllBytes(Path.Combine(fleet.Output, "one.elf"));
        Check(fleet.Folder.Write("cut", image[..5000]), "the file is cut off");
        Check(fleet.Folder.Write("text", "layout-pool 1\nentry x\n"), "the manifest is damaged");
        Check(fleet.Folder.Write("machine", [.. image[..18], 0xb7, .. image[19..]]), "it is for another machine");
        Check(fleet.Folder["none"], "it cannot be opened");

        void Check(string path, string problem)
        {
            (int code, string said) = Tool.TryRun(fleet.Folder.Path, fleet.Folder["pool/layout-run"], "-", path);
            Assert.Equal(126, code);
            Assert.Contains(problem, said, StringComparison.Ordinal);
        }
    }

    private static Process Start(params string[] args) =>
        Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "layout.dll"), .. args]) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    /// <summary>What a run holds while it measures (see Ksm.Reserve).</summary>
    private static async Task<FileStream> Reserve()
    {
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(KsmFolder, "pages_volatile"), FileMode.Open, FileAccess.Read, FileShare.None, 1);
            }
            catch (IOException)
            {
                await Task.Delay(100);
            }
        }
    }

    /// <summary>The settings that the tool may change, when there are any.</summary>
    private static Dictionary<string, string> ReadSettings() => new[] { "run", "pages_to_scan", "sleep_millisecs", "smart_scan" }
        .Select(name => Path.Combine(KsmFolder, name))
        .Where(File.Exists)
        .ToDictionary(path => path, path => File.ReadAllText(path));

    /// <summary>Processes with a path below a folder on their command line, those of the tool left out.</summary>
    private static string[] FindProcesses(string folder) => Directory.GetDirectories("/proc")
        .Where(d => int.TryParse(Path.GetFileName(d), out _))
        .Select(d => TryRead(Path.Combine(d, "cmdline")))
        .Where(c => c.Contains("layout-run\0", StringComparison.Ordinal) && c.Contains(folder, StringComparison.Ordinal))
        .ToArray();

    private static string TryRead(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>Waits for something that is to come; the limit is far beyond what it takes.</summary>
    private static bool Wait(Func<bool> condition)
    {
        for (int i = 0; i < 1200; i++)
        {
            if (condition()) return true;
            Thread.Sleep(50);
        }

        return false;
    }

    private static async Task<(int Code, string Output, string Error)> Run(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        int code = await LayoutTool.RunAsync(args, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
