using System.IO;
using System.Linq;
using LayoutDsl.Analysis.Sharing;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Link.Tests;

/// <summary>Images whose files have no padding: the same memory from smaller files.</summary>
public sealed class PackedFileTests
{
    [Fact]
    public void Packed_Images_HaveTheSameMemoryInSmallerFiles()
    {
        using var mapped = new SmallFleet();
        using var packed = new SmallFleet(SmallFleet.PackedLayout);
        Assert.Empty(mapped.Link().Diagnostics);
        Assert.Empty(packed.Link().Diagnostics);
        foreach (string name in packed.Plan().Plan.Images.Select(i => i.Name))
        {
            (ElfFile a, ElfFile b) = (Read(mapped, name), Read(packed, name));
            Assert.Equal(MemoryImage.Load(a, 4096).Pages, MemoryImage.Load(b, 4096).Pages);
            ElfSegment[] loads = b.Segments.Where(s => s.Type == ElfSegmentType.Load && s.FileSize > 0).ToArray();
            Assert.Contains(loads, s => (s.Offset - s.VirtualAddress) % 4096 != 0);

            // Before a segment there are at most the bytes that its own alignment needs.
            foreach ((ElfSegment before, ElfSegment after) in loads.Zip(loads.Skip(1))) Assert.InRange(after.Offset, before.Offset + before.FileSize, before.Offset + before.FileSize + after.Alignment);
        }
    }

    private static ElfFile Read(SmallFleet fleet, string name) => ElfFile.Read(File.ReadAllBytes(Path.Combine(fleet.Output, name + ".elf")), name);
}
