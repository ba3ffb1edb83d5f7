using System.Collections.Generic;

namespace LayoutDsl.ObjectFiles;

/// <summary>Sections that are kept or dropped together (gABI: Section Groups).</summary>
public sealed class ElfSectionGroup
{
    internal ElfSectionGroup(ElfSection section, uint flags, ElfSymbol signatureSymbol, IReadOnlyList<int> members)
    {
        Section = section;
        Flags = flags;
        SignatureSymbol = signatureSymbol;
        Members = members;
    }

    /// <summary>The section that describes the group.</summary>
    public ElfSection Section { get; }

    /// <summary>The first word of the group.</summary>
    public uint Flags { get; }

    /// <summary>Whether only one of all groups with the same signature is linked (GRP_COMDAT).</summary>
    public bool IsComdat => (Flags & 1) != 0;

    /// <summary>The symbol that names the group.</summary>
    public ElfSymbol SignatureSymbol { get; }

    /// <summary>
    /// The name of the signature symbol. A section symbol, by which the GNU assembler may name a group, has none of its own: then the
    /// name of its section. Decoded at each call.
    /// </summary>
    public string Signature =>
        SignatureSymbol.NameBytes.IsEmpty && SignatureSymbol.Type == ElfSymbolType.Section
            ? Section.File.Sections[SignatureSymbol.SectionIndex].Name
            : SignatureSymbol.Name;

    /// <summary>The indices of the sections of the group, in the file's order. Checked to be in range, and in no other group.</summary>
    public IReadOnlyList<int> Members { get; }
}
