using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace LayoutDsl.ObjectFiles;

/// <summary>
/// Makes a relocatable object: a new one, or one that exists with other contents, more global symbols and other relocations (gABI: Object Files). What an existing object has
/// keeps its index, so that groups, links and symbol numbers stay true. Equal steps give equal bytes.
/// </summary>
public sealed partial class ElfObjectBuilder
{
    private const int ReservedIndices = 0xff00;

    private readonly ElfClass _class;
    private readonly ElfByteOrder _byteOrder;
    private readonly ElfMachine _machine;
    private readonly byte _osAbi;
    private readonly uint _flags;
    private readonly ElfDecoder _decoder;
    private readonly List<Section> _sections = [];
    private readonly List<Symbol> _added = [];
    private int _symbolTable;
    private int _sectionNames;
    private int _firstNewSymbol;

    /// <summary>A new object without content.</summary>
    public ElfObjectBuilder(ElfMachine machine, ElfClass elfClass, ElfByteOrder byteOrder)
        : this(machine, elfClass, byteOrder, 0, 0)
    {
        _sections.Add(new Section("", ElfSectionType.Null, ElfSectionFlags.None, default, 0));
        _sectionNames = AddTable(".shstrtab", ElfSectionType.StringTable, new byte[1], 1, 0);
        EnsureSymbolTable();
    }

    private ElfObjectBuilder(ElfMachine machine, ElfClass elfClass, ElfByteOrder byteOrder, byte osAbi, uint flags)
    {
        _machine = machine;
        _class = elfClass;
        _byteOrder = byteOrder;
        _osAbi = osAbi;
        _flags = flags;
        _decoder = new ElfDecoder(elfClass, byteOrder);
    }

    /// <summary>An object that exists, to be changed.</summary>
    /// <exception cref="ArgumentException">The file is no relocatable object.</exception>
    /// <exception cref="ObjectFileException">It has more sections than fit into the plain numbering, or is for 64-bit MIPS, whose relocations are unlike all others.</exception>
    public static ElfObjectBuilder From(ElfFile file)
    {
        if (file is null)
        {
            throw new ArgumentNullException(nameof(file));
        }

        if (file.Type != ElfFileType.Relocatable)
        {
            throw new ArgumentException("The file is no relocatable object.", nameof(file));
        }

        if (file.Sections.Count >= ReservedIndices || file.Header.SectionNameTable == 0 || (file.Machine == ElfMachine.Mips && file.Class == ElfClass.Elf64))
        {
            throw new ObjectFileException(new ObjectFileError(ObjectFileErrorCode.Unsupported, file.Name, 0, "objects with extended section numbers, without section names, or for 64-bit MIPS are not rewritten"));
        }

        var builder = new ElfObjectBuilder(file.Machine, file.Class, file.ByteOrder, file.OsAbi, file.Flags);
        builder._sections.AddRange(file.Sections.Select(s => new Section(s)));
        builder._sectionNames = file.Header.SectionNameTable;
        builder._symbolTable = file.FirstSection(ElfSectionType.SymbolTable)?.Index ?? 0;
        builder._firstNewSymbol = builder._sections[builder._symbolTable].Content.Length / builder._decoder.SymbolSize;
        return builder;
    }

    /// <summary>Adds a section with content.</summary>
    /// <returns>Its index.</returns>
    public int AddSection(string name, ElfSectionType type, ElfSectionFlags flags, ReadOnlyMemory<byte> content, ulong alignment)
    {
        _sections.Add(new Section(name, type, flags, content, alignment));
        return CheckCount(_sections.Count - 1);
    }

    /// <summary>Gives a section other content, of any size.</summary>
    public void SetContent(int section, ReadOnlyMemory<byte> content)
    {
        _sections[section].Content = content;
        _sections[section].Size = (ulong)content.Length;
    }

    /// <summary>Adds a symbol that is not local.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="binding">Global or weak: local symbols stand before all others, whose numbers would change.</param>
    /// <param name="type">What it is.</param>
    /// <param name="visibility">Who may see it.</param>
    /// <param name="section">The section that has it; 0 when it is defined elsewhere.</param>
    /// <param name="value">Where in the section.</param>
    /// <param name="size">Bytes; 0 when not known.</param>
    /// <returns>Its index.</returns>
    public int AddSymbol(string name, ElfSymbolBinding binding, ElfSymbolType type, ElfSymbolVisibility visibility, int section, ulong value, ulong size)
    {
        if (binding == ElfSymbolBinding.Local)
        {
            throw new ArgumentException("A local symbol would change the numbers of all others.", nameof(binding));
        }

        EnsureSymbolTable();
        _added.Add(new Symbol(name, (byte)(((int)binding << 4) | (int)type), (byte)visibility, (ushort)section, value, size));
        return _firstNewSymbol + _added.Count - 1;
    }

