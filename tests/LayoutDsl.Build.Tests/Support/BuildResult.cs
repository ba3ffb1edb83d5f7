using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace LayoutDsl.Build.Tests;

/// <summary>What a build did and said.</summary>
public sealed record BuildResult(int ExitCode, string Output)
{
    /// <summary>The messages with an id, each once: the summary at the end repeats them.</summary>
    public IReadOnlyList<string> Diagnostics => Regex.Split(Output.Split("Build succeeded.")[0].Split("Build FAILED.")[0], @"\r?\n")
        .Where(l => Regex.IsMatch(l, @": (error|warning) [A-Z]+\d+:"))
        .Select(l => Regex.Replace(l.Trim(), @"^\d+(:\d+)?>|\s+\[[^\]]*\]$", ""))
        .ToArray();

    /// <summary>Those that are errors.</summary>
    public IReadOnlyList<string> Errors => Diagnostics.Where(d => d.Contains(": error ", StringComparison.Ordinal)).ToArray();

    public BuildResult Succeeds()
    {
        Assert.True(ExitCode == 0, Output);
        return this;
    }

    public BuildResult Fails()
    {
        Assert.True(ExitCode != 0, Output);
        return this;
    }

    public BuildResult Says(string text)
    {
        Assert.True(Output.Contains(text, StringComparison.Ordinal), $"\"{text}\" is not in\n{Output}");
        return this;
    }

    public BuildResult DoesNotSay(string text)
    {
        Assert.False(Output.Contains(text, StringComparison.Ordinal), $"\"{text}\" is in\n{Output}");
        return this;
    }
}
