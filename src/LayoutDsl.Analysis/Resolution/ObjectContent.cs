using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Resolution;

/// <summary>What symbol resolution needs from one object: read once, the same for every link.</summary>
internal sealed class ObjectContent
{
    private ObjectContent(ElfFile file, ElfSymbol[] symbols, int[] nameIds, LinkOnceUnit[] linkOnce)
    {
        File = file;
        Symbols = symbols;
        NameIds = nameIds;
        LinkOnce = linkOnce;
    }

    public ElfFile File { get; }

    public ElfSymbol[] Symbols { get; }

    /// <summary>The id of each symbol's name; -1 for local symbols, which take no part in resolution.</summary>
    public int[] NameIds { get; }

    /// <summary>In the order of the sections, as ld meets them.</summary>
    public LinkOnceUnit[] LinkOnce { get; }

    public static bool TryRead(
        ReadOnlyMemory<byte> data,
        string name,
        SymbolNameTable names,
        [NotNullWhen(true)] out ObjectContent? content,
        [NotNullWhen(false)] out ObjectFileError? error)
    {
        content = null;
        if (!ElfFile.TryRead(data, name, out ElfFile? file, out error)
            || !file.TryReadSymbols(out IReadOnlyList<ElfSymbol>? list, out error)
            || !file.TryReadSectionGroups(out IReadOnlyList<ElfSectionGroup>? groups, out error))
        {
            return false;
        }

        ElfSymbol[] symbols = list as ElfSymbol[] ?? list.ToArray();
        error = CheckKind(file, symbols);
        if (error is not null) return false;
        var ids = new int[symbols.Length];
        for (int i = 0; i < ids.Length; i++)
        {
            ids[i] = i == 0 || symbols[i].Binding == ElfSymbolBinding.Local ? -1 : names.Add(symbols[i].NameBytes);
        }

        content = new ObjectContent(file, symbols, ids, ReadLinkOnce(file, groups, names));
        return true;
    }

    private static ObjectFileError? CheckKind(ElfFile file, ElfSymbol[] symbols)
    {
        if (file.Type != ElfFileType.Relocatable)
        {
            return new ObjectFileError(ObjectFileErrorCode.Unsupported, file.Name, 16, $"the file is linked already (e_type {(int)file.Type}), expected a relocatable object");
        }

        // gcc -flto -fno-fat-lto-objects marks an object without machine code by a common symbol (gcc: lto-streamer-out).
        foreach (ElfSymbol symbol in symbols)
        {
            if (symbol.IsCommon && symbol.NameBytes.Span.SequenceEqual("__gnu_lto_slim"u8))
            {
                return new ObjectFileError(
                    ObjectFileErrorCode.Unsupported, file.Name, 0, "the object has intermediate code of the compiler only (LTO): compile with -ffat-lto-objects or without -flto");
            }
        }

        return null;
    }

    private static LinkOnceUnit[] ReadLinkOnce(ElfFile file, IReadOnlyList<ElfSectionGroup> groups, SymbolNameTable names)
    {
        var units = new List<LinkOnceUnit>();
        HashSet<int>? grouped = null;
        foreach (ElfSectionGroup group in groups)
        {
            grouped ??= [];
            grouped.UnionWith(group.Members);
            if (!group.IsComdat) continue;
            int key = names.Add(SignatureBytes(file, group));
            units.Add(new LinkOnceUnit(key, IsGroup: true, key, group.Section.Index, [.. group.Members]));
        }

        foreach (ElfSection section in file.Sections)
        {
            // binutils, bfd/elf.c: the name alone makes a link-once section, unless a group has it.
            if (!section.NameBytes.Span.StartsWith(".gnu.linkonce"u8) || section.Type is ElfSectionType.Rela or ElfSectionType.Rel) continue;
            if (grouped?.Contains(section.Index) == true) continue;
            units.Add(new LinkOnceUnit(names.Add(KeyOf(section.NameBytes)), IsGroup: false, names.Add(section.NameBytes), section.Index, [section.Index]));
        }

        return [.. units.OrderBy(u => u.Section)];
    }

    private static ReadOnlyMemory<byte> SignatureBytes(ElfFile file, ElfSectionGroup group)
    {
        ElfSymbol symbol = group.SignatureSymbol;
        return symbol.NameBytes.IsEmpty && symbol.Type == ElfSymbolType.Section ? file.Sections[symbol.SectionIndex].NameBytes : symbol.NameBytes;
    }

    /// <summary>The part after ".gnu.linkonce.TYPE."; a name of another form is its own key.</summary>
    private static ReadOnlyMemory<byte> KeyOf(ReadOnlyMemory<byte> name)
    {
        int prefix = ".gnu.linkonce.".Length;
        if (name.Length <= prefix || !name.Span.StartsWith(".gnu.linkonce."u8)) return name;
        int dot = name.Span.Slice(prefix).IndexOf((byte)'.');
        return dot < 0 ? name : name.Slice(prefix + dot + 1);
    }
}
