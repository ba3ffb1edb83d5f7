using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using LayoutDsl.Analysis.Linking;

namespace LayoutDsl.Analysis.Adopting;

/// <summary>
/// Does with a program that was linked again what the build did with the original: the same tools with the same arguments, where files of the program are those of a folder of its own. A tool
/// may write more than its command line says, beside what it is given; so all that starts with the path of a file of the program is one.
/// </summary>
internal sealed class PostLinkSteps
{
    private readonly AdoptedImage image;
    private readonly string folder;

    /// <summary>Files of the program in the build, and here.</summary>
    private readonly Dictionary<string, string> files = new(StringComparer.Ordinal);

    /// <param name="image">The program.</param>
    /// <param name="folder">Full path of the folder of its files.</param>
    public PostLinkSteps(AdoptedImage image, string folder)
    {
        this.image = image;
        this.folder = folder;
        foreach (CapturedFile output in image.Steps.SelectMany(s => s.Outputs).Prepend(image.Output).GroupBy(o => o.FullPath, StringComparer.Ordinal).Select(g => g.Last())) Add(output);
    }

    /// <summary>The file that the last step wrote.</summary>
    public string Product => files[image.Steps.SelectMany(s => s.Outputs).Select(o => o.FullPath).LastOrDefault() ?? image.Output.FullPath];

    /// <summary>Whether all files are there.</summary>
    public bool IsDone => files.Values.All(File.Exists);

    /// <summary>Runs the tools on a copy of the program.</summary>
    /// <param name="linked">The program as the linker wrote it.</param>
    /// <param name="cancellation">Ends a running tool.</param>
    /// <param name="command">The command that failed.</param>
    /// <param name="problem">What it said.</param>
    /// <returns>Whether all succeeded.</returns>
    public bool Run(string linked, CancellationToken cancellation, out string command, out string problem)
    {
        command = problem = "";
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        File.Copy(linked, files[image.Output.FullPath]);
        foreach (CapturedRun step in image.Steps)
        {
            CopyInputs(step);
            string directory = Directory.Exists(step.Directory) ? step.Directory : folder;
            string[] arguments = step.Arguments.Select(a => Replace(step, a)).ToArray();
            ToolProcess.Outcome? outcome = ToolProcess.Run(step.Program, arguments, directory, cancellation, FindInput(step));
            if (outcome is { ExitCode: 0 }) continue;
            command = string.Join(" ", arguments.Prepend(step.Tool));
            problem = outcome is null ? "it cannot be started" : outcome.Output.Trim().Replace("\n", " | ");
            Directory.Delete(folder, recursive: true);
            return false;
        }

        return true;
    }

    /// <summary>What a tool reads as its standard input: the program here, where that was the program in the build, else what it was there.</summary>
    private string? FindInput(CapturedRun step)
    {
        if (step.StandardInput is not { } input) return null;
        byte[] content = File.ReadAllBytes(input.Copy);
        CapturedFile? own = image.Steps.TakeWhile(s => s != step).SelectMany(s => s.Outputs).Prepend(image.Output).LastOrDefault(o => File.ReadAllBytes(o.Copy).AsSpan().SequenceEqual(content));
        return own is null ? input.Copy : files[own.FullPath];
    }

    /// <summary>A file that is a copy of another one of the program (<c>cp</c> and <c>mv</c> are not captured) is one here too.</summary>
    private void CopyInputs(CapturedRun step)
    {
        foreach (CapturedFile input in step.Inputs.Where(i => files.TryGetValue(i.FullPath, out string? own) && !File.Exists(own)))
        {
            string? from = files.Values.LastOrDefault(File.Exists);
            if (from is not null) File.Copy(from, files[input.FullPath]);
        }
    }

    private void Add(CapturedFile file)
    {
        string name = Path.GetFileName(image.FinalName(file));
        while (files.ContainsValue(Path.Combine(folder, name))) name = "_" + name;
        files.Add(file.FullPath, Path.Combine(folder, name));
    }

    /// <summary>An argument with the paths of the program's files here; those of other files are the captured copies when they are gone.</summary>
    private string Replace(CapturedRun step, string argument)
    {
        foreach (int start in new[] { 0, argument.IndexOf('=') + 1, argument.StartsWith("-", StringComparison.Ordinal) ? 2 : 0 }.Distinct().Where(s => s < argument.Length))
        {
            string path = argument.Substring(start);
            if (path.IndexOf('\0') >= 0) continue;
            string full = step.Locate(path);
            if (files.Keys.OrderByDescending(k => k.Length).FirstOrDefault(k => full.StartsWith(k, StringComparison.Ordinal)) is { } own) return argument.Substring(0, start) + files[own] + full.Substring(own.Length);
            if (step.FindInput(path) is { } input && !File.Exists(full)) return argument.Substring(0, start) + input.Copy;
        }

        return argument;
    }
}
