using System;
using System.IO;
using System.Linq;
using System.Threading;
using LayoutDsl.Analysis.Diagnostics;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Build.Files;
using LayoutDsl.Diagnostics;
using LayoutDsl.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace LayoutDsl.Build.Tasks;

/// <summary>What all tasks have in common: the folders, cancellation, and how errors are logged.</summary>
public abstract class LayoutTask : Task, ICancelableTask, IDisposable
{
    private readonly CancellationTokenSource cancellation = new();
    private OutputManifest? manifest;

    /// <summary>Full path of the project file; other paths may be relative to its folder.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>Folder for facts, stamps and the list of outputs.</summary>
    [Required]
    public string IntermediateDirectory { get; set; } = "";

    /// <summary>Folders in which outputs may be written and deleted.</summary>
    [Required]
    public string[] OwnedDirectories { get; set; } = Array.Empty<string>();

    /// <summary>Values of the layouts' parameters: <c>name=value</c>, separated by <c>|</c>.</summary>
    public string Parameters { get; set; } = "";

    private protected string ProjectDirectory => Path.GetDirectoryName(ProjectFile) ?? "";

    private protected OwnedDirectories Owned => new(OwnedDirectories.Select(FullPath));

    private protected OutputManifest Manifest => manifest ??= OutputManifest.Load(FullPath(IntermediateDirectory), Owned);

    /// <inheritdoc/>
    public void Cancel() => cancellation.Cancel();

    /// <inheritdoc/>
    public sealed override bool Execute()
    {
        try
        {
            Run(cancellation.Token);
            return !Log.HasLoggedErrors;
        }
        catch (OperationCanceledException)
        {
            Log.LogMessage(MessageImportance.Normal, "LayoutDsl: canceled");
            return false;
        }
        catch (Exception exception) when (OutputFile.IsFileProblem(exception))
        {
            var bag = new DiagnosticBag();
            bag.ReportFileAccess(ProjectLocation, "files of the build", exception.Message);
            LogErrors(bag);
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what the task holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing) cancellation.Dispose();
    }

    /// <summary>Does the work; errors are logged.</summary>
    /// <param name="cancellation">Set when the build is stopped.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    private protected abstract void Run(CancellationToken cancellation);

    /// <summary>The project file, for what is wrong with its settings.</summary>
    private protected SourceLocation ProjectLocation => SourceLocation.OfFile(ProjectFile);

    private protected string FullPath(string path) => Path.GetFullPath(Path.Combine(ProjectDirectory, path.Replace('\\', '/')));

    private protected LayoutRoot RootOf(ITaskItem item) => new(FullPath(item.ItemSpec), ProjectDirectory, FullPath(IntermediateDirectory));

    /// <summary>Logs errors. Warnings are left to the generator, which reports them with what the user set about them.</summary>
    private protected void LogErrors(DiagnosticBag bag)
    {
        foreach (Diagnostic error in bag.ToSortedArray().Where(d => d.Severity == DiagnosticSeverity.Error))
        {
            // Line and column only: that is the form in which the C# compiler's errors are shown.
            LinePosition start = error.Location.Lines.Start;
            Log.LogError(null, error.Id, error.Id, error.Location.Path, start.Line + 1, start.Column + 1, 0, 0, "{0}", error.FullMessage);
        }
    }
}
