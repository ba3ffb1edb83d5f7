using System.Collections.Generic;
using LayoutDsl.Text;

namespace LayoutDsl.Diagnostics;

/// <content>Memory maps, and layouts of many files.</content>
public sealed partial class DiagnosticBag
{
    /// <summary>A value from outside for a parameter that no file declares.</summary>
    public void ReportUnknownParameter(SourceLocation location, string name, IReadOnlyCollection<string> known) =>
        Report(DiagnosticDescriptors.UnknownParameter, location, $"the build gives '{name}' a value, but the layout has no such parameter", Suggestions.DidYouMean(name, known) ?? $"declare it: param {name} = \"...\";");

    /// <summary>A value from outside that is no number, for a parameter that is one.</summary>
    public void ReportBadParameterValue(SourceLocation location, string name, string value) =>
        Report(DiagnosticDescriptors.BadParameterValue, location, $"the build gives the parameter '{name}' the value '{value}', which is no number", "give it a number such as 4 or 64KiB");

    /// <summary>A group that is reached from itself.</summary>
    public void ReportCyclicGroup(SourceLocation location, string name) =>
        Report(DiagnosticDescriptors.CyclicGroup, location, $"the group '{name}' contains itself, directly or through other groups", "take one of them out");

    /// <summary>A comparison of addresses and sizes that the plan does not satisfy.</summary>
    /// <param name="location">The comparison.</param>
    /// <param name="message">What the layout says about it.</param>
    /// <param name="values">The comparison with its values.</param>
    public void ReportAssertionFails(SourceLocation location, string message, string values) =>
        Report(DiagnosticDescriptors.AssertionFails, location, $"{message} ({values} does not hold)", "make room, or place it elsewhere");
}
