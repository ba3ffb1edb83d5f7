using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Resolution;

/// <summary>
/// Opens the files of links, each once: objects, archives, and linker scripts that stand for other files (Debian's <c>libm.a</c>).
/// The links of a fleet should share one instance. May be used from several threads.
/// </summary>
public sealed class LinkFiles
{
    private readonly Func<string, ReadOnlyMemory<byte>?> read;
    private readonly ConcurrentDictionary<string, Opened> opened = new(StringComparer.Ordinal);

    /// <summary>Makes an instance that has opened nothing.</summary>
    /// <param name="read">Gives the content of a file, null if there is none; the content must not change. What it throws is not caught.</param>
    public LinkFiles(Func<string, ReadOnlyMemory<byte>?> read) => this.read = read ?? throw new ArgumentNullException(nameof(read));

    /// <summary>The names of the symbols of all its files.</summary>
    public SymbolNameTable Names { get; } = new();

    /// <summary>Opens a file by its content. An object is not read yet; an archive's headers and index are.</summary>
    /// <param name="path">The path, as the function for reading takes it.</param>
    /// <param name="inputs">What the file stands for: itself, or for a linker script the files that it names (ld manual: INPUT, GROUP).</param>
    /// <param name="error">Otherwise what is wrong.</param>
    public bool TryOpen(
        string path, [NotNullWhen(true)] out IReadOnlyList<LinkInput>? inputs, [NotNullWhen(false)] out ObjectFileError? error) =>
        TryOpen(path, [], out inputs, out error);

    /// <summary>Makes an object of content that is in memory.</summary>
    public LinkObject Object(string path, ReadOnlyMemory<byte> data) => new(Names, path, () => data);

    /// <param name="path">As for the public method.</param>
    /// <param name="scripts">The linker scripts that led here.</param>
    /// <param name="inputs">As for the public method.</param>
    /// <param name="error">As for the public method.</param>
    internal bool TryOpen(
        string path,
        IReadOnlyList<string> scripts,
        [NotNullWhen(true)] out IReadOnlyList<LinkInput>? inputs,
        [NotNullWhen(false)] out ObjectFileError? error)
    {
        // Two threads may open a file at once; all get the result that was stored first, so that an archive is one instance.
        if (!opened.TryGetValue(path, out Opened? result)) result = opened.GetOrAdd(path, Open(path, scripts));
        inputs = result.Inputs;
        error = result.Error!;
        return inputs is not null;
    }

    internal ReadOnlyMemory<byte>? ReadThinMember(LinkArchive archive, ArchiveMember member)
    {
        string path = Path.IsPathRooted(member.Name) ? member.Name : Path.Combine(Path.GetDirectoryName(archive.Path) ?? "", member.Name);
        if (member.NestedOffset is not { } offset) return read(path);

        // Opened like any archive, so that it is read once and not once per member.
        return TryOpen(path, [], out IReadOnlyList<LinkInput>? inputs, out _) && inputs is [ArchiveInput nested] ? nested.Archive.File.FindMember(offset)?.Data : null;
    }

    private Opened Open(string path, IReadOnlyList<string> scripts)
    {
        if (read(path) is not { } data)
        {
            return new Opened(null, new ObjectFileError(ObjectFileErrorCode.Truncated, path, 0, "the file does not exist"));
        }

        switch (ObjectFileKinds.Detect(data.Span))
        {
            case ObjectFileKind.Elf:
                return new Opened([new ObjectInput(Object(path, data))], null);
            case ObjectFileKind.Archive or ObjectFileKind.ThinArchive:
                return ArchiveFile.TryRead(data, path, out ArchiveFile? archive, out ObjectFileError? error)
                    ? new Opened([new ArchiveInput(new LinkArchive(this, path, archive))], null)
                    : new Opened(null, error);
            default:
                return new InputScriptReader(this, path, data, scripts).TryRead(out IReadOnlyList<LinkInput>? inputs, out ObjectFileError? problem)
                    ? new Opened(inputs, null)
                    : new Opened(null, problem);
        }
    }

    private sealed record Opened(IReadOnlyList<LinkInput>? Inputs, ObjectFileError? Error);
}
