namespace LayoutDsl.ObjectFiles.Tests;

/// <summary>A section for <see cref="ElfBuilder"/>.</summary>
internal sealed record BuiltSection(string Name, ElfSectionType Type, byte[] Content)
{
    public ulong Flags { get; init; }

    public ulong Address { get; init; }

    public uint Link { get; init; }

    public uint Info { get; init; }

    public ulong Alignment { get; init; } = 1;

    public ulong EntrySize { get; init; }

    /// <summary>Claims another place than the content has.</summary>
    public ulong? Offset { get; init; }

    /// <summary>Claims another size than the content has.</summary>
    public ulong? Size { get; init; }

    /// <summary>Claims another place of the name.</summary>
    public uint? NameOffset { get; init; }
}
