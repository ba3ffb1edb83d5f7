namespace LayoutDsl.Analysis.Resolution;

/// <summary>Why an object is in a link.</summary>
public enum PullCause
{
    /// <summary>It is an input itself.</summary>
    Input,

    /// <summary>A member that defines a symbol which was undefined, or a common block.</summary>
    Reference,

    /// <summary>A member of an archive that is linked whole.</summary>
    WholeArchive,

    /// <summary>A member that was asked for: <see cref="ArchiveInput.Forced"/>.</summary>
    Forced,
}
