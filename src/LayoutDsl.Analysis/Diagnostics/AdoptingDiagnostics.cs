using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Diagnostics;
using LayoutDsl.Text;

namespace LayoutDsl.Analysis.Diagnostics;

/// <summary>One method for each kind of diagnostic about builds that are adopted.</summary>
public static class AdoptingDiagnostics
{
    /// <summary>A folder that <c>layout capture</c> did not write.</summary>
    public static void ReportNoCapture(this DiagnosticBag bag, string folder) =>
        Report(bag, AnalysisDescriptors.NoCapture, SourceLocation.OfFile(folder), "this is no folder of a capture", $"capture the build first: 'layout capture -o {folder} -- make'");

    /// <summary>A file of a capture that cannot be used.</summary>
    public static void ReportDamagedCapture(this DiagnosticBag bag, string path, string problem) =>
        Report(bag, AnalysisDescriptors.DamagedCapture, SourceLocation.OfFile(path), problem, "capture the build again, from the start");

    /// <summary>No link of a capture made a program with fixed addresses, or none that was asked for.</summary>
    public static void ReportNoImages(this DiagnosticBag bag, IReadOnlyList<string> patterns) => Report(
        bag,
        AnalysisDescriptors.NoImages,
        Machine,
        patterns.Count == 0 ? "no link of the capture made a static program" : $"no link of the capture made a program that matches {string.Join(", ", patterns.Select(p => $"'{p}'"))}",
        patterns.Count == 0 ? "link with -static -no-pie, and see that the build ran from the start and with the capture's linker: 'make clean' first, or LD=CAPTURE/bin/ld, or gcc -B CAPTURE/bin" : "name programs by file name or full path; * stands for any text");

    /// <summary>An object that was linked of others is taken as it is.</summary>
    public static void ReportNotSeenThrough(this DiagnosticBag bag, string path, string problem) =>
        Report(bag, AnalysisDescriptors.NotSeenThrough, SourceLocation.OfFile(path), $"it is taken as one object, not as those that it was linked of: {problem}", "programs that have another one share none of it");

    /// <summary>Something in a build that cannot be taken over.</summary>
    public static void ReportNotAdopted(this DiagnosticBag bag, string path, string problem, string hint) =>
        Report(bag, AnalysisDescriptors.NotAdopted, SourceLocation.OfFile(path), $"it {problem}", hint);

    /// <summary>A layout whose build was never adopted here.</summary>
    public static void ReportNotAdoptedYet(this DiagnosticBag bag, string path) =>
        Report(bag, AnalysisDescriptors.NotAdoptedYet, SourceLocation.OfFile(path), "there is no such file: the layout was not adopted here", "run 'layout adopt CAPTURE... -o LAYOUT' first; for a layout that is not a build's, 'layout link'");

    /// <summary>A program that was built and is in no layout.</summary>
    public static void ReportImageUnknown(this DiagnosticBag bag, SourceLocation location, string image, string path) =>
        Report(bag, AnalysisDescriptors.ImageUnknown, location, $"the build has a program '{image}' ({path}), and the layout has no such image", "run 'layout adopt' again to take it in");

    /// <summary>Lines that were edited and would have others now.</summary>
    public static void ReportEditKept(this DiagnosticBag bag, string path, IReadOnlyList<string> refused) =>
        Report(bag, AnalysisDescriptors.EditKept, SourceLocation.OfFile(path), $"lines that you have changed were left as they are; the build would have: {string.Join(" | ", refused.Select(l => l.Trim()))}", "compare, and change them by hand where the build is right");

    /// <summary>A command for layouts was used on captured images.</summary>
    public static void ReportNeedsRelink(this DiagnosticBag bag, SourceLocation location) =>
        Report(bag, AnalysisDescriptors.NeedsRelink, location, "the scripts and command lines of these images are those of a captured build", "use 'layout relink'");

    /// <summary>A tool that works on programs failed.</summary>
    public static void ReportStepFailed(this DiagnosticBag bag, SourceLocation location, string image, string command, string problem) =>
        Report(bag, AnalysisDescriptors.StepFailed, location, $"'{image}' was linked, and then '{command}' failed: {problem}", "the program as it was linked is there; does the tool need files that the build has removed?");

