namespace LayoutDsl.ObjectFiles;

/// <summary>The header of a compressed section (gABI: Section Compression).</summary>
/// <param name="Algorithm">1 for zlib, 2 for Zstandard (ch_type).</param>
/// <param name="Size">The size of the content when decompressed, in bytes, as the file claims it (ch_size).</param>
/// <param name="Alignment">The alignment of the content when decompressed, in bytes (ch_addralign).</param>
/// <param name="HeaderSize">The size of this header, after which the compressed content begins, in bytes.</param>
public readonly record struct ElfCompressionHeader(uint Algorithm, ulong Size, ulong Alignment, int HeaderSize);
