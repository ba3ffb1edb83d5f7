using System;
using System.Threading;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Resolution;

/// <summary>An archive with its members as objects. One instance serves all links. May be used from several threads.</summary>
public sealed class LinkArchive
{
    private readonly LinkFiles files;
    private readonly LinkObject?[] members;
    private readonly Lazy<int[]> indexNames;

    internal LinkArchive(LinkFiles files, string path, ArchiveFile file)
    {
        this.files = files;
        Path = path;
        File = file;
        members = new LinkObject?[file.Members.Count];
        indexNames = new Lazy<int[]>(InternIndex);
    }

    /// <summary>The path of the archive.</summary>
    public string Path { get; }

    /// <summary>The archive.</summary>
    public ArchiveFile File { get; }

    /// <summary>The id of the name of each entry of the symbol index.</summary>
    internal int[] IndexNames => indexNames.Value;

    /// <summary>A member as an object; always the same instance.</summary>
    /// <param name="index">The index in <see cref="ArchiveFile.Members"/>.</param>
    public LinkObject Member(int index)
    {
        LinkObject? member = Volatile.Read(ref members[index]);
        if (member is not null) return member;
        ArchiveMember entry = File.Members[index];
        Func<ReadOnlyMemory<byte>?> source = File.IsThin ? () => files.ReadThinMember(this, entry) : () => entry.Data;
        var made = new LinkObject(files.Names, this, entry, source);
        return Interlocked.CompareExchange(ref members[index], made, null) ?? made;
    }

    private int[] InternIndex()
    {
        var ids = new int[File.SymbolIndex.Count];
        for (int i = 0; i < ids.Length; i++) ids[i] = files.Names.Add(File.SymbolIndex[i].NameBytes);
        return ids;
    }
}
