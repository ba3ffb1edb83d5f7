using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using LayoutDsl.Analysis.Diagnostics;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Analysis.Measuring;
using LayoutDsl.Analysis.Trimming;
using LayoutDsl.Diagnostics;
using LayoutDsl.Facts;
using LayoutDsl.Model;
using LayoutDsl.Planning;
using LayoutDsl.Text;

namespace LayoutDsl.Analysis.Linking;

/// <summary>Links the images of a plan with the real linker, several at once, and only those whose inputs changed.</summary>
public sealed class FleetLinker
{
    private readonly BoundLayout layout;
    private readonly IReadOnlyList<ImageLink> links;
    private readonly LinkOptions options;
    private readonly string directory;
    private readonly LayoutPlan? plan;
    private readonly Dictionary<string, string> contents;
    private readonly LinkRecord record;
    private readonly DiagnosticBag bag = new();
    private readonly ConcurrentDictionary<string, bool?> outcomes = new(StringComparer.Ordinal);
    private readonly ImageTrimmer? trimmer;
    private LinkerKind kind;
    private long leftOut;
    private string version = "";
    private string[] anchorArguments = [];
    private string anchorContent = "";

    private FleetLinker(BoundLayout layout, IReadOnlyList<ImageLink> links, FactsFile facts, LinkOptions options)
    {
        this.layout = layout;
        this.links = links;
        this.options = options;
        directory = LayoutFiles.GetDirectory(layout);
        contents = facts.Objects
            .GroupBy(o => o.Path, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => string.Join(" ", g.Select(o => o.ContentId)), StringComparer.Ordinal);
        record = LinkRecord.Load(GetRecordPath(layout, options));
        plan = links.Select(l => l.Plan).FirstOrDefault();
        trimmer = ImageTrimmer.For(layout, plan, directory);
    }

    /// <summary>Path of an image.</summary>
    public static string GetImagePath(string directory, ImagePlan image) => GetImagePath(directory, image.Name);

    /// <summary>Path of the file that remembers from what each image was linked.</summary>
    public static string GetRecordPath(BoundLayout layout, LinkOptions options) => Path.Combine(options.ScriptDirectory, LayoutPath.GetStem(layout.Path) + ".links");

    /// <summary>Path of an image.</summary>
    public static string GetImagePath(string directory, string image) => Path.Combine(directory, image + ".elf");

    /// <summary>Path of the object that keeps the linker's table in one order; not every fleet has one.</summary>
    public static string GetAnchorPath(BoundLayout layout, LinkOptions options) => Path.Combine(options.ScriptDirectory, LayoutPath.GetStem(layout.Path) + ".got.o");

