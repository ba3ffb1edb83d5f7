namespace LayoutDsl.ObjectFiles;

/// <summary>One thing that is wrong with a file.</summary>
/// <param name="Code">The kind of mistake, for programs.</param>
/// <param name="File">The name under which the file was read.</param>
/// <param name="Offset">Where it is, in bytes from the start of the file.</param>
/// <param name="Message">What was found and what was expected, for people; one sentence without file name and offset.</param>
public sealed record ObjectFileError(ObjectFileErrorCode Code, string File, ulong Offset, string Message)
{
    /// <summary>The error as one line: file, offset in hexadecimal, message.</summary>
    public override string ToString() => $"{File}: at 0x{Offset:x}: {Message}";
}
