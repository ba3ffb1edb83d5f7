using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO.Hashing;
using System.Linq;
using System.Text;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Text;

namespace LayoutDsl.Analysis.Predicting;

/// <summary>
/// The ELF header and the program headers of a predicted image of x86-64, which are at the start of its memory where a layout loads them (gABI: ELF Header, Program Header). Where the section headers
/// are, and how many, depends on the symbol and string tables and the debug information, which nothing in memory depends on: <see cref="Unknown"/>.
/// </summary>
internal static class FileHeaders
{
    private const int HeaderSize = 64;
    private const int EntrySize = 56;

    /// <summary>Fields of the ELF header that are not known: e_shoff, and e_shnum with e_shstrndx.</summary>
    public static readonly IReadOnlyList<Range> Unknown = [40..48, 60..64];

    /// <summary>Bytes of an ELF header with so many program headers.</summary>
    public static int SizeOf(int programHeaders) => HeaderSize + (EntrySize * programHeaders);

    /// <summary>How many program headers fit into so many bytes, behind the ELF header.</summary>
    public static int CountIn(ulong bytes) => bytes < HeaderSize ? 0 : (int)Math.Min((bytes - HeaderSize) / EntrySize, int.MaxValue);

    /// <summary>Makes the headers. In the fields that are not known is a number of the image, since hardly any two images have the same there.</summary>
    /// <param name="layout">Where everything is.</param>
    /// <param name="image">Name of the image.</param>
    /// <param name="pageSize">What the places of segments in the file and in memory are equal modulo (ld's <c>-z max-page-size</c>).</param>
    public static byte[] Write(ImageLayout layout, string image, ulong pageSize)
    {
        var bytes = new byte[SizeOf(layout.ProgramHeaders.Count)];
        Span<byte> header = bytes;
        new byte[] { 0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, IsGnu(layout) ? (byte)3 : (byte)0 }.CopyTo(header);
        Write16(header, 16, 2);
        Write16(header, 18, (ushort)ElfMachine.X86_64);
        Write32(header, 20, 1);
        Write64(header, 24, layout.Entry);
        Write64(header, 32, HeaderSize);
        Write64(header, 40, XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(image)));
        Write16(header, 52, HeaderSize);
        Write16(header, 54, EntrySize);
        Write16(header, 56, (ushort)layout.ProgramHeaders.Count);
        Write16(header, 58, 64);
        var offsets = new Dictionary<ModelSection, ulong>();
        ulong end = 0;
        for (int i = 0; i < layout.ProgramHeaders.Count; i++) WriteSegment(header.Slice(SizeOf(i)), layout, layout.ProgramHeaders[i], pageSize, offsets, ref end);
        return bytes;
    }

    /// <summary>Writes a program header. The segments that are loaded come first, and those that are parts of them later.</summary>
    /// <param name="target">Where.</param>
    /// <param name="layout">Where everything is.</param>
    /// <param name="header">The program header.</param>
    /// <param name="pageSize">What places in the file and in memory are equal modulo.</param>
    /// <param name="offsets">The places of sections in the file, as far as they are known.</param>
    /// <param name="end">Where the file ends so far.</param>
    private static void WriteSegment(Span<byte> target, ImageLayout layout, ScriptHeader header, ulong pageSize, Dictionary<ModelSection, ulong> offsets, ref ulong end)
    {
        Write32(target, 0, (uint)header.Type);
        Write32(target, 4, header.Flags);
        ModelSection[] sections = layout.Sections.Where(s => s.Script.Headers.Contains(header.Name) && s.Size > 0).ToArray();
        if (sections.Length == 0)
        {
            // Only the header that says how the stack is has no section: its alignment is that of a word.
            Write64(target, 48, 8);
            return;
        }

        bool isLoaded = header.Type == ElfSegmentType.Load;
        ModelSection[] inFile = sections.Where(s => s.HasContent).ToArray();
        ulong address = header.HasFileHeaders ? Alignment.AlignDown(sections[0].Address, pageSize) : sections[0].Address;
        ulong fileSize = inFile.Length == 0 ? 0 : inFile.Max(s => s.Address + s.Size) - address;
        ulong offset = address % pageSize;
        if (isLoaded && fileSize > 0)
        {
            offset = header.HasFileHeaders ? 0 : NextOffset(address, end, pageSize);
            end = offset + fileSize;
            foreach (ModelSection section in inFile) offsets[section] = offset + (section.Address - address);
        }
        else if (!isLoaded)
        {
            offset = offsets.TryGetValue(sections[0], out ulong found) ? found : NextOffset(address, end, pageSize);
        }

        // Thread-local data that is zero takes memory in the threads only.
        IEnumerable<ModelSection> inMemory = isLoaded ? sections.Where(s => s.HasContent || !s.IsThreadLocal) : sections;
        Write64(target, 8, offset);
        Write64(target, 16, address);
        Write64(target, 24, address);
        Write64(target, 32, fileSize);
        Write64(target, 40, inMemory.Select(s => s.Address + s.Size).DefaultIfEmpty(address).Max() - address);
        Write64(target, 48, isLoaded ? pageSize : sections.Max(s => s.Alignment));
    }

    /// <summary>The next place in the file that is equal to an address modulo the size of a page.</summary>
    private static ulong NextOffset(ulong address, ulong end, ulong pageSize) => end + (unchecked(address - end) % pageSize);

    /// <summary>Whether the linker marks the file as one for GNU systems: it has indirect functions or unique symbols in its symbol table (bfd: elf_gnu_osabi).</summary>
    private static bool IsGnu(ImageLayout layout) => layout.Resolution.Objects.Any(o => o.Object.Symbols.Any(s => s.IsDefinedInSection && (s.Type == ElfSymbolType.GnuIndirectFunction || s.Binding == ElfSymbolBinding.GnuUnique)));

    private static void Write16(Span<byte> target, int at, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(target.Slice(at), value);

    private static void Write32(Span<byte> target, int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(target.Slice(at), value);

    private static void Write64(Span<byte> target, int at, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(target.Slice(at), value);
}
