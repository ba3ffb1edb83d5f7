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

    /// <summary>LAY4008: Member needs a symbol that an image lacks.</summary>
    public static readonly DiagnosticDescriptor UnionUnsatisfied = Info("LAY4008", "Member needs a symbol that an image lacks");

    /// <summary>LAY4009: Member defines a symbol that an image has.</summary>
    public static readonly DiagnosticDescriptor UnionConflict = Warning("LAY4009", "Member defines a symbol that an image has");

    /// <summary>LAY4010: Member replaces a definition of an image.</summary>
    public static readonly DiagnosticDescriptor UnionChanged = Warning("LAY4010", "Member replaces a definition of an image");

    /// <summary>LAY4011: Image has what it does not need.</summary>
    public static readonly DiagnosticDescriptor NotTrimmed = Warning("LAY4011", "Image has what it does not need");

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

    /// <summary>LAY4112: Object is not in the image.</summary>
    public static readonly DiagnosticDescriptor MemberDropped = Error("LAY4112", "Object is not in the image");

    /// <summary>LAY4113: Input section was dropped.</summary>
    public static readonly DiagnosticDescriptor SectionDropped = Error("LAY4113", "Input section was dropped");

    /// <summary>LAY4114: Selector matched nothing.</summary>
    public static readonly DiagnosticDescriptor SectionElsewhere = Error("LAY4114", "Selector matched nothing");

    /// <summary>LAY4150: The kernel cannot merge pages.</summary>
    public static readonly DiagnosticDescriptor NoMerging = Error("LAY4150", "The kernel cannot merge pages");

    /// <summary>LAY4151: Merging is off and may not be turned on.</summary>
    public static readonly DiagnosticDescriptor MergingIsOff = Error("LAY4151", "Merging is off and may not be turned on");

    /// <summary>LAY4152: Not enough free memory.</summary>
    public static readonly DiagnosticDescriptor NotEnoughMemory = Error("LAY4152", "Not enough free memory");

    /// <summary>LAY4153: An instance ended early.</summary>
    public static readonly DiagnosticDescriptor InstanceEnded = Error("LAY4153", "An instance ended early");

    /// <summary>LAY4154: The loader cannot be compiled.</summary>
    public static readonly DiagnosticDescriptor LoaderNotBuilt = Error("LAY4154", "The loader cannot be compiled");

    /// <summary>LAY4155: Image cannot be loaded into a process.</summary>
    public static readonly DiagnosticDescriptor NotRunnable = Error("LAY4155", "Image cannot be loaded into a process");

    /// <summary>LAY4156: The kernel hides the frames of pages.</summary>
    public static readonly DiagnosticDescriptor FramesHidden = Warning("LAY4156", "The kernel hides the frames of pages");

    /// <summary>LAY4157: Merging did not come to an end.</summary>
    public static readonly DiagnosticDescriptor NotSettled = Warning("LAY4157", "Merging did not come to an end");

    /// <summary>LAY4158: Emulator not found.</summary>
    public static readonly DiagnosticDescriptor EmulatorNotFound = Error("LAY4158", "Emulator not found");

    /// <summary>LAY4159: Not a measurement.</summary>
    public static readonly DiagnosticDescriptor BadMeasurement = Error("LAY4159", "Not a measurement");

    /// <summary>LAY4160: Two images of one name.</summary>
    public static readonly DiagnosticDescriptor SameName = Error("LAY4160", "Two images of one name");

    /// <summary>LAY4500: Not a capture.</summary>
    public static readonly DiagnosticDescriptor NoCapture = Error("LAY4500", "Not a capture");

    /// <summary>LAY4501: Damaged capture.</summary>
    public static readonly DiagnosticDescriptor DamagedCapture = Error("LAY4501", "Damaged capture");

    /// <summary>LAY4502: Capture without programs.</summary>
    public static readonly DiagnosticDescriptor NoImages = Error("LAY4502", "Capture without programs");

    /// <summary>LAY4503: Object is not seen through.</summary>
    public static readonly DiagnosticDescriptor NotSeenThrough = Warning("LAY4503", "Object is not seen through");

    /// <summary>LAY4504: Cannot be adopted.</summary>
    public static readonly DiagnosticDescriptor NotAdopted = Error("LAY4504", "Cannot be adopted");

    /// <summary>LAY4505: Layout is not adopted.</summary>
    public static readonly DiagnosticDescriptor NotAdoptedYet = Error("LAY4505", "Layout is not adopted");

    /// <summary>LAY4506: Program of the build is not in the layout.</summary>
    public static readonly DiagnosticDescriptor ImageUnknown = Warning("LAY4506", "Program of the build is not in the layout");

    /// <summary>LAY4507: Edited lines were not brought up to date.</summary>
    public static readonly DiagnosticDescriptor EditKept = Warning("LAY4507", "Edited lines were not brought up to date");

    /// <summary>LAY4508: Captured images are linked again, not anew.</summary>
    public static readonly DiagnosticDescriptor NeedsRelink = Error("LAY4508", "Captured images are linked again, not anew");

    /// <summary>LAY4509: Step after the link failed.</summary>
    public static readonly DiagnosticDescriptor StepFailed = Error("LAY4509", "Step after the link failed");

    /// <summary>LAY4510: Program was changed by a step that was not captured.</summary>
    public static readonly DiagnosticDescriptor UnknownStep = Warning("LAY4510", "Program was changed by a step that was not captured");

    /// <summary>LAY4511: The capture tool cannot be compiled.</summary>
    public static readonly DiagnosticDescriptor CaptureNotBuilt = Error("LAY4511", "The capture tool cannot be compiled");

    /// <summary>LAY4512: No place for the slots of a section.</summary>
    public static readonly DiagnosticDescriptor NoAnchor = Error("LAY4512", "No place for the slots of a section");

    /// <summary>LAY4520: Segment of the build is missing.</summary>
    public static readonly DiagnosticDescriptor SegmentLost = Error("LAY4520", "Segment of the build is missing");

    /// <summary>LAY4521: Section of the build is missing or another one.</summary>
    public static readonly DiagnosticDescriptor SectionLost = Error("LAY4521", "Section of the build is missing or another one");

    /// <summary>LAY4522: Symbol of the build is missing.</summary>
    public static readonly DiagnosticDescriptor SymbolLost = Error("LAY4522", "Symbol of the build is missing");

    /// <summary>LAY4523: Symbol is on the other side of a bound.</summary>
    public static readonly DiagnosticDescriptor BoundCrossed = Error("LAY4523", "Symbol is on the other side of a bound");

    /// <summary>LAY4524: Program starts elsewhere.</summary>
    public static readonly DiagnosticDescriptor EntryLost = Error("LAY4524", "Program starts elsewhere");

    /// <summary>LAY4525: File made of a program by a step that was not captured.</summary>
    public static readonly DiagnosticDescriptor UncapturedOutput = Warning("LAY4525", "File made of a program by a step that was not captured");

    /// <summary>LAY4601: Object cannot be moved on its own.</summary>
    public static readonly DiagnosticDescriptor NotRewritable = Error("LAY4601", "Object cannot be moved on its own");

    /// <summary>LAY4602: Objects of two libraries.</summary>
    public static readonly DiagnosticDescriptor SharedInput = Error("LAY4602", "Objects of two libraries");

    /// <summary>LAY4603: Table is too large.</summary>
    public static readonly DiagnosticDescriptor TableOutOfReach = Error("LAY4603", "Table of a library is too large for its code");

    /// <summary>All of them, by id.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> All { get; } = DiagnosticDescriptors.AllOf(typeof(AnalysisDescriptors));

    private static DiagnosticDescriptor Info(string id, string title) => new(id, DiagnosticSeverity.Info, title);

    private static DiagnosticDescriptor Warning(string id, string title) => new(id, DiagnosticSeverity.Warning, title);

    private static DiagnosticDescriptor Error(string id, string title) => new(id, DiagnosticSeverity.Error, title);
}
