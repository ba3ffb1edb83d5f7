using System;
using System.Collections.Generic;
using LayoutDsl.Diagnostics;
using LayoutDsl.Model;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Text;

namespace LayoutDsl.Analysis.Diagnostics;

/// <summary>One method for each kind of diagnostic about files.</summary>
public static class AnalysisDiagnostics
{
    /// <summary>The system refused to read or write a file.</summary>
    public static void ReportFileAccess(this DiagnosticBag bag, SourceLocation location, string path, string problem) =>
        Report(bag, AnalysisDescriptors.FileAccess, location, $"{path}: {problem}", null);

    /// <summary>A file that breaks its format.</summary>
    public static void ReportDamagedObject(this DiagnosticBag bag, SourceLocation location, ObjectFileError error) =>
        Report(bag, AnalysisDescriptors.DamagedObject, location, FormattableString.Invariant($"{error.File}: at offset 0x{error.Offset:x}: {error.Message}"), "build the file again");

    /// <summary>A readable file of a kind that cannot stand where the layout names it.</summary>
    public static void ReportNotAnInput(this DiagnosticBag bag, SourceLocation location, string path, string problem, string hint) =>
        Report(bag, AnalysisDescriptors.NotAnInput, location, $"{path} {problem}", hint);

    /// <summary>A member that an image gets for the sake of others refers to what the image does not have.</summary>
    public static void ReportUnionUnsatisfied(this DiagnosticBag bag, SourceLocation location, string image, string member, string? needer, string symbol) =>
        Report(
            bag,
            AnalysisDescriptors.UnionUnsatisfied,
            location,
            $"'{image}' gets {member}{Since(needer)}, which refers to '{symbol}': nothing in '{image}' defines that, so there it is 0",
            $"nothing is to be done if '{image}' never gets there; 'provide symbol {symbol} = 0;' says so in the layout");

    /// <summary>A member that an image gets for the sake of others defines what the image has.</summary>
    public static void ReportUnionConflict(this DiagnosticBag bag, SourceLocation location, string image, string member, string? needer, string symbol, string other) =>
        Report(
            bag,
            AnalysisDescriptors.UnionConflict,
            location,
            $"'{image}' gets {member}{Since(needer)}, which defines '{symbol}' as {other} does",
            $"give one of them another name or a weak definition ('objcopy --weaken-symbol {symbol}'), or give '{image}' a copy of the archive as a library of its own");

    /// <summary>A member that an image gets for the sake of others replaces a definition in it.</summary>
    public static void ReportUnionChanged(this DiagnosticBag bag, SourceLocation location, string image, string symbol, string own, string member, string? needer) =>
        Report(
            bag,
            AnalysisDescriptors.UnionChanged,
            location,
            $"in '{image}' the symbol '{symbol}' is that of {member}, which it gets{Since(needer)}, and not that of {own}",
            $"if '{image}' must keep its own, give that another name, or give '{image}' a copy of the archive as a library of its own");

    private static string Since(string? needer) => needer is null ? " since other images need it" : $" since '{needer}' needs it";

    /// <summary>The linker's program is not there.</summary>
    public static void ReportLinkerNotFound(this DiagnosticBag bag, SourceLocation location, string linker) =>
        Report(bag, AnalysisDescriptors.LinkerNotFound, location, $"the linker '{linker}' cannot be started", "install binutils, or name another linker with --linker (MSBuild: LayoutLinker)");

    /// <summary>The linker ended with an error.</summary>
    public static void ReportLinkFailed(this DiagnosticBag bag, SourceLocation location, string image, string output) =>
        Report(bag, AnalysisDescriptors.LinkFailed, location, $"linking '{image}' failed: {output}", null);

    /// <summary>An image that has all that the linker gave it, since something could not be left out of it.</summary>
    public static void ReportNotTrimmed(this DiagnosticBag bag, SourceLocation location, string image, string what, string why, string wayOut) =>
        Report(bag, AnalysisDescriptors.NotTrimmed, location, $"'{image}' was linked, but {what} is still in it: {why}", "it runs as it is; " + wayOut);

