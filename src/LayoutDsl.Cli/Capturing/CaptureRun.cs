using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using LayoutDsl.Analysis.Adopting;
using LayoutDsl.Analysis.Diagnostics;
using LayoutDsl.Diagnostics;
using LayoutDsl.Emit;

namespace LayoutDsl.Cli.Capturing;

/// <summary>
/// Runs a build with stand-ins for its linkers and the tools that work on what they make (<c>Native/Capture/capture.c</c>), first on the <c>PATH</c>. Tools that the build calls by their path are
/// sent there by a library that is loaded into its programs (<c>Native/Preload/preload.c</c>), when any are named.
/// </summary>
internal sealed class CaptureRun
{
    private const string Program = "capture-tool";
    private const string Preload = "capture-preload.so";

    /// <summary>What changes a program after its link, besides linkers.</summary>
    private static readonly string[] CommonTools = ["objcopy", "strip", "llvm-objcopy", "llvm-strip", "elfedit", "patchelf", "python3", "python", "perl", "dd"];

    /// <summary>Every program of the build loads it: as few pages and segments as can be, and no library but the C library that the program has anyhow.</summary>
    private static readonly string[] PreloadOptions = ["-O1", "-std=gnu11", "-shared", "-fPIC", "-nostdlib", "-fno-asynchronous-unwind-tables", "-Wl,-z,noseparate-code,-z,norelro,-z,now,--build-id=none"];

    private readonly string folder;
    private readonly string compiler;
    private readonly IReadOnlyList<string> tools;

    /// <param name="folder">Folder of the capture.</param>
    /// <param name="compiler">C compiler for the stand-in.</param>
    /// <param name="tools">Names of further tools of the build.</param>
    public CaptureRun(string folder, string compiler, IReadOnlyList<string> tools)
    {
        this.folder = Path.GetFullPath(folder);
        this.compiler = compiler;
        this.tools = tools;
    }

    /// <summary>Puts the stand-ins into the folder of the capture.</summary>
    /// <returns>Whether that was possible; else there is a diagnostic.</returns>
    public bool Prepare(DiagnosticBag bag)
    {
        foreach (string name in new[] { "bin", "real", "records", "files" }) Directory.CreateDirectory(Path.Combine(folder, name));

        // All at once: a build should not wait for long.
        string?[] problems = new string?[2];
        Parallel.Invoke(
            () => problems[0] = Compile("Capture", Program, "-O1", "-std=gnu11", "-static"),
            () => problems[1] = tools.Count > 0 ? Compile("Preload", Preload, PreloadOptions) : null,
            LinkTools);
        foreach (string problem in problems.OfType<string>()) bag.ReportCaptureNotBuilt(compiler, problem);
        return !bag.HasErrors;
    }

    private void LinkTools()
    {
        var knowing = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach ((string name, string path) in FindTools())
        {
            Link(Path.Combine(folder, "real", name), path);
            Link(Path.Combine(folder, "bin", name), Path.Combine("..", Program));
            string knows = Path.Combine(folder, "real", name + ".deps");
            if (CapturedRun.IsLinker(name) && Knows(path)) File.WriteAllText(knows, "");
            else File.Delete(knows);
        }

        // One linker has several names.
        bool Knows(string path)
        {
            string file = new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;
            string key = IsSeveral(file) ? path : file;
            return knowing.TryGetValue(key, out bool known) ? known : knowing[key] = KnowsDependencies(path, file);
        }
    }

