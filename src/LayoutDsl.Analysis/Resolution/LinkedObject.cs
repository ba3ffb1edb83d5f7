using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Resolution;

/// <summary>An object as a part of one link.</summary>
public sealed class LinkedObject
{
    internal LinkedObject(int index, LinkObject linkObject, ObjectContent content, PullCause cause, string? symbol, LinkedObject? by)
    {
        Index = index;
        Object = linkObject;
        Content = content;
        Cause = cause;
        Symbol = symbol;
        By = by;
        Slots = new int[content.Symbols.Length];
    }

    /// <summary>The place in <see cref="LinkResolution.Objects"/>.</summary>
    public int Index { get; }

    /// <summary>The object.</summary>
    public LinkObject Object { get; }

    /// <summary>The object as a file.</summary>
    public ElfFile File => Content.File;

    /// <summary>Why it is linked.</summary>
    public PullCause Cause { get; }

    /// <summary>For <see cref="PullCause.Reference"/> the symbol that was undefined.</summary>
    public string? Symbol { get; }

    /// <summary>The object that made the symbol undefined, first; null if the command line did.</summary>
    public LinkedObject? By { get; }

    internal ObjectContent Content { get; }

    /// <summary>For each symbol the global symbol that it is, if it is not local.</summary>
    internal int[] Slots { get; }

    /// <summary>For each section the object and section that replace it, if it is dropped as a duplicate; null if none is.</summary>
    internal KeptSection?[]? Replacements { get; set; }

    /// <summary>Whether a section is linked: neither a duplicate (COMDAT group, <c>.gnu.linkonce</c>) nor marked to be dropped (SHF_EXCLUDE).</summary>
    public bool IsKept(int section) => Replacement(section) is null && (File.Sections[section].Flags & ElfSectionFlags.Exclude) == 0;

    /// <summary>What is linked in place of a section that is a duplicate; null if it is none.</summary>
    public KeptSection? Replacement(int section) => Replacements?[section];

    /// <summary>The name and the reason as ld's map file has them, for debugging.</summary>
    public override string ToString() => Symbol is null ? Object.Name : $"{Object.Name} {By?.Object.Name} ({Symbol})";
}
