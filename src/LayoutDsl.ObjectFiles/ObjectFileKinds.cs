using System;

namespace LayoutDsl.ObjectFiles;

/// <summary>Tells the kind of a file from its content.</summary>
public static class ObjectFileKinds
{
    internal static ReadOnlySpan<byte> ElfMagic => [0x7f, (byte)'E', (byte)'L', (byte)'F'];

    internal static ReadOnlySpan<byte> ArchiveMagic => "!<arch>\n"u8;

    internal static ReadOnlySpan<byte> ThinArchiveMagic => "!<thin>\n"u8;

    /// <summary>Looks at the first bytes only; the rest of the file may still be malformed.</summary>
    /// <param name="data">The file, or at least its first 8 bytes.</param>
    public static ObjectFileKind Detect(ReadOnlySpan<byte> data)
    {
        if (data.StartsWith(ElfMagic))
        {
            return ObjectFileKind.Elf;
        }

        if (data.StartsWith(ArchiveMagic))
        {
            return ObjectFileKind.Archive;
        }

        return data.StartsWith(ThinArchiveMagic) ? ObjectFileKind.ThinArchive : ObjectFileKind.Unknown;
    }
}
