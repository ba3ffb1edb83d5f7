using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LayoutDsl.Analysis.Diagnostics;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Analysis.Measuring;
using LayoutDsl.Analysis.Resolution;
using LayoutDsl.Diagnostics;
using LayoutDsl.Facts;
using LayoutDsl.Model;
using LayoutDsl.Text;

namespace LayoutDsl.Analysis.Linking;

/// <summary>Takes the members of archives that the facts name out into files, which is how every image links the same ones.</summary>
public static class MemberFiles
{
    /// <summary>Writes the files that are missing or have another content; deletes nothing.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="facts">Its facts.</param>
    /// <param name="directory">Folder that its paths are relative to.</param>
    /// <returns>Paths of the files that were written.</returns>
    public static Result<IReadOnlyList<string>> Write(BoundLayout layout, FactsFile facts, string directory)
    {
        var bag = new DiagnosticBag();
        var written = new List<string>();
        Dictionary<string, string> stale = FindStale(facts, directory);
        if (stale.Count > 0) Write(layout, directory, stale, written, bag);
        return new Result<IReadOnlyList<string>>(written, bag.ToSortedArray());
    }

    /// <summary>Full paths of all files that members are taken out to.</summary>
    public static IEnumerable<string> GetPaths(BoundLayout layout, FactsFile facts)
    {
        string directory = LayoutFiles.GetDirectory(layout);
        return facts.Inputs.Where(i => i.Kind == InputKind.Members).SelectMany(i => i.Files).Select(f => Path.Combine(directory, f));
    }

    /// <summary>The files to write, with their content ids.</summary>
    private static Dictionary<string, string> FindStale(FactsFile facts, string directory)
    {
        var members = new HashSet<string>(facts.Inputs.Where(i => i.Kind == InputKind.Members).SelectMany(i => i.Files), StringComparer.Ordinal);
        var stale = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (ObjectFacts item in facts.Objects.Where(o => members.Contains(o.Path)))
        {
            if (!HasContent(Path.Combine(directory, item.Path), item.ContentId)) stale[item.Path] = item.ContentId;
        }

        return stale;
    }

    /// <summary>A file that cannot be read will be written, and that says what is wrong.</summary>
    private static bool HasContent(string path, string id)
    {
        try
        {
            return File.Exists(path) && ContentId.Of(File.ReadAllBytes(path)) == id;
        }
        catch (Exception exception) when (OutputFile.IsFileProblem(exception))
        {
            return false;
        }
    }

    private static void Write(BoundLayout layout, string directory, Dictionary<string, string> stale, List<string> written, DiagnosticBag bag)
    {
        var source = new LinkFileSource(directory);
        MemberArchives archives = MemberArchives.Open(source.Files, ObjectMeasurer.FindInputs(layout, directory, bag), bag);
        var places = new Dictionary<string, (LinkArchive Archive, int Member, SourceLocation Location)>(StringComparer.Ordinal);
        foreach (MemberArchives.Input input in archives.Inputs)
        {
            foreach (LinkArchive archive in input.Archives)
            {
                for (int i = 0; i < archive.File.Members.Count; i++) places[archives.GetPath(archive, i)] = (archive, i, input.Location);
            }
        }

        if (source.Report(layout.Target.Location, bag) || bag.HasErrors) return;
        foreach (KeyValuePair<string, string> file in stale.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            // The last two names say which archive and member it is; no other files are ever written.
            string name = LayoutPath.GetFileName(LayoutPath.GetDirectory(file.Key)) + "/" + LayoutPath.GetFileName(file.Key);
            bool isKnown = places.TryGetValue(name, out (LinkArchive Archive, int Member, SourceLocation Location) place);
            if (!isKnown || !place.Archive.Member(place.Member).TryRead(out ObjectContent? content, out _) || ContentId.Of(content.File.Data.Span) != file.Value)
            {
                bag.ReportFileAccess(isKnown ? place.Location : layout.Target.Location, file.Key, "the archive is not the one that was measured: measure again");
                return;
            }

            try
            {
                if (OutputFile.WriteIfChanged(Path.Combine(directory, file.Key), content.File.Data.ToArray())) written.Add(file.Key);
            }
            catch (Exception exception) when (OutputFile.IsFileProblem(exception))
            {
                bag.ReportFileAccess(place.Location, file.Key, exception.Message);
                return;
            }
        }
    }
}
