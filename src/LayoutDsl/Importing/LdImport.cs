using System;
using System.Collections.Generic;
using LayoutDsl.Diagnostics;
using LayoutDsl.Text;

namespace LayoutDsl.Importing;

/// <summary>What the files of one import have in common: mistakes, what was met, and the limits.</summary>
internal sealed class LdImport
{
    /// <summary>Deepest nesting of INCLUDE, as in GNU ld.</summary>
    public const int MaximumIncludeDepth = 10;

    /// <summary>Most files, and most characters of all together.</summary>
    public const int MaximumIncludes = 256;

    /// <summary>Most characters of a script with everything that it includes.</summary>
    public const int MaximumLength = 4 * 1024 * 1024;

    private readonly Func<string, SourceText?> resolve;
    private int includes;
    private int length;

    public LdImport(SourceText root, Func<string, SourceText?> resolve)
    {
        this.resolve = resolve;
        length = root.Content.Length;
    }

    public DiagnosticBag Bag { get; } = new();

    /// <summary>How often each feature was carried over, by GNU ld's word for it.</summary>
    public SortedDictionary<string, int> Carried { get; } = new(StringComparer.Ordinal);

    /// <summary>How often each feature was not.</summary>
    public SortedDictionary<string, int> Lost { get; } = new(StringComparer.Ordinal);

    public void Count(string feature) => Add(Carried, feature);

    public void CountLost(string feature) => Add(Lost, feature);

    /// <summary>The text of an included file; null when it is not there or a limit is reached, and then it stays an include.</summary>
    public SourceText? Resolve(string name, SourceLocation location, int depth)
    {
        SourceText? text = depth < MaximumIncludeDepth && includes < MaximumIncludes ? resolve(name) : null;
        if (text is not null) length += Math.Min(text.Content.Length, MaximumLength + 1);
        if (depth >= MaximumIncludeDepth || ++includes > MaximumIncludes || length > MaximumLength)
        {
            Bag.ReportScriptTooLarge(location, FormattableString.Invariant($"the script includes more than {MaximumIncludes} files, {MaximumIncludeDepth} levels or {MaximumLength} characters"), "does a file include itself?");
            return null;
        }

        if (text is null) Bag.ReportNotCarriedOver(location, $"the content of '{name}'", "the file is not there, so it stays an 'include' that the linker follows");
        return text;
    }

    private static void Add(SortedDictionary<string, int> counts, string feature)
    {
        if (feature.Length == 0) return;
        counts.TryGetValue(feature, out int count);
        counts[feature] = count + 1;
    }
}
