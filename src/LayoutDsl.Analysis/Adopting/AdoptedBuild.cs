using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using LayoutDsl.Adopting;
using LayoutDsl.Analysis.Diagnostics;
using LayoutDsl.Analysis.Linking;
using LayoutDsl.Diagnostics;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Text;

namespace LayoutDsl.Analysis.Adopting;

/// <summary>What captures say of a build: its programs, what they are made of, and what was done to them.</summary>
internal sealed class AdoptedBuild
{
    private readonly Capture capture;
    private readonly DiagnosticBag bag;
    private readonly CancellationToken cancellation;
    private readonly ObjectSource source;

    /// <summary>The paths that captured tools wrote to.</summary>
    private readonly HashSet<string> written;

    private AdoptedBuild(Capture capture, DiagnosticBag bag, CancellationToken cancellation)
    {
        this.capture = capture;
        this.bag = bag;
        this.cancellation = cancellation;
        source = new ObjectSource(capture, bag, cancellation);
        written = new HashSet<string>(capture.Runs.SelectMany(r => r.Outputs).Select(o => o.FullPath), StringComparer.Ordinal);
    }

    /// <summary>The programs of captures in ordinal order of their names; null after diagnostics.</summary>
    /// <param name="capture">The captures.</param>
    /// <param name="patterns">Which outputs of links are programs, as patterns of their full paths or file names; empty for all.</param>
    /// <param name="progress">Told after each program how many are done, and of how many; may be null.</param>
    /// <param name="bag">Takes the mistakes.</param>
    /// <param name="cancellation">Ends running linkers.</param>
    public static IReadOnlyList<AdoptedImage>? Read(Capture capture, IReadOnlyList<string> patterns, Action<int, int>? progress, DiagnosticBag bag, CancellationToken cancellation)
    {
        var build = new AdoptedBuild(capture, bag, cancellation);
        (CapturedRun Link, LinkerArguments Arguments)[] links = build.FindLinks(patterns).ToArray();
        if (links.Length == 0) bag.ReportNoImages(patterns);
        string[] names = ImageNames.Of(links.Select(l => l.Arguments.Output!.FullPath).ToArray());
        var images = new List<AdoptedImage>();
        for (int i = 0; i < links.Length; i++)
        {
            if (build.ReadImage(names[i], links[i].Link, links[i].Arguments) is { } image) images.Add(image);
            progress?.Invoke(i + 1, links.Length);
        }

        return bag.HasErrors ? null : images.OrderBy(i => i.Name, StringComparer.Ordinal).ToArray();
    }

    /// <summary>The last link of each program.</summary>
    private IEnumerable<(CapturedRun, LinkerArguments)> FindLinks(IReadOnlyList<string> patterns) => capture.Runs
        .Where(r => r.IsLink)
        .Select(r => (Run: r, Arguments: LinkerArguments.Of(r)))
        .Where(l => l.Arguments is { IsStatic: true, Output: { } output } && IsProgram(output) && (patterns.Count == 0 ? !IsProbe(output.FullPath) : patterns.Any(p => IsMatch(p, output.FullPath))))
        .GroupBy(l => l.Arguments.Output!.FullPath, StringComparer.Ordinal)
        .Select(g => g.Last());

    private static bool IsMatch(string pattern, string path) => Glob.IsMatch(pattern, path) || Glob.IsMatch(pattern, Path.GetFileName(path));

    /// <summary>What configure scripts and CMake link to see what the compiler can do.</summary>
    private static bool IsProbe(string path) => Path.GetFileName(path) is { } name && (name.StartsWith("conftest", StringComparison.Ordinal) || name.StartsWith("cmTC_", StringComparison.Ordinal)) || path.Contains("/CMakeFiles/");

    /// <summary>Programs that need a dynamic linker share their libraries in another way.</summary>
    private static bool IsProgram(CapturedFile file) => ElfFile.TryRead(File.ReadAllBytes(file.Copy), file.Name, out ElfFile? elf, out _)
        && elf.Type == ElfFileType.Executable && !elf.Segments.Any(s => s.Type is ElfSegmentType.Interpreter or ElfSegmentType.Dynamic);

    private AdoptedImage? ReadImage(string name, CapturedRun link, LinkerArguments arguments)
    {
        if (LinkReplay.Find(link, arguments, cancellation, out string problem) is not { } items)
        {
            bag.ReportNotAdopted(arguments.Output!.FullPath, problem, "capture the build again, from the start");
            return null;
        }

        var objects = new List<ImageObject>();
        foreach (LinkReplay.Item item in items)
        {
            (string group, bool isGrouped) = GroupOf(item);
            foreach (AdoptedObject found in source.GetObjects(item, group))
            {
                if (IsIntermediate(found.Bytes)) bag.ReportNotAdopted(found.Path, "is code of the compiler's own kind (LTO), not of the machine", "build without -flto: what is linked then are objects that several programs can share");
                else objects.Add(new ImageObject(group, isGrouped, found));
            }
        }

        IReadOnlyList<CapturedScript>? scripts = ReadScripts(link, arguments);
        return scripts is null ? null : new AdoptedImage(name, link, arguments, objects, scripts, FindSteps(link, arguments.Output!), FindName);
    }

