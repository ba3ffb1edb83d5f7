using System;
using System.Collections.Generic;

namespace LayoutDsl.ObjectFiles;

/// <summary>
/// Takes ranges of memory out of a linked static executable (gABI: Program Loading): loaded segments and sections are cut, symbols of the ranges go, and what remains has the
/// addresses and bytes that it had, in a smaller file.
/// </summary>
public static class ElfImageTrimmer
{
    /// <summary>The executable without ranges of memory. Equal inputs give equal bytes.</summary>
    /// <remarks>
    /// A range stays, all of it, when it has bytes that another program header describes (notes, the template of thread-local storage, headers). The smallest ranges stay, those
    /// that touch counted as one, when there is no room for the headers of more parts: a table that is in memory can grow up to what lies behind it, within the first page
    /// (p_align) of its segment. A section of at most one byte that begins where the table ended stands for the headers and moves with their end.
    /// </remarks>
    /// <param name="file">An executable with fixed addresses (ET_EXEC), without dynamic symbols.</param>
    /// <param name="dropped">First address and address behind the last; ascending, not overlapping, not empty.</param>
    /// <param name="unnamed">Ranges that stay, but whose symbols go with those of the dropped ones; ascending, not overlapping, not empty. Null for none.</param>
    /// <exception cref="ArgumentException">The ranges are not as they must be.</exception>
    /// <exception cref="ObjectFileException">
    /// The file is malformed (<see cref="ElfFile.Verify"/>), is no static executable, has relocations of symbols (<c>ld --emit-relocs</c>), or uses extended numbering.
    /// </exception>
    public static byte[] Trim(ElfFile file, IReadOnlyList<(ulong First, ulong End)> dropped, IReadOnlyList<(ulong First, ulong End)>? unnamed = null)
    {
        if (file is null) throw new ArgumentNullException(nameof(file));
        if (dropped is null) throw new ArgumentNullException(nameof(dropped));
        var ranges = AddressRanges.From(dropped, nameof(dropped));
        var nameless = AddressRanges.From(unnamed ?? [], nameof(unnamed));
        TrimmedFileCheck.Check(file);
        var headers = new TrimmedHeaders(file, ranges);
        ranges = TrimmedRanges.Choose(file, headers, ranges);
        var loads = new TrimmedLoads(file, ranges);
        var segments = new TrimmedSegments(file, ranges, loads);
        if (!loads.TryPlace(headers, segments.Count)) throw Refuse(file, ObjectFileErrorCode.TooLarge, "the alignment of its segments (p_align) would make the result much larger than the file");
        var sections = new TrimmedSections(file, ranges, headers, headers.Shift(segments.Count));
        return new TrimmedFile(file, headers, loads, segments, sections).Write(ranges, nameless);
    }

    internal static ObjectFileException Unsupported(ElfFile file, string message) => Refuse(file, ObjectFileErrorCode.Unsupported, message);

    internal static ObjectFileException Refuse(ElfFile file, ObjectFileErrorCode code, string message) => new(new ObjectFileError(code, file.Name, 0, message));
}
