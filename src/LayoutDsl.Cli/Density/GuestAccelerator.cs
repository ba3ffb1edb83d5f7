using System.IO;
using System.Linq;

namespace LayoutDsl.Cli.Density;

/// <summary>How QEMU runs the code of guests.</summary>
internal static class GuestAccelerator
{
    /// <summary>The values of <c>--accel</c>.</summary>
    public static readonly string[] Names = ["auto", "kvm", "tcg"];

    /// <summary>
    /// What QEMU is told. <c>auto</c> takes KVM only where the processor has the instructions for it: on a machine whose device does without them, a guest that QEMU's own translation runs in a tenth of a second had not
    /// ended after half a minute.
    /// </summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    public static string Choose(string name) => name != "auto" ? name : File.Exists("/dev/kvm") && HasVirtualization(ReadProcessor()) ? "kvm:tcg" : "tcg";

    /// <summary>Whether a processor has VT-x (<c>vmx</c>) or AMD-V (<c>svm</c>).</summary>
    /// <param name="processor">The text of <c>/proc/cpuinfo</c>.</param>
    private static bool HasVirtualization(string processor) =>
        processor.Split('\n').Where(l => l.StartsWith("flags", System.StringComparison.Ordinal)).Any(l => l.Split(' ', '\t').Any(f => f is "vmx" or "svm"));

    private static string ReadProcessor() => File.Exists("/proc/cpuinfo") ? File.ReadAllText("/proc/cpuinfo") : "";
}
