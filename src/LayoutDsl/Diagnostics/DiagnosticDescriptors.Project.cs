namespace LayoutDsl.Diagnostics;

/// <content>Memory maps, and layouts of many files.</content>
public static partial class DiagnosticDescriptors
{
    /// <summary>LAY2050: Assertion does not hold.</summary>
    public static readonly DiagnosticDescriptor AssertionFails = Error("LAY2050", "Assertion does not hold");
}