    /// <summary>A folder for outputs that the build may not write to, since it does not belong to the project.</summary>
    public static void ReportOutputOutsideProject(this DiagnosticBag bag, SourceLocation location, string directory, string project) =>
        Report(bag, AnalysisDescriptors.OutputOutsideProject, location, $"outputs in '{directory}' would be outside the project '{project}'", "set LayoutScriptDirectory and LayoutImageDirectory to folders in the project");

    /// <summary>Two layouts of a project that have an output of one name.</summary>
    public static void ReportOutputTwice(this DiagnosticBag bag, SourceLocation location, string output, string first, string second) =>
        Report(bag, AnalysisDescriptors.OutputTwice, location, $"'{first}' and '{second}' both write '{output}'", $"give one a folder of its own: <LayoutFile Update=\"{second}\" ImageDirectory=\"...\" />");

    /// <summary>A slot with content has no section in the image.</summary>
    public static void ReportMissingSection(this DiagnosticBag bag, string image, string section, ulong address) =>
        Report(bag, AnalysisDescriptors.MissingSection, Of(image), FormattableString.Invariant($"the section {section}, planned at 0x{address:x}, is missing"), "link the image with the plan's script");

    /// <summary>A section that the linker put elsewhere.</summary>
    public static void ReportAddressDiffers(this DiagnosticBag bag, string image, string section, ulong planned, ulong actual) =>
        Report(bag, AnalysisDescriptors.AddressDiffers, Of(image), FormattableString.Invariant($"the section {section} is at 0x{actual:x}, planned is 0x{planned:x}"), "link the image with the plan's script");

    /// <summary>A section beyond the end of its slot.</summary>
    public static void ReportSlotOutgrown(this DiagnosticBag bag, string image, string section, ulong size, ulong reserved) =>
        Report(bag, AnalysisDescriptors.SlotOutgrown, Of(image), FormattableString.Invariant($"the section {section} has {size} bytes, its slot {reserved}"), "measure and plan again, and link all images");

    /// <summary>A section in memory that the plan does not know.</summary>
    public static void ReportUnplannedSection(this DiagnosticBag bag, string image, string section, ulong address) =>
        Report(bag, AnalysisDescriptors.UnplannedSection, Of(image), FormattableString.Invariant($"the section {section} at 0x{address:x} is not in the plan"), "link the image with the plan's script");

    /// <summary>A section whose flags differ from its plan.</summary>
    public static void ReportWrongPermissions(this DiagnosticBag bag, string image, string section, Permissions planned, Permissions actual) =>
        Report(bag, AnalysisDescriptors.WrongPermissions, Of(image), $"the section {section} is {actual.ToLetters()}, planned is {planned.ToLetters()}", "give its input sections a section with these permissions");

    /// <summary>A segment that breaks W^X.</summary>
    public static void ReportWritableAndExecutable(this DiagnosticBag bag, string image, ulong address) =>
        Report(bag, AnalysisDescriptors.WritableAndExecutable, Of(image), FormattableString.Invariant($"the segment at 0x{address:x} is writable and executable"), "link without -N and --omagic");

    /// <summary>A segment with pages that nothing is on.</summary>
    public static void ReportSegmentHole(this DiagnosticBag bag, string image, ulong address, ulong pages) =>
        Report(bag, AnalysisDescriptors.SegmentHole, Of(image), FormattableString.Invariant($"the segment that holds 0x{address:x} spans {pages} pages without content after it"), "link the image with the plan's script");

    /// <summary>An entry point that is not code.</summary>
    public static void ReportBadEntry(this DiagnosticBag bag, string image, ulong entry, string symbol) =>
        Report(bag, AnalysisDescriptors.BadEntry, Of(image), FormattableString.Invariant($"the entry point 0x{entry:x} is in no executable segment"), $"is the entry symbol '{symbol}' defined?");