    /// <summary>A program has another content than the last known tool gave it.</summary>
    public static void ReportUnknownStep(this DiagnosticBag bag, string path) =>
        Report(bag, AnalysisDescriptors.UnknownStep, SourceLocation.OfFile(path), "something changed it after the link that was not captured, and 'layout relink' does not do that", "capture the tool too: 'layout capture --tool NAME -- make', NAME as the build calls it");

    /// <summary>A file has the code of a program, and no known tool wrote it.</summary>
    public static void ReportUncapturedOutput(this DiagnosticBag bag, string path, string image) =>
        Report(bag, AnalysisDescriptors.UncapturedOutput, SourceLocation.OfFile(path), $"it has the code of '{image}', and no tool that was captured wrote it: 'layout relink' makes no such file", "have the build give the tool files by their names instead of a pipe or '>', and capture it: 'layout capture --tool NAME -- make'");

    /// <summary>The system's compiler did not compile the tool that records.</summary>
    public static void ReportCaptureNotBuilt(this DiagnosticBag bag, string compiler, string problem) =>
        Report(bag, AnalysisDescriptors.CaptureNotBuilt, Machine, $"'{compiler}' did not compile what records the build: {problem}", "install a C compiler (Debian: gcc, libc6-dev), or name another with --cc");

    /// <summary>A section of the layout that the script of an image puts nowhere.</summary>
    public static void ReportNoAnchor(this DiagnosticBag bag, SourceLocation location, string section, string image, string script) =>
        Report(bag, AnalysisDescriptors.NoAnchor, location, $"'{section}' has no place in '{image}': no output section of {script} takes one of its patterns from all files", "give it a pattern that the script has, to the letter");

    /// <summary>Memory that the original program has with other permissions, or not at all.</summary>
    public static void ReportSegmentLost(this DiagnosticBag bag, string path, string what, string? actual) =>
        Report(bag, AnalysisDescriptors.SegmentLost, SourceLocation.OfFile(path), actual is null ? $"the original has {what}, and this has not" : $"the original has {what}, and this has {actual}", Other);

    /// <summary>An output section that the original program has.</summary>
    public static void ReportSectionLost(this DiagnosticBag bag, string path, string section, string problem) =>
        Report(bag, AnalysisDescriptors.SectionLost, SourceLocation.OfFile(path), $"the section '{section}' {problem}", Other);

    /// <summary>A symbol that the original program has.</summary>
    public static void ReportSymbolLost(this DiagnosticBag bag, string path, string symbol) =>
        Report(bag, AnalysisDescriptors.SymbolLost, SourceLocation.OfFile(path), $"the original defines '{symbol}', and this does not", Other);

    /// <summary>Code or data that a script's symbol bounds in the original program, and not here.</summary>
    public static void ReportBoundCrossed(this DiagnosticBag bag, string path, string symbol, string bound, bool wasBelow, int others) => Report(
        bag,
        AnalysisDescriptors.BoundCrossed,
        SourceLocation.OfFile(path),
        $"'{symbol}' {(others > 0 ? FormattableString.Invariant($"and {others} more are") : "is")} {(wasBelow ? "below" : "at or above")} '{bound}' in the original, and {(wasBelow ? "above" : "below")} it here",
        "remove the pattern of that section from the layout, so that it stays where the script has it");

    /// <summary>The program starts at another symbol than the original.</summary>
    public static void ReportEntryLost(this DiagnosticBag bag, string path, string original, string actual) =>
        Report(bag, AnalysisDescriptors.EntryLost, SourceLocation.OfFile(path), $"the original starts at {original}, and this at {actual}", Other);

    private const string Other = "keep what the script says of it: remove the section's patterns from the layout, and report this as a fault of the tool";

    private static SourceLocation Machine => SourceLocation.OfFile("layout");

    private static void Report(DiagnosticBag bag, DiagnosticDescriptor descriptor, SourceLocation location, string message, string hint) =>
        bag.Add(new Diagnostic(descriptor, location, message, hint, default));
}
