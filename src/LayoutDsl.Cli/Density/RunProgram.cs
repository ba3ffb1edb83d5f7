using System.IO;
using LayoutDsl.Analysis.Diagnostics;
using LayoutDsl.Diagnostics;

namespace LayoutDsl.Cli.Density;

/// <summary>The program <c>layout-run</c>, which loads images into processes and keeps them.</summary>
internal static class RunProgram
{
    public const string Name = "layout-run";

    private static readonly string[] Arguments =
    [
        "-O2", "-std=gnu11", "-ffreestanding", "-fno-stack-protector", "-fcf-protection=none", "-fno-asynchronous-unwind-tables", "-fPIE", "-fvisibility=hidden",
        // At an address that the kernel chooses, far from the fixed ones of images.
        "-static-pie", "-nostdlib", "-Wl,--no-dynamic-linker", "-Wl,-z,norelro", "-s",
    ];

    /// <summary>Compiles it into a folder; null after a diagnostic.</summary>
    /// <returns>Its path.</returns>
    public static string? Build(string folder, string compiler, DiagnosticBag bag)
    {
        string path = Path.GetFullPath(Path.Combine(folder, Name));
        if (NativeProgram.Compile("", path, compiler, Arguments) is not { } problem) return path;
        bag.ReportLoaderNotBuilt(compiler, problem);
        return null;
    }
}