    /// <summary>A planned symbol that is missing or differs.</summary>
    public static void ReportSymbolDiffers(this DiagnosticBag bag, string image, string symbol, ulong planned, ulong? actual) =>
        Report(
            bag,
            AnalysisDescriptors.SymbolDiffers,
            Of(image),
            actual is { } value ? FormattableString.Invariant($"the symbol {symbol} is 0x{value:x}, planned is 0x{planned:x}") : $"the symbol {symbol} is missing",
            "link the image with the plan's script");

    /// <summary>Two segments with common addresses.</summary>
    public static void ReportSegmentsOverlap(this DiagnosticBag bag, string image, ulong first, ulong second) =>
        Report(bag, AnalysisDescriptors.SegmentsOverlap, Of(image), FormattableString.Invariant($"the segments at 0x{first:x} and 0x{second:x} share a page"), "link the image with the plan's script");

    /// <summary>Objects of which nothing is in the image; one report for all of them.</summary>
    public static void ReportMemberDropped(this DiagnosticBag bag, string image, IReadOnlyList<string> objects)
    {
        string others = objects.Count == 1 ? "is" : FormattableString.Invariant($"and {objects.Count - 1} other planned objects are");
        Report(bag, AnalysisDescriptors.MemberDropped, Of(image), $"{objects[0]} {others} not in the image", "link with the plan's arguments ('layout link', or the .rsp file that 'layout emit' writes), which link whole archives, and without --gc-sections");
    }

    /// <summary>An input section that is not in the image, while other sections of its object are.</summary>
    public static void ReportSectionDropped(this DiagnosticBag bag, string image, string name, string section, string output, string symbol) =>
        Report(bag, AnalysisDescriptors.SectionDropped, Of(image), $"{section} of {name}, planned in {output}, was dropped: it defines {symbol}, which the image does not have", KeepHint);

    /// <summary>An output section with fewer bytes than its input sections have.</summary>
    public static void ReportContentDropped(this DiagnosticBag bag, string image, string section, ulong size, ulong least) =>
        Report(bag, AnalysisDescriptors.SectionDropped, Of(image), FormattableString.Invariant($"input sections of {section} were dropped: it has {size} bytes, they have {least}"), KeepHint);

    /// <summary>An input section that went into another section than the planned one.</summary>
    public static void ReportSectionElsewhere(this DiagnosticBag bag, string image, string name, string section, string planned, string symbol, string actual) =>
        Report(
            bag,
            AnalysisDescriptors.SectionElsewhere,
            Of(image),
            $"the selector of {section} of {name} matched nothing: {symbol} is in {actual}, planned is {planned}",
            "give the linker the files under the paths that the layout has, from its folder");

    /// <summary>An image of which something is not known to the model of the linker.</summary>
    public static void ReportNotPredicted(this DiagnosticBag bag, SourceLocation location, string what, string why) =>
        Report(bag, AnalysisDescriptors.NotPredicted, location, $"{what} cannot be predicted: {why}", "link the images and look at those: 'layout share IMAGES --layout LAYOUT'");

    /// <summary>A page of a linked image that is not as predicted: our mistake, unless the image is of another time.</summary>
    public static void ReportPredictionDiffers(this DiagnosticBag bag, string image, ulong page, string section, string difference) =>
        Report(
            bag,
            DiagnosticDescriptors.PredictionDiffers,
            Of(image),
            FormattableString.Invariant($"page 0x{page:x} ({section}) is not as predicted: {difference}"),
            "if the image was linked from this layout and these objects, this is a bug of LayoutDsl: please report it with both");

    private const string KeepHint = "link without --gc-sections, or write 'keep' at the section of the layout (KEEP in a script of your own)";

    private static SourceLocation Of(string image) => SourceLocation.OfFile(image);

    private static void Report(DiagnosticBag bag, DiagnosticDescriptor descriptor, SourceLocation location, string message, string? hint) =>
        bag.Add(new Diagnostic(descriptor, location, message, hint, default));
}