    /// <summary>Writes the scripts and links. Images that fail keep their earlier files, and the others are linked all the same.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="facts">The facts that the plan was made from.</param>
    /// <param name="options">Folders and linker.</param>
    /// <param name="progress">Told after each image how many are done, and of how many; may be null.</param>
    /// <param name="cancellation">Ends running linkers.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Result<LinkSummary> Link(
        BoundLayout layout, LayoutPlan plan, FactsFile facts, LinkOptions options, Action<int, int>? progress, CancellationToken cancellation) =>
        Link(layout, ImageLink.All(layout, plan), facts, options, progress, cancellation);

    /// <summary>The same for images that are linked in any way.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="links">How each image is linked.</param>
    /// <param name="facts">What was measured of the files.</param>
    /// <param name="options">Folders and linker.</param>
    /// <param name="progress">Told after each image how many are done, and of how many; may be null.</param>
    /// <param name="cancellation">Ends running linkers.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Result<LinkSummary> Link(
        BoundLayout layout, IReadOnlyList<ImageLink> links, FactsFile facts, LinkOptions options, Action<int, int>? progress, CancellationToken cancellation)
    {
        Result<IReadOnlyList<string>> members = MemberFiles.Write(layout, facts, LayoutFiles.GetDirectory(layout));
        if (members.HasErrors) return new Result<LinkSummary>(null, members.Diagnostics);
        var linker = new FleetLinker(layout, links, facts, options);
        LayoutPlan? plan = linker.plan;
        ScriptWriter.CheckCaptured(layout, plan, linker.bag);
        if (linker.bag.HasErrors) return new Result<LinkSummary>(null, linker.bag.ToSortedArray());
        if (!linker.Probe(plan, cancellation)) return new Result<LinkSummary>(null, linker.bag.ToSortedArray());
        Result<IReadOnlyList<string>> scripts = ScriptWriter.WriteAll(layout, links, options.ScriptDirectory, linker.kind);
        if (scripts.HasErrors) return new Result<LinkSummary>(null, scripts.Diagnostics);
        if (plan is not null && !linker.WriteAnchor(plan)) return new Result<LinkSummary>(null, linker.bag.ToSortedArray());
        ObjectArchive.WriteAll(layout, links, linker.directory, linker.bag);
        return linker.bag.HasErrors ? new Result<LinkSummary>(null, linker.bag.ToSortedArray()) : linker.Link(progress, cancellation);
    }

    /// <summary>Writes the object that keeps the linker's table in one order, beside the scripts.</summary>
    private bool WriteAnchor(LayoutPlan plan)
    {
        // The others do not know its options, and their tables stand in an order of their own.
        if (kind != LinkerKind.Gnu) return true;
        if (TableAnchor.Find(plan, new LinkFileSource(directory).Files) is not { } anchor) return true;
        string path = GetAnchorPath(layout, options);
        anchorArguments = [.. anchor.Options, Path.GetFullPath(path)];
        anchorContent = string.Join(" ", anchor.Options) + " " + ContentId.Of(anchor.Content);
        try
        {
            OutputFile.WriteIfChanged(path, anchor.Content);
            return true;
        }
        catch (Exception exception) when (OutputFile.IsFileProblem(exception))
        {
            bag.ReportFileAccess(layout.Target.Location, path, exception.Message);
            return false;
        }
    }

    /// <summary>Asks the linker what it is, and whether it can do what the layout asks for.</summary>
    private bool Probe(LayoutPlan? plan, CancellationToken cancellation)
    {
        ToolProcess.Outcome? probe = ToolProcess.Run(options.Linker, new[] { "--version" }, directory, cancellation);
        if (probe is null)
        {
            bag.ReportLinkerNotFound(layout.Target.Location, options.Linker);
            return false;
        }

        kind = options.Kind ?? LinkerKinds.Detect(probe.Output);
        bag.AddRange(LayoutCompiler.CheckLinker(layout, plan, kind));

        // Two linkers may say the same of themselves: a script around ld says what ld says.
        version = options.Linker + "\n" + probe.Output;
        return !bag.HasErrors;
    }

    private Result<LinkSummary> Link(Action<int, int>? progress, CancellationToken cancellation)
    {
        Directory.CreateDirectory(options.OutputDirectory);
        int done = 0;
        try
        {
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.EffectiveParallelism, CancellationToken = cancellation };
            Parallel.ForEach(links, parallel, link =>
            {
                outcomes[link.Name] = LinkImage(link, cancellation);
                progress?.Invoke(Interlocked.Increment(ref done), links.Count);
            });
        }
        finally
        {
            record.Save();
        }

        var summary = new LinkSummary(Names(true), Names(false), Names(null)) { LeftOut = leftOut };
        return new Result<LinkSummary>(summary, bag.ToSortedArray());
    }

    private string[] Names(bool? outcome) => links.Select(l => l.Name).Where(n => outcomes[n] == outcome).ToArray();

    /// <summary>True when the image was linked, false when it was up to date, null when linking failed.</summary>
    private bool? LinkImage(ImageLink link, CancellationToken cancellation)
    {
        string output = GetImagePath(options.OutputDirectory, link.Name);
        string fingerprint = GetFingerprint(link);
        if (record.IsUpToDate(link.Name, fingerprint, output)) return false;
        string temporary = OutputFile.GetTemporaryName(Path.GetFullPath(output));
        try
        {
            IEnumerable<string> arguments = anchorArguments.Append("@" + Path.GetFullPath(ScriptWriter.GetResponseFilePath(options.ScriptDirectory, link.Name)))
                .Concat(GetScriptArguments(link.Script))
                .Concat(new[] { "-o", temporary });
            ToolProcess.Outcome? outcome = ToolProcess.Run(options.Linker, arguments, directory, cancellation);
            if (outcome is { ExitCode: 0 })
            {
                Trim(link, temporary);
                OutputFile.Replace(temporary, output);
                record.Set(link.Name, fingerprint, output);
                return true;
            }

            Report(link, outcome is null ? "the linker cannot be started" : Shorten(outcome.Output));
        }
        catch (Exception exception) when (OutputFile.IsFileProblem(exception))
        {
            Report(link, exception.Message);
        }
        finally
        {
            if (File.Exists(temporary)) File.Delete(temporary);
        }

        return null;
    }

    private void Trim(ImageLink link, string path)
    {
        if (trimmer is null) return;
        long before = new FileInfo(path).Length;
        string? why = trimmer.Trim(link.Name, path);
        Interlocked.Add(ref leftOut, before - new FileInfo(path).Length);
        if (why is null) return;
        lock (bag) bag.ReportNotTrimmed(LocationOf(link), link.Name, trimmer.Subject, why, trimmer.WayOut);
    }

    /// <summary>The image's script, and the one that it is put into. What comes first gets the input sections that both name.</summary>
    private IEnumerable<string> GetScriptArguments(ImageScript? script)
    {
        if (script is null) return Array.Empty<string>();
        string path = Path.GetFullPath(Path.Combine(options.ScriptDirectory, script.File));
        string[] own = script.IsFragment ? new[] { "-L", Path.GetDirectoryName(path)! } : new[] { "-T", path };
        return script.Base is { } other ? own.Concat(new[] { "-T", other }) : own;
    }

    private void Report(ImageLink link, string message)
    {
        lock (bag) bag.ReportLinkFailed(LocationOf(link), link.Name, message);
    }

    private SourceLocation LocationOf(ImageLink link) => layout.Images.First(i => i.Name == link.Owner).Location;

    /// <summary>Everything that decides what the linker writes: its version, the script, the arguments and the contents of the inputs.</summary>
    private string GetFingerprint(ImageLink link)
    {
        var text = new StringBuilder(version);
        text.Append(link.Script?.Text(kind)).Append(link.Arguments()).Append(anchorContent);
        if (trimmer is not null) text.Append(trimmer.Version);
        if (link.Script?.Base is { } other) text.Append(File.ReadAllText(other));
        foreach (string file in link.Files) text.Append(contents.TryGetValue(file, out string? content) ? content : ContentId.Of(File.ReadAllBytes(Path.Combine(directory, file)))).Append('\n');
        return ContentId.Of(text.ToString());
    }

    /// <summary>The first lines of what the linker said, in one line, without its temporary paths.</summary>
    private static string Shorten(string output)
    {
        string[] lines = output.Split(new[] { '\n' }, StringSplitOptions.RemoveEmptyEntries);
        string text = string.Join(" | ", lines.Take(5).Select(l => l.Trim()));
        return lines.Length > 5 ? FormattableString.Invariant($"{text} | ... ({lines.Length - 5} more lines)") : text;
    }
}
