using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Diagnostics;
using LayoutDsl.Facts;
using LayoutDsl.Model;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Text;

namespace LayoutDsl.Analysis.Measuring;

/// <summary>
/// Measures what has changed: the facts of a layout are kept in a file with the identities of the contents that they come from, and are taken from there as long as all files have these contents.
/// Times of files do not count. The file is as good as not there when it is damaged, or of another build of this program; there is one for each layout, so they do not pile up.
/// </summary>
public static class MeasurementCache
{
    private const string Header = "layoutdsl-measured";

    /// <summary>Where results are kept when nothing else is said: beside <see cref="ObjectMeasurer.GetDefaultMemberDirectory"/>.</summary>
    public static string GetDefaultPath(BoundLayout layout) => $"obj/{LayoutPath.GetStem(layout.Path)}/measured";

    /// <summary>Measures as <see cref="ObjectMeasurer"/> does, or takes what is kept. A result with reports is not kept: they are said each time.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="directory">Folder that its paths are relative to.</param>
    /// <param name="memberDirectory">Folder for members of archives, as for <see cref="ObjectMeasurer"/>.</param>
    /// <param name="cachePath">The file that results are kept in. A system that refuses it is no error.</param>
    /// <param name="progress">Told after each file how many are done, and of how many; may be null.</param>
    /// <param name="cancellation">Stops between files.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Result<FactsFile> Measure(
        BoundLayout layout, string directory, string memberDirectory, string cachePath, Action<int, int>? progress, CancellationToken cancellation)
    {
        // The objects that are rewritten for blocks are files of their own, and would have to be as they were, too.
        if (layout.IsShuffled) return ObjectMeasurer.Measure(layout, directory, memberDirectory, progress, cancellation);
        string key = Sign(layout, directory, memberDirectory);
        if (Find(cachePath, key, directory, cancellation) is { } known) return new Result<FactsFile>(known, default);
        var read = new ReadFiles();
        Result<FactsFile> measured = ObjectMeasurer.Measure(layout, directory, memberDirectory, read, progress, cancellation);
        if (measured is { Value: { } facts, Diagnostics.Count: 0 } && read.AreConsistent) OutputFile.TryWriteIfChanged(cachePath, Write(key, read, facts), new DiagnosticBag());
        return measured;
    }

    private static string Write(string key, ReadFiles read, FactsFile facts)
    {
        var text = new StringBuilder();
        foreach (KeyValuePair<string, string> file in read.All) text.AppendRecord("read", file.Key, file.Value);
        text.Append('\n').Append(FactsText.Write(facts));
        string body = text.ToString();
        var head = new StringBuilder();
        head.AppendRecord(Header, key, ContentId.Of(body));
        return head + body;
    }

    /// <summary>The facts that are kept, if all that they come from is as it was.</summary>
    private static FactsFile? Find(string cachePath, string key, string directory, CancellationToken cancellation)
    {
        try
        {
            if (!File.Exists(cachePath)) return null;
            string text = File.ReadAllText(cachePath);
            int end = text.IndexOf('\n');
            if (end < 0 || RecordText.Split(text.Substring(0, end)) is not { Count: 3 } head || head[0] != Header || head[1] != key) return null;
            string body = text.Substring(end + 1);
            int facts = body.StartsWith("\n", StringComparison.Ordinal) ? 0 : body.IndexOf("\n\n", StringComparison.Ordinal) + 1;
            if (head[2] != ContentId.Of(body) || !AreUnchanged(body.Substring(0, facts).Split(new[] { '\n' }, StringSplitOptions.RemoveEmptyEntries), directory, cancellation)) return null;
            return FactsText.Read(body.Substring(facts + 1), out _);
        }
        catch (Exception exception) when (OutputFile.IsFileProblem(exception))
        {
            return null;
        }
    }

    private static bool AreUnchanged(string[] files, string directory, CancellationToken cancellation)
    {
        int changed = 0;
        Parallel.ForEach(files, new ParallelOptions { CancellationToken = cancellation }, (line, state) =>
        {
            if (RecordText.Split(line) is { Count: 3 } file && IdOf(Path.Combine(directory, file[1])) == file[2]) return;
            Interlocked.Increment(ref changed);
            state.Stop();
        });
        return changed == 0;
    }

    private static string? IdOf(string path)
    {
        try
        {
            if (!File.Exists(path)) return ReadFiles.Missing;
            using FileContent content = FileContent.Read(path);
            return ContentId.Of(content.Bytes.Span);
        }
        catch (Exception exception) when (OutputFile.IsFileProblem(exception))
        {
            return null;
        }
    }

    /// <summary>Everything but the contents of files that decides what is measured: what the layout says of inputs, images and symbols, which files there are, and which build of this program measures.</summary>
    private static string Sign(BoundLayout layout, string directory, string memberDirectory)
    {
        var text = new StringBuilder();
        foreach (Type part in new[] { typeof(MeasurementCache), typeof(ElfFile), typeof(FactsFile) }) text.AppendRecord("build", part.Module.ModuleVersionId.ToString());
        text.AppendRecord("to", memberDirectory, layout.Target.Entry);
        foreach (BoundSymbol symbol in layout.Symbols) text.AppendRecord("symbol", symbol.Name);
        foreach (BoundBounds bounds in layout.Sections.Select(s => s.Bounds).OfType<BoundBounds>()) text.AppendRecord("bounds", bounds.Start, bounds.End);
        foreach (BoundLibrary library in layout.Libraries)
        {
            text.AppendRecord("library", library.Name);
            Add(library.Inputs);
        }

        foreach (BoundImage image in layout.Images)
        {
            text.AppendRecord("image", image.Name, image.Family?.First ?? -1, image.Family?.Last ?? -1);
            foreach (string library in image.Libraries) text.AppendRecord("uses", library);
            Add(image.Inputs);
        }

        foreach ((InputFacts input, _) in ObjectMeasurer.FindInputs(layout, directory, new DiagnosticBag()))
        {
            text.AppendRecord("input", input.Kind.ToProperty(), input.Pattern);
            foreach (string file in input.Files) text.AppendRecord("file", file);
        }

        return ContentId.Of(text.ToString());

        void Add(IEnumerable<BoundInput> inputs)
        {
            foreach (BoundInput input in inputs) text.AppendRecord("of", input.Kind.ToProperty(), input.Pattern, input.IsPerImage ? 1 : 0);
        }
    }
}
