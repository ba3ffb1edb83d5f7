using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Resolution;

/// <summary>
/// A relocatable object that may take part in links: a file, or a member of an archive. Read when first needed and then kept, so one
/// instance should serve all links. May be used from several threads.
/// </summary>
public sealed class LinkObject
{
    private readonly object gate = new();
    private readonly SymbolNameTable names;
    private Func<ReadOnlyMemory<byte>?>? source;
    private ObjectContent? content;
    private ObjectFileError? error;

    internal LinkObject(SymbolNameTable names, string path, Func<ReadOnlyMemory<byte>?> source)
    {
        this.names = names;
        this.source = source;
        Path = path;
        MemberIndex = -1;
    }

    internal LinkObject(SymbolNameTable names, LinkArchive archive, ArchiveMember member, Func<ReadOnlyMemory<byte>?> source)
        : this(names, archive.Path, source)
    {
        Archive = archive;
        Member = member.Name;
        MemberIndex = member.Index;
    }

    /// <summary>The path of the file, for a member that of its archive.</summary>
    public string Path { get; }

    /// <summary>The archive that has it; null for a file.</summary>
    public LinkArchive? Archive { get; }

    /// <summary>The name of the archive member; null for a file. Members of one archive may have the same name.</summary>
    public string? Member { get; }

    /// <summary>The index in <see cref="ArchiveFile.Members"/>; -1 for a file.</summary>
    public int MemberIndex { get; }

    /// <summary>"path" or "path(member)", as ld names it.</summary>
    public string Name => Member is null ? Path : $"{Path}({Member})";

    /// <summary>The object.</summary>
    /// <exception cref="ObjectFileException">It is damaged or of a kind that cannot be linked; see <see cref="TryRead(out ObjectFileError?)"/>.</exception>
    public ElfFile File => Content.File;

    /// <summary>The symbols, in the order of the symbol table.</summary>
    /// <exception cref="ObjectFileException">It is damaged or of a kind that cannot be linked; see <see cref="TryRead(out ObjectFileError?)"/>.</exception>
    public IReadOnlyList<ElfSymbol> Symbols => Content.Symbols;

    internal ObjectContent Content => TryRead(out ObjectContent? read, out ObjectFileError? problem) ? read : throw new ObjectFileException(problem);

    /// <summary>Reads the object, if that was not done yet.</summary>
    /// <param name="problem">What is wrong with it, if it cannot be linked.</param>
    public bool TryRead([NotNullWhen(false)] out ObjectFileError? problem) => TryRead(out _, out problem);

    /// <summary>The name, for debugging.</summary>
    public override string ToString() => Name;

    internal bool TryRead([NotNullWhen(true)] out ObjectContent? read, [NotNullWhen(false)] out ObjectFileError? problem)
    {
        lock (gate)
        {
            if (source is not null)
            {
                Read(source());
                source = null;
            }

            read = content;
            problem = error;
            return read is not null;
        }
    }

    private void Read(ReadOnlyMemory<byte>? data)
    {
        if (data is { } bytes)
        {
            _ = ObjectContent.TryRead(bytes, Name, names, out content, out error);
        }
        else
        {
            error = new ObjectFileError(ObjectFileErrorCode.MissingThinMember, Name, 0, "the file of the thin archive's member is missing");
        }
    }
}
