using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Link.Tests.Importing;

/// <summary>The linker scripts that this machine has, each with a linker for it.</summary>
internal static class InstalledScripts
{
    /// <summary>A script of a kind, and the linker that it is for.</summary>
    public sealed record Script(string Kind, string Path, string Linker);

    /// <summary>C libraries for firmware, each of some 350 MiB: their scripts are tried where they are installed (picolibc-arm-none-eabi, libnewlib-arm-none-eabi).</summary>
    public static IReadOnlyList<string> Optional { get; } = ["picolibc", "newlib"];

    public static IReadOnlyList<Script> Find() => OfLinkers().Concat(OfLibraries()).Concat(OfTests()).ToArray();

    /// <summary>Everything below the <c>ldscripts</c> folders.</summary>
    public static IEnumerable<Script> OfLinkers() =>
        from triple in Directory.GetDirectories("/usr/lib").Order(StringComparer.Ordinal)
        let folder = Path.Combine(triple, "ldscripts")
        where Directory.Exists(folder)
        let name = Path.GetFileName(triple)
        let linker = name + "-ld.bfd"
        let program = File.Exists("/usr/bin/" + linker) ? linker : name + "-ld"
        where File.Exists("/usr/bin/" + program)
        from path in Directory.GetFiles(folder).Order(StringComparer.Ordinal)
        select new Script("ld: " + name, path, program);

    private static IEnumerable<Script> OfLibraries()
    {
        var folders = new[] { (Optional[0], "/usr/lib/picolibc"), (Optional[1], "/usr/lib/arm-none-eabi/newlib") };
        return folders.Where(f => Directory.Exists(f.Item2) && File.Exists("/usr/bin/arm-none-eabi-ld")).SelectMany(f => Directory
            .GetFiles(f.Item2, "*.ld", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .DistinctBy(File.ReadAllText)
            .Select(p => new Script(f.Item1, p, "arm-none-eabi-ld")));
    }

    private static IEnumerable<Script> OfTests() => Directory
        .GetFiles(Repository.GetPath("tests", "LayoutDsl.Link.Tests", "Importing", "Scripts"))
        .Order(StringComparer.Ordinal)
        .Select(p => new Script("a kernel, every feature", p, "x86_64-linux-gnu-ld.bfd"));
}
