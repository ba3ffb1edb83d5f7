using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace LayoutDsl.Analysis.Adopting;

/// <summary>One run of a tool in a captured build.</summary>
/// <param name="Record">Path of its record.</param>
/// <param name="Tool">The name under which the build called the tool.</param>
/// <param name="Program">Path of the real tool.</param>
/// <param name="Directory">Working directory.</param>
/// <param name="Start">When it started, in nanoseconds since 1970.</param>
/// <param name="Arguments">Its arguments, those of response files in their places.</param>
/// <param name="Inputs">What it read.</param>
/// <param name="Outputs">What it wrote.</param>
/// <param name="StandardInput">Of what it read, what came through a pipe or was its standard input; null when it did not read that.</param>
public sealed record CapturedRun(
    string Record,
    string Tool,
    string Program,
    string Directory,
    ulong Start,
    IReadOnlyList<string> Arguments,
    IReadOnlyList<CapturedFile> Inputs,
    IReadOnlyList<CapturedFile> Outputs,
    CapturedFile? StandardInput)
{
    /// <summary>Whether the tool is a linker, alone or for another machine: <c>ld</c>, <c>ld.bfd</c>, <c>aarch64-linux-gnu-ld</c>.</summary>
    public bool IsLink => IsLinker(Tool);

    /// <summary>Whether it is a link that makes an object (<c>ld -r</c>).</summary>
    public bool IsRelocatable => IsLink && LinkerArguments.Of(this).IsRelocatable;

    /// <summary>Whether a name is that of a linker.</summary>
    public static bool IsLinker(string tool)
    {
        string name = tool.Substring(tool.LastIndexOf('-') + 1);
        return name == "ld" || (name.StartsWith("ld.", StringComparison.Ordinal) && name.Skip(3).All(char.IsLetterOrDigit));
    }

    /// <summary>Path of a file that the tool was given.</summary>
    public string Locate(string path) => Path.GetFullPath(Path.Combine(Directory, path));

    /// <summary>The input that a file name of the command line stands for, or null.</summary>
    public CapturedFile? FindInput(string path)
    {
        string full = Locate(path);
        return Inputs.FirstOrDefault(i => i.FullPath == full);
    }
}
