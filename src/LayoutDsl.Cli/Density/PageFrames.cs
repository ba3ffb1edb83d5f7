using System;
using System.Buffers.Binary;
using System.IO;

namespace LayoutDsl.Cli.Density;

/// <summary>Which frames of physical memory stand behind addresses of a process, from <c>/proc/PID/pagemap</c> (Documentation/admin-guide/mm/pagemap.rst).</summary>
internal sealed class PageFrames : IDisposable
{
    /// <summary>Bytes of the machine's pages.</summary>
    public const ulong PageSize = 4096;

    private const ulong Present = 1UL << 63;
    private const ulong FrameMask = (1UL << 55) - 1;

    private readonly FileStream file;

    public PageFrames(int process) => file = new FileStream(FormattableString.Invariant($"/proc/{process}/pagemap"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1);

    /// <summary>The frames behind consecutive pages: 0 for a page that is not in memory, <see cref="ulong.MaxValue"/> when the kernel hides the number.</summary>
    public ulong[] Read(ulong address, int count)
    {
        var bytes = new byte[count * sizeof(ulong)];
        file.Position = (long)(address / PageSize * sizeof(ulong));
        int length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        var frames = new ulong[count];
        for (int i = 0; i < length / sizeof(ulong); i++)
        {
            ulong entry = BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(i * sizeof(ulong)));
            if ((entry & Present) == 0) continue;
            frames[i] = (entry & FrameMask) is var frame && frame == 0 ? ulong.MaxValue : frame;
        }

        return frames;
    }

    public void Dispose() => file.Dispose();
}
