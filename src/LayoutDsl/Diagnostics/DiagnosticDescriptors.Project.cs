namespace LayoutDsl.Diagnostics;

/// <content>Memory maps, and layouts of many files.</content>
public static partial class DiagnosticDescriptors
{
    /// <summary>LAY1060: Parameter is not declared.</summary>
    public static readonly DiagnosticDescriptor UnknownParameter = Error("LAY1060", "Parameter is not declared");

    /// <summary>LAY1061: Value is no number.</summary>
    public static readonly DiagnosticDescriptor BadParameterValue = Error("LAY1061", "Value of a parameter is no number");

    /// <summary>LAY1062: Group contains itself.</summary>
    public static readonly DiagnosticDescriptor CyclicGroup = Error("LAY1062", "Group contains itself");

    /// <summary>LAY2080: Addresses cannot differ here.</summary>
    public static readonly DiagnosticDescriptor AslrConflict = Error("LAY2080", "Addresses cannot differ here");

    /// <summary>LAY2081: No room to move.</summary>
    public static readonly DiagnosticDescriptor NoRoomToMove = Error("LAY2081", "No room to move");

    /// <summary>LAY2082: Images do not move when they are loaded.</summary>
    public static readonly DiagnosticDescriptor MovesAtLoad = Error("LAY2082", "Images do not move when they are loaded");

    /// <summary>LAY2083: Calls do not reach.</summary>
    public static readonly DiagnosticDescriptor RoomOutOfReach = Error("LAY2083", "Calls do not reach everything that moves");

    /// <summary>LAY2050: Assertion does not hold.</summary>
    public static readonly DiagnosticDescriptor AssertionFails = Error("LAY2050", "Assertion does not hold");
}
