using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LayoutDsl.Analysis.Diagnostics;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Analysis.Measuring;
using LayoutDsl.Diagnostics;
using LayoutDsl.Text;

namespace LayoutDsl.Analysis.Adopting;

/// <summary>What the linkers and other tools of builds did. Files are told apart by content: names and places change in a build, and intermediate files are overwritten.</summary>
public sealed class Capture
{
    private readonly ConcurrentDictionary<string, string> ids = new(StringComparer.Ordinal);
    private readonly Lazy<Dictionary<string, CapturedRun>> producers;

    private Capture(IReadOnlyList<CapturedRun> runs, IReadOnlyDictionary<string, CapturedFile> final)
    {
        Runs = runs;
        Final = final;
        producers = new Lazy<Dictionary<string, CapturedRun>>(FindProducers);
    }

    /// <summary>The runs in the order in which they started.</summary>
    public IReadOnlyList<CapturedRun> Runs { get; }

    /// <summary>What was at the places of outputs when the build had ended, by path.</summary>
    public IReadOnlyDictionary<string, CapturedFile> Final { get; }

    /// <summary>Reads captures; what is damaged is a diagnostic, and null is returned.</summary>
    /// <param name="folders">Folders that <c>layout capture</c> wrote.</param>
    /// <param name="bag">Takes the mistakes.</param>
    public static Capture? Read(IReadOnlyList<string> folders, DiagnosticBag bag)
    {
        var runs = new List<CapturedRun>();
        var final = new Dictionary<string, CapturedFile>(StringComparer.Ordinal);
        foreach (string folder in folders)
        {
            string records = Path.Combine(folder, CaptureRecord.RecordFolder);
            try
            {
                if (!Directory.Exists(records))
                {
                    bag.ReportNoCapture(folder);
                    continue;
                }

                foreach (string path in Directory.EnumerateFiles(records, "*" + CaptureRecord.Extension).OrderBy(p => p, StringComparer.Ordinal))
                {
                    if (CaptureRecord.Read(folder, path, bag) is not { } run) continue;
                    if (run.Tool.Length > 0) runs.Add(run);
                    else foreach (CapturedFile file in run.Inputs) final[file.FullPath] = file;
                }
            }
            catch (Exception exception) when (OutputFile.IsFileProblem(exception))
            {
                bag.ReportFileAccess(SourceLocation.OfFile(folder), folder, exception.Message);
            }
        }

        if (bag.HasErrors) return null;
        var capture = new Capture(runs.OrderBy(r => r.Start).ThenBy(r => r.Record, StringComparer.Ordinal).ToArray(), final);
        capture.CheckCopies(bag);
        return bag.HasErrors ? null : capture;
    }

    /// <summary>The content id of a file.</summary>
    public string GetId(CapturedFile file) => ids.GetOrAdd(file.Copy, copy => ContentId.Of(File.ReadAllBytes(copy)));

    /// <summary>The run that made a content, the first one if there are several; null when it comes from elsewhere.</summary>
    public CapturedRun? FindProducer(string id) => producers.Value.TryGetValue(id, out CapturedRun? run) ? run : null;

    private void CheckCopies(DiagnosticBag bag)
    {
        foreach (CapturedRun run in Runs)
        {
            if (run.Inputs.Concat(run.Outputs).FirstOrDefault(f => !File.Exists(f.Copy)) is not { } lost) continue;
            bag.ReportDamagedCapture(run.Record, $"the copy of '{lost.Name}' is not there");
            return;
        }
    }

    /// <summary>All outputs are read for this: not when a build has just ended.</summary>
    private Dictionary<string, CapturedRun> FindProducers()
    {
        var found = new Dictionary<string, CapturedRun>(StringComparer.Ordinal);
        foreach (CapturedRun run in Runs)
        {
            // A tool that changed nothing made nothing.
            foreach (string id in run.Outputs.Select(GetId).Where(i => !found.ContainsKey(i))) found.Add(id, run);
        }

        return found;
    }
}
