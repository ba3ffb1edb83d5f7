namespace LayoutDsl.Text;

/// <summary>A place in a file: path, span and the same span in lines and columns. A value, so that it can be cached and compared.</summary>
public sealed record SourceLocation(string Path, TextSpan Span, LineSpan Lines)
{
    /// <summary>A whole file, for a problem that has no place inside it.</summary>
    public static SourceLocation OfFile(string path) => new(path, default, default);
}
