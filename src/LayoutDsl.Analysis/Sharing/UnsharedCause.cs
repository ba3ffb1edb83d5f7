namespace LayoutDsl.Analysis.Sharing;

/// <summary>Why a page of a library has several contents.</summary>
public enum UnsharedKind
{
    /// <summary>What it refers to is in the application, and so elsewhere in each image.</summary>
    ApplicationSymbol,

    /// <summary>What it refers to has an address in one image and none in another.</summary>
    MissingSymbol,

    /// <summary>What it refers to is at other addresses.</summary>
    TargetMoves,

    /// <summary>It refers to an entry of a table that the linker makes, in an order of its own.</summary>
    LinkerTable,

    /// <summary>Different libraries or objects define what it refers to.</summary>
    ProviderDiffers,

    /// <summary>What it refers to is in a section that has no slot of its own in each library.</summary>
    UnslottedSection,

    /// <summary>It refers to a symbol of the script or the linker, whose value depends on the image.</summary>
    LinkerSymbol,

    /// <summary>The input sections that the bytes come from are not the same.</summary>
    InputDiffers,

    /// <summary>The page has data of several libraries, and some of the images lack one of them.</summary>
    OthersOnPage,

    /// <summary>The bytes are between input sections, or made by the compiler of the layout.</summary>
    Padding,

    /// <summary>No relocation explains the difference: the inputs differ, or the symbols do not tell.</summary>
    Unknown,
}

/// <summary>A cause, what it is about, and a way out.</summary>
/// <param name="Kind">The cause.</param>
/// <param name="From">Where the first difference is: symbol and offset.</param>
/// <param name="Target">The symbol that is referred to; empty when it is not known.</param>
/// <param name="Text">One line for people.</param>
/// <param name="Suggestion">What would make the page equal; empty when nothing is known.</param>
public sealed record UnsharedCause(UnsharedKind Kind, string From, string Target, string Text, string Suggestion);
