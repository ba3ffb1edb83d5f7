using LayoutDsl.Text;

namespace LayoutDsl.Diagnostics;

/// <content>Memory maps, and layouts of many files.</content>
public sealed partial class DiagnosticBag
{
    /// <summary>A comparison of addresses and sizes that the plan does not satisfy.</summary>
    /// <param name="location">The comparison.</param>
    /// <param name="message">What the layout says about it.</param>
    /// <param name="values">The comparison with its values.</param>
    public void ReportAssertionFails(SourceLocation location, string message, string values) =>
        Report(DiagnosticDescriptors.AssertionFails, location, $"{message} ({values} does not hold)", "make room, or place it elsewhere");
}
