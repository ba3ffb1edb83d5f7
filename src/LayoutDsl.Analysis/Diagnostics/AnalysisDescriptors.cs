using System.Collections.Generic;
using LayoutDsl.Diagnostics;

namespace LayoutDsl.Analysis.Diagnostics;

/// <summary>The kinds of diagnostics about files: reading, linking, verifying. Each has a page in <c>docs/diagnostics</c>.</summary>
public static class AnalysisDescriptors
{
    /// <summary>LAY4001: File cannot be read or written.</summary>
    public static readonly DiagnosticDescriptor FileAccess = Error("LAY4001", "File cannot be read or written");

    /// <summary>LAY4002: Damaged object file.</summary>
    public static readonly DiagnosticDescriptor DamagedObject = Error("LAY4002", "Damaged object file");

    /// <summary>LAY4003: Not an input for linking.</summary>
    public static readonly DiagnosticDescriptor NotAnInput = Error("LAY4003", "Not an input for linking");

    /// <summary>LAY4004: Linker not found.</summary>
    public static readonly DiagnosticDescriptor LinkerNotFound = Error("LAY4004", "Linker not found");

    /// <summary>LAY4005: Linking failed.</summary>
    public static readonly DiagnosticDescriptor LinkFailed = Error("LAY4005", "Linking failed");

    /// <summary>LAY4006: Output outside the project.</summary>
    public static readonly DiagnosticDescriptor OutputOutsideProject = Error("LAY4006", "Output outside the project");

    /// <summary>LAY4007: Two layouts write one file.</summary>
    public static readonly DiagnosticDescriptor OutputTwice = Error("LAY4007", "Two layouts write one file");

    /// <summary>LAY4101: Planned section is missing.</summary>
    public static readonly DiagnosticDescriptor MissingSection = Error("LAY4101", "Planned section is missing");

    /// <summary>LAY4102: Section at another address.</summary>
    public static readonly DiagnosticDescriptor AddressDiffers = Error("LAY4102", "Section at another address");

    /// <summary>LAY4103: Section larger than its slot.</summary>
    public static readonly DiagnosticDescriptor SlotOutgrown = Error("LAY4103", "Section larger than its slot");

    /// <summary>LAY4104: Section that is not in the plan.</summary>
    public static readonly DiagnosticDescriptor UnplannedSection = Error("LAY4104", "Section that is not in the plan");

    /// <summary>LAY4105: Wrong permissions.</summary>
    public static readonly DiagnosticDescriptor WrongPermissions = Error("LAY4105", "Wrong permissions");

    /// <summary>LAY4106: Writable and executable.</summary>
    public static readonly DiagnosticDescriptor WritableAndExecutable = Error("LAY4106", "Writable and executable");

    /// <summary>LAY4107: Segment spans a hole.</summary>
    public static readonly DiagnosticDescriptor SegmentHole = Error("LAY4107", "Segment spans a hole");

    /// <summary>LAY4108: Entry point outside the code.</summary>
    public static readonly DiagnosticDescriptor BadEntry = Error("LAY4108", "Entry point outside the code");

    /// <summary>LAY4109: Symbol with another value.</summary>
    public static readonly DiagnosticDescriptor SymbolDiffers = Error("LAY4109", "Symbol with another value");

    /// <summary>LAY4110: Segments overlap.</summary>
    public static readonly DiagnosticDescriptor SegmentsOverlap = Error("LAY4110", "Segments overlap");

    /// <summary>LAY4111: Image cannot be predicted.</summary>
    public static readonly DiagnosticDescriptor NotPredicted = Error("LAY4111", "Image cannot be predicted");

    /// <summary>All of them, by id.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> All { get; } = DiagnosticDescriptors.AllOf(typeof(AnalysisDescriptors));

    private static DiagnosticDescriptor Error(string id, string title) => new(id, DiagnosticSeverity.Error, title);
}
