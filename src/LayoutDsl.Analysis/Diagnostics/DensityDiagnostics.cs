using System;
using LayoutDsl.Diagnostics;
using LayoutDsl.Text;

namespace LayoutDsl.Analysis.Diagnostics;

/// <summary>One method for each kind of diagnostic about images that run.</summary>
public static class DensityDiagnostics
{
    /// <summary>The kernel was built without same-page merging.</summary>
    public static void ReportNoMerging(this DiagnosticBag bag) =>
        Report(bag, AnalysisDescriptors.NoMerging, Machine, "this kernel has no same-page merging: there is no /sys/kernel/mm/ksm", "boot a kernel with CONFIG_KSM, measure the memory as it is with --merging none, or share without merging with --as pool");

    /// <summary>Merging is off, and this user may not turn it on.</summary>
    public static void ReportMergingIsOff(this DiagnosticBag bag) =>
        Report(bag, AnalysisDescriptors.MergingIsOff, Machine, "same-page merging is off, and this user may not write /sys/kernel/mm/ksm/run", "run the tool as root (sudo), or have root turn it on: echo 1 > /sys/kernel/mm/ksm/run");

    /// <summary>The instances would need more memory than is free.</summary>
    public static void ReportNotEnoughMemory(this DiagnosticBag bag, string fleet, long instances, long needed, long free) =>
        Report(bag, AnalysisDescriptors.NotEnoughMemory, SourceLocation.OfFile(fleet), FormattableString.Invariant($"{instances} instances may need {needed >> 20} MiB before their pages are merged, and {free >> 20} MiB are to be had"), "run fewer with --instances, or say --yes");

    /// <summary>An instance that was to stay has ended.</summary>
    public static void ReportInstanceEnded(this DiagnosticBag bag, SourceLocation location, int status) =>
        Report(bag, AnalysisDescriptors.InstanceEnded, location, $"it ended {Describe(status)} and could not be measured", "run it by hand to see what it says; a program stays when it ends with exit_group, a guest when it halts or resets");

    /// <summary>The system's compiler did not compile the loader.</summary>
    public static void ReportLoaderNotBuilt(this DiagnosticBag bag, string compiler, string problem) =>
        Report(bag, AnalysisDescriptors.LoaderNotBuilt, Machine, $"'{compiler}' did not compile the loader: {problem}", "install a C compiler and the kernel's headers (Debian: gcc, linux-libc-dev), or name another with --cc");

    /// <summary>An image that the loader does not take.</summary>
    public static void ReportNotRunnable(this DiagnosticBag bag, SourceLocation location, string problem) =>
        Report(bag, AnalysisDescriptors.NotRunnable, location, $"the image {problem}", "link it with -static -no-pie, or run it as a guest with --as guest");

    /// <summary>Only root sees which frames stand behind pages.</summary>
    public static void ReportFramesHidden(this DiagnosticBag bag) =>
        Report(bag, AnalysisDescriptors.FramesHidden, Machine, "the kernel hides which frames of memory stand behind pages, so physical pages of programs are not counted", "run the tool as root (sudo), or look at the whole memory only");

    /// <summary>Pages were still being merged when the time was over.</summary>
    public static void ReportNotSettled(this DiagnosticBag bag, string fleet, int instances, TimeSpan timeout) =>
        Report(bag, AnalysisDescriptors.NotSettled, SourceLocation.OfFile(fleet), FormattableString.Invariant($"pages of {instances} instances were still being merged after {timeout.TotalSeconds:0} s"), "wait longer with --timeout, or let the kernel scan faster with --scan-pages");

    /// <summary>The program that runs guests is not there.</summary>
    public static void ReportEmulatorNotFound(this DiagnosticBag bag, string program) =>
        Report(bag, AnalysisDescriptors.EmulatorNotFound, Machine, $"the emulator '{program}' cannot be started", "install it (Debian: qemu-system-x86), or name another with --qemu");

    /// <summary>A file that is not what <c>layout density --format json</c> writes.</summary>
    public static void ReportBadMeasurement(this DiagnosticBag bag, string path, string problem) =>
        Report(bag, AnalysisDescriptors.BadMeasurement, SourceLocation.OfFile(path), $"{path} is not a measurement: {problem}", "write it with 'layout density ... --format json'");

    /// <summary>Two images whose manifests would be one file.</summary>
    public static void ReportSameName(this DiagnosticBag bag, string path, string name, string first) =>
        Report(bag, AnalysisDescriptors.SameName, SourceLocation.OfFile(path), $"the pool has an image '{name}' already, from {first}", "rename one of the files");

    /// <summary>These concern no file, but where the tool runs.</summary>
    private static SourceLocation Machine => SourceLocation.OfFile("layout");

    /// <summary>A wait status in words (wait(2)): a signal in the low seven bits, else the exit code above them.</summary>
    private static string Describe(int status) => FormattableString.Invariant((status & 0x7f) != 0 ? $"by signal {status & 0x7f}" : (FormattableString)$"with status {status >> 8}");

    private static void Report(DiagnosticBag bag, DiagnosticDescriptor descriptor, SourceLocation location, string message, string? hint) =>
        bag.Add(new Diagnostic(descriptor, location, message, hint, default));
}