    private (string Group, bool IsGrouped) GroupOf(LinkReplay.Item item)
    {
        bool isGrouped = item.Member is not null || source.IsRelocatable(item);
        string name = isGrouped ? Path.GetFileNameWithoutExtension(item.File.FullPath) : Path.GetFileName(Path.GetDirectoryName(item.File.FullPath) ?? "");
        if (isGrouped && name.StartsWith("lib", StringComparison.Ordinal) && name.Length > 3) name = name.Substring(3);
        return (ImageNames.ToName(name), isGrouped);
    }

    /// <summary>gcc's intermediate code stands in sections of this name (GCC internals, LTO object file layout).</summary>
    private static bool IsIntermediate(byte[] bytes) =>
        ElfFile.TryRead(bytes, "", out ElfFile? file, out _) && file.Sections.Any(s => s.Name.StartsWith(".gnu.lto_.symtab", StringComparison.Ordinal)) && !file.Sections.Any(s => s.IsAllocated && s.Size > 0);

    private IReadOnlyList<CapturedScript>? ReadScripts(CapturedRun link, LinkerArguments arguments)
    {
        var scripts = new List<CapturedScript>();
        foreach (string path in arguments.Scripts)
        {
            CapturedFile? file = link.FindInput(path);
            if (file is null) bag.ReportNotAdopted(arguments.Output!.FullPath, $"was linked with '{path}', which was not captured", "capture the build again, from the start");
            else Add(new SourceText(file.FullPath, File.ReadAllText(file.Copy)));
        }

        if (scripts.All(s => s.IsInserted) && !bag.HasErrors)
        {
            // The linker shows the script that it takes by itself (ld manual, --verbose).
            ToolProcess.Outcome? shown = ToolProcess.Run(link.Program, arguments.Options.Append("--verbose"), Path.GetTempPath(), cancellation);
            string[] cut = (shown?.Output ?? "").Split(new[] { "==================================================\n" }, StringSplitOptions.None);
            if (cut.Length < 3) bag.ReportNotAdopted(arguments.Output!.FullPath, $"was linked with the linker's own script, and '{link.Program} --verbose' does not show it", "name a script with -T");
            else Add(new SourceText(Path.GetFileName(link.Program) + ".lds", cut[1]));
        }

        return bag.HasErrors ? null : scripts;

        void Add(SourceText text)
        {
            Result<CapturedScript> read = LayoutCompiler.ReadCapturedScript(text, name => link.FindInput(name) is { } included ? new SourceText(included.FullPath, File.ReadAllText(included.Copy)) : null);
            bag.AddRange(read.Diagnostics);
            if (read.Value is { } script) scripts.Add(script);
        }
    }

    /// <summary>The name that a file had in the end, when the build renamed it.</summary>
    private string FindName(CapturedFile file)
    {
        if (capture.Final.ContainsKey(file.FullPath)) return file.FullPath;
        string id = capture.GetId(file);
        return capture.Final.Values.Where(f => Path.GetDirectoryName(f.FullPath) == Path.GetDirectoryName(file.FullPath) && capture.GetId(f) == id).Select(f => f.FullPath).FirstOrDefault() ?? file.FullPath;
    }

    /// <summary>The runs that worked on what a link made, and on what such runs made of it.</summary>
    private IReadOnlyList<CapturedRun> FindSteps(CapturedRun link, CapturedFile program)
    {
        var current = new HashSet<string>(StringComparer.Ordinal) { capture.GetId(program) };
        var paths = new HashSet<string>(StringComparer.Ordinal) { program.FullPath };
        var steps = new List<CapturedRun>();
        foreach (CapturedRun run in capture.Runs.Where(r => r.Start > link.Start && !r.IsLink))
        {
            // Two programs may have a file of one content; a file that no tool wrote is a copy.
            if (!run.Inputs.Any(i => (paths.Contains(i.FullPath) || !written.Contains(i.FullPath)) && current.Contains(capture.GetId(i)))) continue;
            steps.Add(run);
            current.UnionWith(run.Outputs.Select(capture.GetId));
            paths.UnionWith(run.Outputs.Select(o => o.FullPath));
        }

        return steps;
    }
}
