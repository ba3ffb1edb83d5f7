using System;
using System.Globalization;
using System.IO;
using System.Threading;

namespace LayoutDsl.Cli.Density;

/// <summary>What the kernel counts about same-page merging on the whole machine (Documentation/admin-guide/mm/ksm.rst).</summary>
/// <param name="Shared">Pages that are kept for several (<c>pages_shared</c>).</param>
/// <param name="Sharing">Further places that use them (<c>pages_sharing</c>): the pages that are saved.</param>
/// <param name="Zero">Places that use the kernel's page of zeros (<c>ksm_zero_pages</c>).</param>
/// <param name="FullScans">How often all mergeable memory was gone through.</param>
internal readonly record struct KsmCounters(long Shared, long Sharing, long Zero, long FullScans);

/// <summary>The kernel's same-page merging: its settings and counters, which are those of the whole machine.</summary>
internal sealed class Ksm
{
    public const string DefaultFolder = "/sys/kernel/mm/ksm";

    private readonly string folder;

    public Ksm(string folder = DefaultFolder) => this.folder = folder;

    /// <summary>Whether the kernel can merge pages.</summary>
    public bool Exists => File.Exists(GetPath("run"));

    /// <summary>Whether it is on.</summary>
    public bool IsRunning => Read("run") == "1";

    /// <summary>How many places one page is kept for at most; a content with more places has several pages.</summary>
    public long MaximumSharing => long.TryParse(Read("max_page_sharing"), NumberStyles.None, CultureInfo.InvariantCulture, out long value) && value > 0 ? value : 256;

    public KsmCounters ReadCounters() => new(Count("pages_shared"), Count("pages_sharing"), Count("ksm_zero_pages"), Count("full_scans"));

    /// <summary>Whether this process may change settings.</summary>
    public bool CanWrite()
    {
        try
        {
            // Shared: another run may look at the same time.
            using var file = new FileStream(GetPath("run"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            return true;
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            return false;
        }
    }

    /// <summary>
    /// Waits until no other run of this tool uses the settings, and keeps them for this one until the result is disposed. The lock is on a file of the kernel itself, so that there is one for each
    /// machine and the system takes it away with the process.
    /// </summary>
    public FileStream Reserve(Action waiting, CancellationToken cancellation)
    {
        for (bool isFirst = true; ; isFirst = false)
        {
            try
            {
                return new FileStream(GetPath("pages_volatile"), FileMode.Open, FileAccess.Read, FileShare.None, 1);
            }
            catch (IOException exception) when (exception is not FileNotFoundException)
            {
                if (isFirst) waiting();
                if (cancellation.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(200))) cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    /// <summary>Changes a setting when the kernel has it, after the keeper has been told what to restore.</summary>
    public void Set(Keeper keeper, string name, string value)
    {
        if (Read(name) is not { } found || found == value) return;
        keeper.Restore(GetPath(name), found);
        File.WriteAllText(GetPath(name), value);
    }

    private string GetPath(string name) => Path.Combine(folder, name);

    private string? Read(string name) => File.Exists(GetPath(name)) ? File.ReadAllText(GetPath(name)).Trim() : null;

    private long Count(string name) => long.TryParse(Read(name), NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : 0;
}