    /// <summary>Runs the build; null when it cannot be started.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int?> RunAsync(IReadOnlyList<string> command, CancellationToken cancellation)
    {
        string bin = Path.Combine(folder, "bin");

        // The system looks for the program itself on the PATH of this process.
        string own = Path.Combine(bin, command[0]);
        var start = new ProcessStartInfo(!command[0].Contains('/') && File.Exists(own) ? own : command[0], command.Skip(1)) { UseShellExecute = false };
        start.Environment["PATH"] = bin + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");
        start.Environment["COMPILER_PATH"] = Join(bin, Environment.GetEnvironmentVariable("COMPILER_PATH"));
        if (tools.Count > 0)
        {
            start.Environment["LAYOUT_CAPTURE"] = folder;
            start.Environment["LAYOUT_CAPTURE_TOOLS"] = $":{string.Join(':', tools)}:";
            start.Environment["LD_PRELOAD"] = Join(Path.Combine(folder, Preload), Environment.GetEnvironmentVariable("LD_PRELOAD"));
        }

        try
        {
            using Process build = Process.Start(start)!;
            await build.WaitForExitAsync(cancellation).ConfigureAwait(false);
            return build.ExitCode;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>
    /// Writes down what stands at the places of all outputs now, so that a later change by a tool that is not captured is seen. Of an output that is gone, what has its size in its folder may be
    /// the same under another name, and what was made of programs by nobody that is known is kept too.
    /// </summary>
    public void Finish(Capture capture)
    {
        string list = Path.Combine(folder, "outputs");
        CapturedFile[] outputs = capture.Runs.SelectMany(r => r.Outputs).GroupBy(o => o.FullPath, StringComparer.Ordinal).Select(g => g.Last()).ToArray();
        IEnumerable<string> renamed = outputs
            .Where(o => !File.Exists(o.FullPath) && Directory.Exists(Path.GetDirectoryName(o.FullPath)))
            .SelectMany(o => new DirectoryInfo(Path.GetDirectoryName(o.FullPath)!).EnumerateFiles().Where(f => f.Length == new FileInfo(o.Copy).Length).Select(f => f.FullName));
        File.WriteAllText(list, LinkCommandEmitter.Quote(outputs.Select(o => o.FullPath).Where(File.Exists).Concat(renamed).Concat(UncapturedOutputs.Find(capture)).Distinct(StringComparer.Ordinal)));
        using Process process = Process.Start(new ProcessStartInfo(Path.Combine(folder, Program), ["@" + list]) { UseShellExecute = false })!;
        process.WaitForExit();
    }

    private static string Join(string first, string? others) => string.IsNullOrEmpty(others) ? first : first + Path.PathSeparator + others;

    private string? Compile(string sources, string name, params string[] arguments) => NativeProgram.Compile(sources, Path.Combine(folder, name), compiler, arguments);

    /// <summary>The tools on the <c>PATH</c>, for any machine: <c>aarch64-linux-gnu-objcopy</c>. Of one name the first one counts.</summary>
    private IEnumerable<(string Name, string Path)> FindTools()
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (string directory in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Where(Directory.Exists))
        {
            if (Path.GetFullPath(directory) == Path.Combine(folder, "bin")) continue;
            foreach (string path in Directory.EnumerateFiles(directory).OrderBy(p => p, StringComparer.Ordinal))
            {
                string name = Path.GetFileName(path);
                if (!CapturedRun.IsLinker(name) && !tools.Contains(name) && !CommonTools.Any(t => name == t || name.EndsWith("-" + t, StringComparison.Ordinal))) continue;
                if (found.Add(name)) yield return (name, path);
            }
        }
    }

    /// <summary>
    /// Whether a linker writes down what it reads: the name of the option is in its file (in gold's as that of a field), which takes less time than asking it. A script is asked. lld is several linkers
    /// in one file, of which that for ELF has the option.
    /// </summary>
    private static bool KnowsDependencies(string path, string file)
    {
        ReadOnlySpan<byte> content = File.ReadAllBytes(file);
        if (content.StartsWith("#!"u8)) return Help(path).Contains("--dependency-file", StringComparison.Ordinal);
        return (!IsSeveral(file) || Path.GetFileName(path).Contains("ld.lld", StringComparison.Ordinal)) && (content.IndexOf("dependency-file"u8) >= 0 || content.IndexOf("dependency_file"u8) >= 0);
    }

    private static bool IsSeveral(string file) => Path.GetFileName(file).Contains("lld", StringComparison.Ordinal);

    private static string Help(string program)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, ["--help"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            string said = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return said;
        }
        catch (Win32Exception)
        {
            return "";
        }
    }

    private static void Link(string path, string target)
    {
        var file = new FileInfo(path);
        if (file.LinkTarget == target) return;
        file.Delete();
        File.CreateSymbolicLink(path, target);
    }
}
