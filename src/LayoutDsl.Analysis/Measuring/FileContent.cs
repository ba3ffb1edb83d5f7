using System;
using System.Buffers;
using System.IO;

namespace LayoutDsl.Analysis.Measuring;

/// <summary>The content of a file in a buffer that is used again when this is disposed: nothing that is kept may refer to it. Fleets have files by the thousands.</summary>
internal readonly struct FileContent : IDisposable
{
    private readonly byte[] buffer;
    private readonly int length;

    private FileContent(byte[] buffer, int length)
    {
        this.buffer = buffer;
        this.length = length;
    }

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Bytes => new(buffer, 0, length);

    /// <summary>Reads a file.</summary>
    /// <exception cref="IOException">It cannot be read, or is larger than 1 GiB.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static FileContent Read(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        long size = stream.Length;
        if (size > 1 << 30) throw new IOException("the file is larger than 1 GiB");
        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)size);
        int length = 0;
        for (int got = 1; got > 0 && length < size; length += got) got = stream.Read(buffer, length, (int)size - length);
        return new FileContent(buffer, length);
    }

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);
}
