using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LayoutDsl.Analysis.Diagnostics;
using LayoutDsl.Diagnostics;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Text;

namespace LayoutDsl.Analysis.Files;

/// <summary>Reads linked images.</summary>
public static class ImageFiles
{
    /// <summary>Reads an image; null after a diagnostic.</summary>
    public static ElfFile? Read(string path, DiagnosticBag bag)
    {
        var location = SourceLocation.OfFile(path);
        try
        {
            if (!File.Exists(path))
            {
                bag.ReportFileAccess(location, path, "there is no such file");
            }
            else if (!ElfFile.TryRead(File.ReadAllBytes(path), path, out ElfFile? file, out ObjectFileError? error))
            {
                bag.ReportDamagedObject(location, error!);
            }
            else if (!file!.Segments.Any(s => s.Type == ElfSegmentType.Load))
            {
                bag.ReportNotAnInput(location, path, "has no loadable segments", "name linked images, not object files");
            }
            else
            {
                return file;
            }
        }
        catch (Exception exception) when (OutputFile.IsFileProblem(exception))
        {
            bag.ReportFileAccess(location, path, exception.Message);
        }

        return null;
    }

    /// <summary>The images that a user names: files as they are, of a folder all <c>*.elf</c> in it in ordinal order.</summary>
    public static IReadOnlyList<string> Expand(IEnumerable<string> paths) => paths
        .SelectMany(p => Directory.Exists(p)
            ? Directory.EnumerateFiles(p, "*.elf").OrderBy(f => f, StringComparer.Ordinal)
            : (IEnumerable<string>)new[] { p })
        .Select(p => p.Replace('\\', '/'))
        .ToArray();
}
