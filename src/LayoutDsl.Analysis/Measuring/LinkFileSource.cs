using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LayoutDsl.Analysis.Diagnostics;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Analysis.Resolution;
using LayoutDsl.Diagnostics;
using LayoutDsl.Text;

namespace LayoutDsl.Analysis.Measuring;

/// <summary>The files of a layout's folder as the inputs of links. What the system refuses is remembered, and taken for missing.</summary>
internal sealed class LinkFileSource
{
    private readonly string directory;
    private readonly ReadFiles? read;
    private readonly ConcurrentDictionary<string, string> problems = new(StringComparer.Ordinal);

    /// <param name="directory">Folder that the paths are relative to.</param>
    /// <param name="read">Told of every file that is read; may be null.</param>
    public LinkFileSource(string directory, ReadFiles? read = null)
    {
        this.directory = directory;
        this.read = read;
        Files = new LinkFiles(Read);
    }

    /// <summary>The files, by the paths of the layout.</summary>
    public LinkFiles Files { get; }

    /// <summary>Reports what could not be read so far.</summary>
    /// <returns>Whether there was anything.</returns>
    public bool Report(SourceLocation location, DiagnosticBag bag)
    {
        foreach (KeyValuePair<string, string> problem in problems.OrderBy(p => p.Key, StringComparer.Ordinal)) bag.ReportFileAccess(location, problem.Key, problem.Value);
        return !problems.IsEmpty;
    }

    private ReadOnlyMemory<byte>? Read(string path)
    {
        try
        {
            string real = Path.Combine(directory, path);
            if (!File.Exists(real))
            {
                read?.AddMissing(path);
                return null;
            }

            byte[] bytes = File.ReadAllBytes(real);
            read?.Add(path, bytes);
            return bytes;
        }
        catch (Exception exception) when (OutputFile.IsFileProblem(exception))
        {
            problems[path] = exception.Message;
            return null;
        }
    }
}
