using System.Collections.Generic;
using System.IO;
using System.Linq;
using LayoutDsl.Analysis.Diagnostics;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Diagnostics;
using LayoutDsl.Model;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Linking;

/// <summary>An archive that a link needs and that is made from objects: the linker takes of them what an image needs.</summary>
/// <param name="Path">Its path from the layout's folder.</param>
/// <param name="Objects">Paths of the objects, likewise.</param>
public sealed record ObjectArchive(string Path, IReadOnlyList<string> Objects)
{
    /// <summary>Writes the archives of links; those with the same content keep their time.</summary>
    internal static void WriteAll(BoundLayout layout, IEnumerable<ImageLink> links, string directory, DiagnosticBag bag)
    {
        foreach (ObjectArchive archive in links.SelectMany(l => l.Archives).GroupBy(a => a.Path).Select(g => g.First()))
        {
            try
            {
                ElfFile[] objects = archive.Objects.Select(o => ElfFile.Read(File.ReadAllBytes(System.IO.Path.Combine(directory, o)), o)).ToArray();
                OutputFile.WriteIfChanged(System.IO.Path.Combine(directory, archive.Path), ArchiveWriter.Write(objects));
            }
            catch (System.Exception exception) when (exception is ObjectFileException || OutputFile.IsFileProblem(exception))
            {
                bag.ReportFileAccess(layout.Target.Location, archive.Path, exception.Message);
            }
        }
    }
}