    /// <summary>Gives a relocation section other relocations, with addends of their own exactly when it had such (SHT_RELA).</summary>
    public void SetRelocations(int relocationSection, IReadOnlyList<ElfRelocation> relocations)
    {
        Section section = _sections[relocationSection];
        if (section.Type is not (ElfSectionType.Rela or ElfSectionType.Rel))
        {
            throw new ArgumentException("The section has no relocations.", nameof(relocationSection));
        }

        SetContent(relocationSection, Encode(relocations, section.Type == ElfSectionType.Rela));
    }

    /// <summary>Adds a section with the relocations of another (SHT_RELA).</summary>
    /// <returns>Its index.</returns>
    public int AddRelocations(int target, IReadOnlyList<ElfRelocation> relocations)
    {
        EnsureSymbolTable();
        int index = AddTable(".rela" + _sections[target].Name, ElfSectionType.Rela, Encode(relocations, true), (ulong)(_decoder.Is64 ? 8 : 4), (ulong)_decoder.RelaSize);
        _sections[index].Flags = ElfSectionFlags.InfoLink;
        _sections[index].Link = (uint)_symbolTable;
        _sections[index].Info = (uint)target;
        return index;
    }

    private byte[] Encode(IReadOnlyList<ElfRelocation> relocations, bool hasAddends)
    {
        var encoder = new ElfEncoder(_class, _byteOrder);
        foreach (ElfRelocation relocation in relocations)
        {
            encoder.Word(relocation.Offset);
            encoder.Word(_decoder.Is64 ? ((ulong)relocation.SymbolIndex << 32) | relocation.Type : checked(((ulong)relocation.SymbolIndex << 8) | relocation.Type));
            if (hasAddends)
            {
                encoder.Word(_decoder.Is64 ? unchecked((ulong)relocation.Addend) : unchecked((uint)relocation.Addend));
            }
        }

        return encoder.ToArray();
    }

    /// <summary>Objects without symbols have no table of them.</summary>
    private void EnsureSymbolTable()
    {
        if (_symbolTable != 0)
        {
            return;
        }

        int names = AddTable(".strtab", ElfSectionType.StringTable, new byte[1], 1, 0);
        _symbolTable = AddTable(".symtab", ElfSectionType.SymbolTable, new byte[_decoder.SymbolSize], (ulong)(_decoder.Is64 ? 8 : 4), (ulong)_decoder.SymbolSize);
        _sections[_symbolTable].Link = (uint)names;
        _sections[_symbolTable].Info = 1;
        _firstNewSymbol = 1;
    }

    private int AddTable(string name, ElfSectionType type, byte[] content, ulong alignment, ulong entrySize)
    {
        int index = AddSection(name, type, ElfSectionFlags.None, content, alignment);
        _sections[index].EntrySize = entrySize;
        return index;
    }

    private static int CheckCount(int index) => index < ReservedIndices ? index : throw new InvalidOperationException("An object has at most 65,279 sections.");

    /// <summary>A string table that names are added to; those that it has keep their places.</summary>
    private sealed class NameTable
    {
        private readonly Dictionary<string, uint> _offsets = new(StringComparer.Ordinal);
        private readonly List<byte> _bytes;

        public NameTable(ReadOnlyMemory<byte> content)
        {
            _bytes = [.. content.ToArray()];
            if (_bytes.Count == 0)
            {
                _bytes.Add(0);
            }
        }

        public uint Add(string name)
        {
            if (!_offsets.TryGetValue(name, out uint offset))
            {
                _offsets.Add(name, offset = (uint)_bytes.Count);
                _bytes.AddRange(Encoding.UTF8.GetBytes(name));
                _bytes.Add(0);
            }

            return offset;
        }

        public byte[] ToArray() => [.. _bytes];
    }

    private sealed record Symbol(string Name, byte Info, byte Other, ushort Section, ulong Value, ulong Size);

    private sealed class Section
    {
        public Section(string name, ElfSectionType type, ElfSectionFlags flags, ReadOnlyMemory<byte> content, ulong alignment)
        {
            Name = name;
            IsNew = true;
            Type = type;
            Flags = flags;
            Content = content;
            Size = (ulong)content.Length;
            Alignment = alignment;
        }

        public Section(ElfSection section)
        {
            Name = section.Name;
            NameOffset = section.NameOffset;
            Type = section.Type;
            Flags = section.Flags;
            Address = section.Address;
            Link = section.Link;
            Info = section.Info;
            Alignment = section.Alignment;
            EntrySize = section.EntrySize;
            Content = section.Data;
            Size = section.Size;
        }

        public string Name { get; }

        /// <summary>Its name is not in the table of names yet.</summary>
        public bool IsNew { get; }

        public uint NameOffset { get; set; }

        public ElfSectionType Type { get; }

        public ElfSectionFlags Flags { get; set; }

        public ulong Address { get; }

        public uint Link { get; set; }

        public uint Info { get; set; }

        public ulong Alignment { get; }

        public ulong EntrySize { get; set; }

        public ReadOnlyMemory<byte> Content { get; set; }

        public ulong Size { get; set; }
    }
}
