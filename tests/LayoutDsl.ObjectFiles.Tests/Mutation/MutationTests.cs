using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit.Abstractions;

namespace LayoutDsl.ObjectFiles.Tests;

/// <summary>Damaged files end in errors as values: no exceptions, no hangs, bounded memory.</summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    private const int Seed = 20220711;
    private const int Inputs = 100_000;

    [Fact]
    public void Readers_DamagedFiles_NeitherThrowNorHangNorTakeMuchMemory()
    {
        using var folder = new TemporaryFolder();
        List<(string Name, byte[] Data)> bases = Bases(folder);
        foreach ((string name, byte[] data) in bases)
        {
            var errors = new List<ObjectFileError>();
            Assert.True(Everything.Read(data, errors) > 0, name);
            Assert.True(errors.Count == 0, $"{name}, undamaged: {errors.FirstOrDefault()}");
        }

        var watchdog = new Watchdog();
        watchdog.Run(new Mutator(Seed, [.. bases.Select(item => item.Data)]), Inputs, [.. bases.Select(item => item.Name)]);

        output.WriteLine(
            $"{watchdog.Inputs} inputs from {bases.Count} files in {watchdog.Elapsed.TotalSeconds:F1} s: {watchdog.Rejected} rejected, "
            + $"{watchdog.Crashes} crashes, {watchdog.Hangs} hangs, {watchdog.Excesses} over the memory limit; "
            + $"at most {watchdog.LargestAllocation / 1024} KiB for one input of {watchdog.Longest / 1024} KiB or less");
        output.WriteLine($"errors seen: {string.Join(", ", watchdog.Codes.Order())}");
        Assert.Empty(watchdog.Reported);
        Assert.Equal(Inputs, watchdog.Inputs);

        // Damage must be noticed often, and by every part of the readers, or the test tests nothing.
        Assert.True(watchdog.Rejected > Inputs / 3, $"only {watchdog.Rejected} inputs were rejected");
        Assert.Empty(Expected.Except(watchdog.Codes));
    }

    private static ObjectFileErrorCode[] Expected =>
    [
        ObjectFileErrorCode.NotElf, ObjectFileErrorCode.Truncated, ObjectFileErrorCode.BadHeader, ObjectFileErrorCode.TableOutOfBounds,
        ObjectFileErrorCode.BadStringOffset, ObjectFileErrorCode.BadSection, ObjectFileErrorCode.BadSegment, ObjectFileErrorCode.BadSymbol,
        ObjectFileErrorCode.BadRelocation, ObjectFileErrorCode.BadGroup, ObjectFileErrorCode.BadArchiveHeader,
        ObjectFileErrorCode.BadArchiveIndex, ObjectFileErrorCode.MemberOutOfBounds, ObjectFileErrorCode.Overlap,
    ];

    private static List<(string Name, byte[] Data)> Bases(TemporaryFolder folder)
    {
        folder.Write("sample.c", Samples.C);
        folder.Write("program.c", Samples.Program);
        folder.Write("groups.s", Samples.Groups);
        folder.Write("a_name_of_more_than_fifteen_bytes.s", Samples.AnyMachine);
        void Gcc(params string[] arguments) => Tool.Run(folder.FullPath, "gcc", arguments);
        Gcc("-c", "-g", "-gz", "-ffunction-sections", "sample.c", "-o", "sample.o");
        Gcc("-c", "groups.s", "-o", "groups.o");
        Gcc("-c", "a_name_of_more_than_fifteen_bytes.s");
        Gcc("-nostdlib", "-static", "program.c", "-o", "static.elf");
        Gcc("-nostdlib", "-shared", "-fPIC", "program.c", "-o", "shared.so");
        Gcc("-nostdlib", "-pie", "program.c", "-o", "pie.elf");
        folder.Write("hello.c", "#include <stdio.h>\nint main(void) { return puts(\"hello\"); }\n");
        Gcc("-static", "hello.c", "-o", "hello.elf");
        Tool.Run(folder.FullPath, "as", "--32", "a_name_of_more_than_fifteen_bytes.s", "-o", "word32.o");
        Tool.Run(folder.FullPath, "ar", "rc", "normal.a", "sample.o", "groups.o", "a_name_of_more_than_fifteen_bytes.o");
        Tool.Run(folder.FullPath, "ar", "rcT", "thin.a", "normal.a", "sample.o");
        string[] made = ["sample.o", "groups.o", "static.elf", "shared.so", "pie.elf", "hello.elf", "word32.o", "normal.a", "thin.a"];
        List<(string, byte[])> bases = [.. made.Select(name => (name, folder.Read(name)))];
        bases.Add(("big-endian, 32 bits", ElfShapes.Object(ElfClass.Elf32, ElfByteOrder.BigEndian).Build()));
        bases.Add(("big-endian, 64 bits", ElfShapes.Object(ElfClass.Elf64, ElfByteOrder.BigEndian, hasAddend: false).Build()));
        ElfBuilder extended = ElfShapes.Object(ElfClass.Elf64, ElfByteOrder.LittleEndian);
        extended.UsesExtendedNumbers = true;
        bases.Add(("extended numbers", extended.Build()));
        const string Libraries = "/usr/lib/x86_64-linux-gnu/";
        string[] machine = ["/usr/bin/true", Libraries + "crt1.o", Libraries + "libc_nonshared.a", Libraries + "libBrokenLocale.a", Libraries + "libz.a"];
        bases.AddRange(machine.Where(File.Exists).Select(path => (path, File.ReadAllBytes(path))));
        return bases;
    }
}
