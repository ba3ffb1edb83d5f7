using System.Threading;
using Microsoft.Build.Framework;

namespace LayoutDsl.Build.Tasks;

/// <summary>Deletes every file that the other tasks wrote, and folders that this leaves empty.</summary>
public sealed class CleanOutputs : LayoutTask
{
    private protected override void Run(CancellationToken cancellation) =>
        Log.LogMessage(MessageImportance.Normal, "LayoutDsl: deleted {0} files", Manifest.DeleteAll());
}
