using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Link.Tests;

/// <summary>A program that GNU ld linked, before and after ranges of its memory were taken out, and what binutils and the machine say of both.</summary>
internal sealed class TrimmedProgram
{
    private readonly TemporaryFolder folder;
    private readonly string before;

    public TrimmedProgram(TemporaryFolder folder, string name, params (ulong First, ulong End)[] dropped)
    {
        (this.folder, before, Name, Dropped) = (folder, name, name + ".trimmed", dropped);
        Before = Read(before);
        byte[] bytes = ElfImageTrimmer.Trim(Before, dropped);
        Assert.Equal(bytes, ElfImageTrimmer.Trim(Read(before), dropped));
        File.Copy(folder[before], folder[Name], overwrite: true);
        File.WriteAllBytes(folder[Name], bytes);
        After = Read(Name);
    }

    public string Name { get; }

    public (ulong First, ulong End)[] Dropped { get; }

    public ElfFile Before { get; }

    public ElfFile After { get; }

    /// <summary>Whole pages from the page of a symbol on.</summary>
    public static (ulong First, ulong End) Pages(TemporaryFolder folder, string file, string symbol, ulong count = 1)
    {
        ulong first = Symbols(folder, file).Single(s => s.Name == symbol).Address;
        Assert.Equal(0UL, first % 4096);
        return (first, first + (count * 4096));
    }

    /// <summary>Nothing but the ranges is gone, from memory and from the symbols, and binutils have nothing to say against the file.</summary>
    public void Check()
    {
        CheckMemory();
        CheckSymbols();
        CheckBinutils(Name);
        Tool.Run(folder.Path, "strip", Name, "-o", Name + ".stripped");
        CheckBinutils(Name + ".stripped");
        Tool.Run(folder.Path, "objcopy", Name, Name + ".copied");
        CheckBinutils(Name + ".copied");
        Assert.Equal(Symbols(folder, Name).Order(), Symbols(folder, Name + ".copied").Order());
        Assert.Equal("", Tool.Run(folder.Path, "bash", "-c", $"objdump -dS {Name} 2>&1 >/dev/null"));
    }

    /// <summary>Program headers in ascending order, each at the first place that its address and alignment allow.</summary>
    public void CheckPadding()
    {
        ElfSegment[] loads = [.. Loads(After).Where(s => s.FileSize > 0)];
        Assert.True(loads.Length > 1);
        foreach ((ElfSegment one, ElfSegment two) in loads.Zip(loads.Skip(1)))
        {
            ulong end = one.Offset + one.FileSize;
            Assert.InRange(two.Offset, end, end + Math.Max(two.Alignment, 1) - 1);
            Assert.Equal(two.PhysicalAddress - two.VirtualAddress, Loads(Before)[0].PhysicalAddress - Loads(Before)[0].VirtualAddress);
        }
    }

    public static ElfSegment[] Loads(ElfFile file) => [.. file.Segments.Where(s => s.Type == ElfSegmentType.Load)];

    private void CheckMemory()
    {
        (ulong first, short[] old) = Memory(Before, 0, 0);
        (_, short[] made) = Memory(After, first, old.Length);

        // The headers themselves differ: the ELF header, the table, and the byte that stands for them.
        ElfSegment? headers = Loads(After).FirstOrDefault(s => s.Offset == 0 && s.FileSize > 0);
        ulong skipped = headers is null ? 0 : Math.Max(HeadersEnd(Before), HeadersEnd(After)) + 1;
        if (headers is not null) Assert.True(headers.FileSize >= HeadersEnd(After));
        for (int i = 0; i < old.Length; i++)
        {
            ulong address = first + (ulong)i;
            if (headers is not null && address >= headers.VirtualAddress && address - headers.VirtualAddress < skipped) continue;
            bool isDropped = Dropped.Any(r => r.First <= address && address < r.End);
            if (made[i] != (isDropped ? -1 : old[i])) Assert.Fail($"0x{address:x} has {made[i]}, had {old[i]}, dropped: {isDropped}");
        }
    }

    private static ulong HeadersEnd(ElfFile file) => file.Class == ElfClass.Elf64 ? 64 + (56UL * (ulong)file.Segments.Count) : 52 + (32UL * (ulong)file.Segments.Count);

    private void CheckSymbols()
    {
        (ulong Address, string Type, string Name)[] old = Symbols(folder, before);
        Assert.Equal(
            old.Where(s => s.Type is "a" or "A" || !Dropped.Any(r => r.First <= s.Address && s.Address < r.End)).Select(s => (s.Address, s.Name)),
            Symbols(folder, Name).Select(s => (s.Address, s.Name)));
    }

    private void CheckBinutils(string file)
    {
        Assert.Equal("", Tool.Run(folder.Path, "bash", "-c", $"readelf -aW {file} 2>&1 >/dev/null"));
        string text = Tool.Run(folder.Path, "readelf", "-aW", file);
        Assert.DoesNotContain("Warning", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Error", text.Replace("error", "", StringComparison.Ordinal), StringComparison.Ordinal);
        var errors = new List<ObjectFileError>();
        Read(file).Verify(errors);
        Assert.Empty(errors);
    }

    private static (ulong Address, string Type, string Name)[] Symbols(TemporaryFolder folder, string file) =>
        [.. Tool.Run(folder.Path, "nm", "-p", file).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(l => l[0] != ' ').Select(l => l.Split(' ', 3)).Select(p => (ulong.Parse(p[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture), p[1], p[2]))];

    /// <summary>Every byte of the memory of an image; -1 where it has none.</summary>
    private static (ulong First, short[] Bytes) Memory(ElfFile file, ulong first, int size)
    {
        ElfSegment[] loads = Loads(file);
        if (size == 0) first = loads.Min(s => s.VirtualAddress);
        if (size == 0) size = (int)(loads.Max(s => s.VirtualAddress + s.MemorySize) - first);
        short[] bytes = new short[size];
        Array.Fill(bytes, (short)-1);
        foreach (ElfSegment load in loads)
        {
            for (ulong i = 0; i < load.MemorySize; i++) bytes[load.VirtualAddress - first + i] = i < load.FileSize ? load.Data.Span[(int)i] : (short)0;
        }

        return (first, bytes);
    }

    private ElfFile Read(string file) => ElfFile.Read(File.ReadAllBytes(folder[file]), file);
}
