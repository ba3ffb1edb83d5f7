using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace LayoutDsl.Cli.Density;

/// <summary>A range of addresses of a process, from <c>/proc/PID/smaps</c>.</summary>
/// <param name="Start">First address.</param>
/// <param name="End">The address after the last.</param>
/// <param name="IsMergeable">The kernel may merge its pages.</param>
internal readonly record struct MemoryRange(ulong Start, ulong End, bool IsMergeable);

/// <summary>What <c>/proc</c> says about a process (proc(5)). A process that has ended gives nulls and zeros.</summary>
internal static class ProcessFiles
{
    /// <summary>Number of <c>exit_group</c> on x86_64.</summary>
    private const string ExitGroup = "231 ";

    /// <summary>State letter, processor time in clock ticks and, for one that has ended, its wait status; null when there is no such process.</summary>
    public static (char State, long Time, int Status)? ReadState(int process)
    {
        if (Read(process, "stat") is not { } text) return null;

        // The name stands in parentheses and may hold anything.
        string[] fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return (fields[0][0], Number(fields[11]) + Number(fields[12]), (int)Number(fields[49].TrimEnd()));
    }

    /// <summary>Whether the process is held at its end by the loader.</summary>
    public static bool IsHeld(int process) => Read(process, "syscall")?.StartsWith(ExitGroup, StringComparison.Ordinal) == true;

    /// <summary>The process's part of the memory in bytes, shared pages divided by their users (<c>Pss</c>), and what it has in memory (<c>Rss</c>).</summary>
    public static (long Proportional, long Resident) ReadUse(int process)
    {
        string[] lines = Read(process, "smaps_rollup")?.Split('\n') ?? [];
        return (Find(lines, "Pss:"), Find(lines, "Rss:"));
    }

    /// <summary>Bytes of page tables.</summary>
    public static long ReadPageTables(int process) => Find(Read(process, "status")?.Split('\n') ?? [], "VmPTE:");

    /// <summary>Pages of the process that are merged.</summary>
    public static long ReadMerged(int process)
    {
        string? line = Read(process, "ksm_stat")?.Split('\n').FirstOrDefault(l => l.StartsWith("ksm_merging_pages ", StringComparison.Ordinal));
        return line is null ? 0 : Number(line["ksm_merging_pages ".Length..]);
    }

    public static IReadOnlyList<MemoryRange> ReadRanges(int process)
    {
        var ranges = new List<MemoryRange>();
        foreach (string line in Read(process, "smaps")?.Split('\n') ?? [])
        {
            int dash = line.IndexOf('-', StringComparison.Ordinal);
            int space = line.IndexOf(' ', StringComparison.Ordinal);
            if (dash > 0 && dash < space && ulong.TryParse(line.AsSpan(0, dash), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong start))
            {
                ranges.Add(new MemoryRange(start, ulong.Parse(line.AsSpan(dash + 1, space - dash - 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture), false));
            }
            else if (line.StartsWith("VmFlags:", StringComparison.Ordinal) && line.Contains(" mg", StringComparison.Ordinal) && ranges.Count > 0)
            {
                ranges[^1] = ranges[^1] with { IsMergeable = true };
            }
        }

        return ranges;
    }

    /// <summary>Bytes of memory that the machine can give to new processes (<c>MemAvailable</c>).</summary>
    public static long ReadAvailableMemory() => Find(File.ReadAllLines("/proc/meminfo"), "MemAvailable:");

    private static long Find(IEnumerable<string> lines, string key)
    {
        string? line = lines.FirstOrDefault(l => l.StartsWith(key, StringComparison.Ordinal));
        return line is null ? 0 : Number(line[key.Length..].Replace("kB", "", StringComparison.Ordinal).Trim()) * 1024;
    }

    private static long Number(string text) => long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : 0;

    private static string? Read(int process, string name)
    {
        try
        {
            return File.ReadAllText(FormattableString.Invariant($"/proc/{process}/{name}"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
