using System;

namespace LayoutDsl.Planning.Blocks;

/// <summary>Names of the sections of indirection tables.</summary>
public static class TableSections
{
    /// <summary>The jumps: the same bytes in every image.</summary>
    public const string Stubs = ".text.__layout_stubs";

    /// <summary>The words of a table that a block has for itself, in layouts with data that nobody writes once the program has started.</summary>
    public const string RelroWords = ".data.rel.ro.__layout_words";

    /// <summary>The words in others: programs at fixed addresses have them ready when they are linked.</summary>
    public const string ReadOnlyWords = ".rodata.__layout_words";

    private const string PageMark = ".__layout_page";

    /// <summary>The section of a page with the tables of several libraries.</summary>
    /// <param name="isRelro">Whether the layout has data that nobody writes once the program has started.</param>
    /// <param name="number">Number of the page, from 1 on.</param>
    public static string Page(bool isRelro, int number) => FormattableString.Invariant($"{(isRelro ? ".data.rel.ro" : ".rodata")}{PageMark}{number}");

    /// <summary>Whether a section has words.</summary>
    public static bool HasWords(string section) => section is RelroWords or ReadOnlyWords || IsPage(section);

    /// <summary>Whether a section is of a page with the tables of several libraries: all blocks of an image that have a section of that name have equal pages.</summary>
    public static bool IsPage(string section) => section.IndexOf(PageMark, StringComparison.Ordinal) >= 0;

    /// <summary>The number of a page by the name of its section; null when it is none.</summary>
    public static int? PageNumber(string section)
    {
        int at = section.IndexOf(PageMark, StringComparison.Ordinal);
        return at >= 0 && int.TryParse(section.Substring(at + PageMark.Length), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int number) ? number : null;
    }
}
