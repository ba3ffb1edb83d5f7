using System;
using LayoutDsl.Model;

namespace LayoutDsl.Analysis.Linking;

/// <summary>How images are linked.</summary>
/// <param name="ScriptDirectory">Folder for scripts, response files and the record of what was linked.</param>
/// <param name="OutputDirectory">Folder for the images.</param>
/// <param name="Linker">Program: a name on the <c>PATH</c>, or a path.</param>
/// <param name="Kind">What kind of linker it is; null to ask it.</param>
/// <param name="Parallelism">How many links run at once.</param>
public sealed record LinkOptions(string ScriptDirectory, string OutputDirectory, string Linker = "ld", int Parallelism = 0, LinkerKind? Kind = null)
{
    /// <summary>Number of links at once: that given, else the number of processors.</summary>
    public int EffectiveParallelism => Parallelism > 0 ? Parallelism : Environment.ProcessorCount;
}

/// <summary>What linking a fleet did.</summary>
/// <param name="Linked">Names of the images that were linked.</param>
/// <param name="UpToDate">Names of the images that were up to date.</param>
/// <param name="Failed">Names of the images that could not be linked; their earlier files are as they were.</param>
public sealed record LinkSummary(System.Collections.Generic.IReadOnlyList<string> Linked, System.Collections.Generic.IReadOnlyList<string> UpToDate, System.Collections.Generic.IReadOnlyList<string> Failed)
{
    /// <summary>Bytes that were left out of the files of images that were linked, since they do not need them.</summary>
    public long LeftOut { get; init; }
}
