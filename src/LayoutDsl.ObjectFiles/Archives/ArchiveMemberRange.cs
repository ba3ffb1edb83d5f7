namespace LayoutDsl.ObjectFiles;

/// <summary>Where the parts of a member are in the archive; checked to be inside it.</summary>
internal readonly struct ArchiveMemberRange
{
    public int HeaderOffset { get; init; }

    public int NameOffset { get; init; }

    public int NameLength { get; init; }

    public int DataOffset { get; init; }

    /// <summary>If not <see cref="IsContained"/>, the size of another file: any number of 10 digits.</summary>
    public ulong Size { get; init; }

    public bool IsContained { get; init; }

    public ulong? NestedOffset { get; init; }
}
