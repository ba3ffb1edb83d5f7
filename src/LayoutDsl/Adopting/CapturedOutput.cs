using LayoutDsl.Text;

namespace LayoutDsl.Adopting;

/// <summary>An output section of a captured script.</summary>
/// <param name="Name">Its name; <c>/DISCARD/</c> for what is thrown away.</param>
/// <param name="Inputs">Which input sections it takes, in the order in which GNU ld matches them.</param>
public sealed record CapturedOutput(string Name, EquatableArray<CapturedInput> Inputs);

/// <summary>A pattern of input sections in a captured script.</summary>
/// <param name="File">Pattern of file names; <c>*</c> for any.</param>
/// <param name="Section">Pattern of section names.</param>
/// <param name="IsKept">The linker may not leave it out.</param>
/// <param name="IsSorted">The script asks for an order.</param>
public sealed record CapturedInput(string File, string Section, bool IsKept, bool IsSorted)
{
    /// <summary>Whether it takes sections of a kind from wherever they come, in any order: what libraries can have slots for.</summary>
    public bool IsGeneral => File == "*" && !IsKept && !IsSorted;
}
