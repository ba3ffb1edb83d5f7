using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using LayoutDsl.Analysis.Diagnostics;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Cli.Tests;

/// <summary>The commands on the pages of diagnostics print what the pages say.</summary>
public sealed class DiagnosticExampleTests
{
    /// <summary>Kinds that only a build reports.</summary>
    private static readonly string[] OfBuilds = ["LAY4006", "LAY4007"];

    /// <summary>Kinds that depend on the kernel and on the memory of the machine; their messages are compared in <see cref="MachineDiagnosticTests"/>.</summary>
    private static readonly string[] OfMachines = ["LAY4150", "LAY4151", "LAY4152", "LAY4156", "LAY4157"];

    /// <summary>Kinds of the compiler that show in commands alone: they are about images of a fleet, linker scripts, linkers and linked images.</summary>
    private static readonly string[] OfTheCompiler = ["LAY0020", "LAY0021", "LAY0022", "LAY2070", "LAY2071", "LAY3010", "LAY3011", "LAY9002"];

    public static TheoryData<string> Ids => new(AnalysisDescriptors.All.Select(d => d.Id).Except(OfBuilds).Except(OfMachines).Concat(OfTheCompiler));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Page_Commands_PrintWhatThePageSays(string id)
    {
        var blocks = Markdown.FindBlocks(Repository.Read("docs", "diagnostics", id + ".md"));
        using var folder = new TemporaryFolder();
        string tool = Path.Combine(AppContext.BaseDirectory, "layout.dll");
        string script = $"layout() {{ dotnet '{tool}' \"$@\"; }}\nexec 2>&1\n{blocks.Single(b => b.Info == "sh").Text}";
        string printed = Tool.TryRun(folder.Path, "bash", "-c", script).Output;

        // A slow machine makes commands say how far they are.
        printed = Regex.Replace(printed, "^[a-z]+ [0-9]+ of [0-9]+\n", "", RegexOptions.Multiline);
        Assert.Equal(blocks.Single(b => b.Info == "text").Text, printed);
    }
}
