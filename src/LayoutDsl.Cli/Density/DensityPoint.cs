namespace LayoutDsl.Cli.Density;

/// <summary>The memory of a fleet with one number of instances. Pages are the machine's, of 4096 bytes.</summary>
/// <param name="Instances">Instances of each image.</param>
/// <param name="Running">Processes or guests.</param>
/// <param name="StartSeconds">Time until all had done their work.</param>
/// <param name="MergeSeconds">Time from then until the last page was merged; null when nothing merges.</param>
/// <param name="IsSettled">Merging came to an end in the time that there was.</param>
/// <param name="Mapped">Pages of programs that are in memory, each instance counted.</param>
/// <param name="Program">Pages of physical memory behind them; null when the kernel hides the frames.</param>
/// <param name="MappedReadOnly">Those of <paramref name="Mapped"/> with content that no program may write to.</param>
/// <param name="ReadOnly">Pages of physical memory behind those.</param>
/// <param name="PredictedReadOnly">How many the contents of the files say it will be.</param>
/// <param name="PredictedLeast">Pages of physical memory behind all of <paramref name="Mapped"/> when no instance has a written page that is its own.</param>
/// <param name="PredictedMost">The same when each page that may be written to is its instance's own.</param>
/// <param name="Merged">Pages that the kernel has merged in these processes, from <c>ksm_stat</c>; each place counts.</param>
/// <param name="Shared">By how much <c>pages_shared</c> has grown on the whole machine.</param>
/// <param name="Sharing">By how much <c>pages_sharing</c> has grown.</param>
/// <param name="WholeBytes">All memory of the processes (<c>Pss</c>): programs, stacks, heaps, and for guests the hypervisor.</param>
/// <param name="PageTableBytes">Page tables, which <c>Pss</c> leaves out.</param>
internal sealed record DensityPoint(
    int Instances,
    int Running,
    double StartSeconds,
    double? MergeSeconds,
    bool IsSettled,
    long Mapped,
    long? Program,
    long MappedReadOnly,
    long? ReadOnly,
    long PredictedReadOnly,
    long PredictedLeast,
    long PredictedMost,
    long Merged,
    long Shared,
    long Sharing,
    long WholeBytes,
    long PageTableBytes);
