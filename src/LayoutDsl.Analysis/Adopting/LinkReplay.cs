using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using LayoutDsl.Analysis.Linking;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Adopting;

/// <summary>
/// Finds out which objects a captured link took, in the order in which the linker loaded them. Where archives are among its inputs the linker is asked, with the captured
/// files and <c>--trace</c>: what it says of them is what counts.
/// </summary>
internal static class LinkReplay
{
    /// <summary>An object of a link.</summary>
    /// <param name="File">The file that it is, or is in.</param>
    /// <param name="Member">Name of the member of an archive; null for a file of its own.</param>
    /// <param name="Occurrence">How many members of that name the link took of the archive before it.</param>
    public sealed record Item(CapturedFile File, string? Member, int Occurrence);

    /// <summary>The objects of a link; null when the linker cannot be started or says nothing of them, and then <paramref name="problem"/> says why.</summary>
    public static IReadOnlyList<Item>? Find(CapturedRun run, LinkerArguments arguments, CancellationToken cancellation, out string problem)
    {
        problem = "";
        CapturedFile?[] inputs = arguments.Inputs.Select(i => LinkerArguments.Find(run, i)).ToArray();
        if (Array.IndexOf(inputs, null) is var missing and >= 0)
        {
            problem = $"the file of '{arguments.Inputs[missing]}' was not captured";
            return null;
        }

        if (inputs.All(i => KindOf(i!.Copy) == ObjectFileKind.Elf)) return inputs.Select(i => new Item(i!, null, 0)).ToArray();
        string temporary = Path.GetTempFileName();
        try
        {
            IEnumerable<string> command = new[] { "-t", "-t", "-o", temporary, "--noinhibit-exec", "--no-warn-mismatch" }
                .Concat(arguments.IsRelocatable ? new[] { "-r" } : Array.Empty<string>())
                .Concat(arguments.Options.Where(o => o is not ("-r" or "--relocatable" or "-i" or "--gc-sections" or "--fatal-warnings" or "--build-id") && !o.StartsWith("--orphan-handling", StringComparison.Ordinal)))
                .Concat(arguments.Order.Select(o => LinkerArguments.Find(run, o)?.Copy ?? o));
            string directory = Directory.Exists(run.Directory) ? run.Directory : Path.GetTempPath();
            ToolProcess.Outcome? outcome = ToolProcess.Run(run.Program, command, directory, cancellation);
            if (outcome is null)
            {
                problem = $"'{run.Program}' cannot be started";
                return null;
            }

            // It goes on without what it does not find, and its exit code says nothing: without the build's scripts, other errors are to be expected.
            if (outcome.Output.Split('\n').FirstOrDefault(l => l.Contains(": cannot find ") && !l.Contains("warning: ")) is { } lost)
            {
                problem = lost.Trim();
                return null;
            }

            Item[] items = Read(run, outcome.Output).ToArray();
            if (items.Length == 0) problem = $"'{run.Program} --trace' names no objects: {outcome.Output.Split('\n').FirstOrDefault()}";
            return items.Length > 0 ? items : null;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>A line of <c>--trace</c>: a path, or an archive in parentheses with a member behind it; of lld, an archive with a member in parentheses.</summary>
    private static (string Path, string? Member) Split(string line)
    {
        int end = line.StartsWith("(", StringComparison.Ordinal) ? line.LastIndexOf(')') : -1;
        if (end > 0) return (line.Substring(1, end - 1), line.Substring(end + 1));
        int start = line.EndsWith(")", StringComparison.Ordinal) ? line.LastIndexOf('(') : -1;
        return start > 0 ? (line.Substring(0, start), line.Substring(start + 1, line.Length - start - 2)) : (line, null);
    }

    /// <summary>The objects that a linker names.</summary>
    private static IEnumerable<Item> Read(CapturedRun run, string output)
    {
        var files = new Dictionary<string, CapturedFile>(StringComparer.Ordinal);
        foreach (CapturedFile input in run.Inputs)
        {
            files[input.Copy] = input;
            files[input.FullPath] = input;
        }

        var members = new Dictionary<(string, string), int>();
        foreach (string line in output.Split('\n'))
        {
            (string path, string? member) = Split(line);
            if (!files.TryGetValue(path, out CapturedFile? file) && !(path.Length > 0 && path[0] == '/' && files.TryGetValue(Path.GetFullPath(path), out file))) continue;
            if (member is null)
            {
                if (KindOf(file.Copy) == ObjectFileKind.Elf) yield return new Item(file, null, 0);
                continue;
            }

            members.TryGetValue((file.Copy, member), out int occurrence);
            members[(file.Copy, member)] = occurrence + 1;
            yield return new Item(file, member, occurrence);
        }
    }

    private static ObjectFileKind KindOf(string path)
    {
        using FileStream stream = File.OpenRead(path);
        var head = new byte[64];
        int length = stream.Read(head, 0, head.Length);
        return ObjectFileKinds.Detect(head.AsSpan(0, length));
    }
}
