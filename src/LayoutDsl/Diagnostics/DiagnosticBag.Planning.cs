using System;
using LayoutDsl.Planning;
using LayoutDsl.Planning.Costs;
using LayoutDsl.Text;

namespace LayoutDsl.Diagnostics;

public sealed partial class DiagnosticBag
{
    /// <summary>No facts yet.</summary>
    public void ReportNotMeasured(SourceLocation location) =>
        Report(DiagnosticDescriptors.NotMeasured, location, "the objects of this layout were not measured: every slot is empty", "build the project once, or run 'layout measure'");

    /// <summary>A pattern without a file.</summary>
    public void ReportInputNotFound(SourceLocation location, string pattern, bool isArchive) =>
        Report(DiagnosticDescriptors.InputNotFound, location, $"\"{pattern}\" matches no {(isArchive ? "archive" : "object file")}", "build it first, or correct the path (it is relative to the layout's folder)");

    /// <summary>An input section that no section declaration takes.</summary>
    /// <param name="location">The pattern that brought the object.</param>
    /// <param name="file">The first object that has the section.</param>
    /// <param name="others">How many other objects have it.</param>
    /// <param name="section">Name of the section.</param>
    /// <param name="size">Its bytes in the first object.</param>
    /// <param name="what">What it holds.</param>
    public void ReportUnplacedSection(SourceLocation location, string file, int others, string section, ulong size, string what)
    {
        string also = others switch { 0 => "", 1 => " (and another object too)", _ => FormattableString.Invariant($" (and {others} other objects too)") };
        Report(
            DiagnosticDescriptors.UnplacedSection,
            location,
            FormattableString.Invariant($"no section of the layout takes '{section}', which {file} has{also}: {size} bytes, {what}"),
            $"add \"{section}\" to a section, or 'discard \"{section}\";'");
    }

    /// <summary>An input section in memory that does not allow what it needs.</summary>
    public void ReportPermissionMismatch(SourceLocation location, string file, string section, string needed, string target, string allowed) =>
        Report(
            DiagnosticDescriptors.PermissionMismatch,
            location,
            $"'{section}' of {file} needs {needed}, but the section '{target}' is {allowed}",
            $"give \"{section}\" a section that is {needed}");

    /// <summary>A section in a region that does not allow what it needs.</summary>
    public void ReportRegionPermissions(SourceLocation location, string section, string needed, string region, string allowed) =>
        Report(DiagnosticDescriptors.PermissionMismatch, location, $"the section '{section}' is {needed}, but the region '{region}' is {allowed}", "place it in another region, or widen the region's permissions");

    /// <summary>Bytes in a section that has none in the file.</summary>
    public void ReportContentInZeroSection(SourceLocation location, string file, string section, string target) =>
        Report(DiagnosticDescriptors.ContentInZeroSection, location, $"'{section}' of {file} has content, but the section '{target}' is 'zero'", $"give \"{section}\" a section without 'zero'");

    /// <summary>A rule without effect.</summary>
    public void ReportPatternMatchesNothing(SourceLocation location, string what) =>
        Report(DiagnosticDescriptors.PatternMatchesNothing, location, $"{what} matches nothing in any object", "correct the pattern, or remove it");

    /// <summary>An alignment rule that decides for no slot.</summary>
    public void ReportUnusedAlignmentRule(SourceLocation location, string selector) =>
        Report(DiagnosticDescriptors.PatternMatchesNothing, location, $"the rule '{selector}' decides for no slot", "more specific rules stand for all that it selects, or it selects a library's part of a table: remove it");

    /// <summary>More than a region, or the address space, can hold.</summary>
    public void ReportRegionOverflow(SourceLocation location, string problem, string hint) =>
        Report(DiagnosticDescriptors.RegionOverflow, location, problem, hint);

    /// <summary>Libraries at the same addresses, for lack of room.</summary>
    public void ReportLibrariesOverlap(SourceLocation location, AddressNeed need) => Report(
        DiagnosticDescriptors.LibrariesOverlap,
        location,
        $"'{need.Region}' is too small for all libraries at addresses of their own: those that no image has together overlap (the plan takes {AddressBudget.KiB(need.Taken)}; {need.Who} at least {AddressBudget.KiB(need.Needed)})",
        "make the region longer, so that images can take on more libraries without moving any");

    /// <summary>Two placements in one range.</summary>
    public void ReportPlacementOverlap(SourceLocation location, string problem, SourceLocation other) =>
        Report(DiagnosticDescriptors.PlacementOverlap, location, problem, "move one of them, or use 'after'", new RelatedLocation(other, "the other one"));

    /// <summary>An object that the target cannot run.</summary>
    public void ReportWrongMachine(SourceLocation location, string file, int machine, string architecture) =>
        Report(DiagnosticDescriptors.WrongMachine, location, FormattableString.Invariant($"{file} is for another machine (e_machine {machine}) than the target {architecture}"), "build it for the target, or change the target");

    /// <summary>Facts that cannot be read.</summary>
    public void ReportBadFacts(SourceLocation location, string problem) =>
        Report(DiagnosticDescriptors.BadFacts, location, $"the facts cannot be used: {problem}", "delete the file and measure again");

    /// <summary>An object that an image would get twice.</summary>
    public void ReportInputTwice(SourceLocation location, string image, string file, string first, string second) =>
        Report(DiagnosticDescriptors.InputTwice, location, $"'{image}' gets {file} from '{first}' and from '{second}'", "an object belongs to one library: remove it from the other");

    /// <summary>A library without anything to place.</summary>
    public void ReportEmptyUnit(SourceLocation location, string name) =>
        Report(DiagnosticDescriptors.EmptyUnit, location, $"'{name}' has nothing that takes memory", "are its paths right?");

    /// <summary>A rule below what the objects need.</summary>
    public void ReportAlignmentRaised(SourceLocation location, string slot, ulong rule, ulong needed) =>
        Report(DiagnosticDescriptors.AlignmentRaised, location, FormattableString.Invariant($"{slot} is aligned to {needed}, not to {rule}, since its objects need it"), "raise or remove the rule");

    /// <summary>Text that a linker script cannot carry.</summary>
    public void ReportUnwritableName(SourceLocation location, string kind, string name) =>
        Report(DiagnosticDescriptors.UnwritableName, location, $"the {kind} name '{name}' cannot be written in a linker script", "rename it: letters, digits, '_', '.', '-', '+' and '/' are safe");

    /// <summary>Images that what they do not reach cannot be dropped from.</summary>
    public void ReportUnreachedUnknown(SourceLocation location, string why) =>
        Report(DiagnosticDescriptors.UnreachedUnknown, location, $"what an image does not reach cannot be told: {why}", "write 'unreached kept', or remove the property");

    /// <summary>A program of an operating system whose file could not be mapped.</summary>
    public void ReportPackedProgram(SourceLocation location) =>
        Report(DiagnosticDescriptors.PackedProgram, location, "'file packed' is for images that a loader copies, but with 'headers' they are programs that a kernel maps", "remove one of the two");

    /// <summary>A bug of ours.</summary>
    public void ReportInternalError(SourceLocation location, string message) =>
        Report(DiagnosticDescriptors.InternalError, location, $"internal error: {message}", "please report it with the layout that causes it");
}
