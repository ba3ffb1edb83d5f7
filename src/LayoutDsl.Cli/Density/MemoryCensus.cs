using System.Collections.Generic;
using System.Linq;

namespace LayoutDsl.Cli.Density;

/// <summary>Counts the physical memory behind the pages of instances.</summary>
internal sealed class MemoryCensus
{
    private readonly RunAs runAs;
    private readonly int guestMiB;
    private readonly HashSet<ulong> frames = new();
    private readonly HashSet<ulong> readOnlyFrames = new();

    public MemoryCensus(RunAs runAs, int guestMiB)
    {
        this.runAs = runAs;
        this.guestMiB = guestMiB;
    }

    /// <summary>Pages of programs in memory, each instance counted.</summary>
    public long Mapped { get; private set; }

    /// <summary>Those with content that no program may write to.</summary>
    public long MappedReadOnly { get; private set; }

    /// <summary>Physical pages behind <see cref="Mapped"/>; null when the kernel hides them.</summary>
    public long? Program => frames.Contains(ulong.MaxValue) ? null : frames.Count;

    /// <summary>Physical pages behind <see cref="MappedReadOnly"/>; null when the kernel hides them.</summary>
    public long? ReadOnly => readOnlyFrames.Contains(ulong.MaxValue) ? null : readOnlyFrames.Count;

    /// <summary>Counts an instance.</summary>
    public void Add(Instance instance)
    {
        ulong? memory = runAs == RunAs.Guest ? FindGuestMemory(instance.Process) : null;
        if (runAs == RunAs.Guest && memory is null) return;
        HashSet<ulong> content = instance.Image.Memory.Pages.Where(p => !p.IsWritable).Select(p => p.Address).ToHashSet();
        using var file = new PageFrames(instance.Process);
        foreach (PageRange range in instance.Image.Ranges)
        {
            ulong[] found = file.Read(memory is { } start ? start + range.Physical : range.Address, range.Count);
            for (int i = 0; i < found.Length; i++)
            {
                if (found[i] == 0) continue;
                Mapped++;
                frames.Add(found[i]);
                if (!content.Contains(range.Address + ((ulong)i * PageFrames.PageSize))) continue;
                MappedReadOnly++;
                readOnlyFrames.Add(found[i]);
            }
        }
    }

    /// <summary>Where a guest's memory lies in the process of its hypervisor: the range of that size which QEMU lets the kernel merge.</summary>
    private ulong? FindGuestMemory(int process)
    {
        ulong size = (ulong)guestMiB << 20;
        MemoryRange[] found = ProcessFiles.ReadRanges(process).Where(r => r.End - r.Start >= size && r.IsMergeable).OrderBy(r => r.End - r.Start).ToArray();
        return found.Length == 0 ? null : found[0].Start;
    }
}
