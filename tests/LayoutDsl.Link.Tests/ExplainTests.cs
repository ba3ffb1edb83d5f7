using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Analysis.Linking;
using LayoutDsl.Analysis.Predicting;
using LayoutDsl.Analysis.Sharing;
using LayoutDsl.Diagnostics;
using LayoutDsl.Planning;
using LayoutDsl.Tests.Support;
using LayoutDsl.Text;

namespace LayoutDsl.Link.Tests;

/// <summary>What is said of pages that are not shared is compared with a count by objdump, and its ways out are followed.</summary>
public sealed class ExplainTests
{
    /// <summary>Only code and constants have slots. The data of <c>late</c> lies behind that of <c>early</c>, which one of its two images lacks.</summary>
    private const string Layout = """
        layout Small.Fleet;
        target x86_64 { entry _start; }
        region ram (rwx) { origin 4MiB; length 64MiB; }
        section text (rx) { ".text" ".text.*" }
        section rodata (r) { ".rodata" ".rodata.*" }
        section data (rw) { table ".data" ".data.*" }
        section bss (rw) { table zero ".bss" ".bss.*" "COMMON" }
        section hooks (r) { table keep "hooks" bounds __start_hooks __stop_hooks }
        library sys { objects "build/sys.o"; }
        library early { objects "build/early.o"; }
        library late { objects "build/late.o"; }
        image one { uses sys, early; objects "build/one.o"; }
        image two { uses sys, early, late; objects "build/two.o"; }
        image three { uses sys, late; objects "build/three.o"; }
        place libraries in ram from 8MiB;
        indirect none;
        """;

    private const string Late = "int counts[8] = {1}, steps[8]; int late(int n) { counts[n & 7] += n; steps[n & 7] -= counts[(n + 1) & 7]; return counts[0] + steps[n & 3] - steps[0] + 1; } int *at(void) { return steps; }";

    [Fact]
    public void Places_OfCodeWithoutSlotsForData_AreThoseThatObjdumpCounts()
    {
        using SmallFleet fleet = Make(Late);
        Assert.Equal("", string.Join("\n", fleet.Link().Diagnostics));
        int expected = CountDifferingFields(fleet);
        UnsharedCause[] causes = Explain(fleet).SelectMany(p => p.Causes).ToArray();
        Assert.InRange(expected, 5, 100);
        Assert.Equal(expected, causes.Length);
        Assert.All(causes, c => Assert.Equal(UnsharedKind.UnslottedSection, c.Kind));
        Assert.Equal(["bss", "data"], causes.Select(c => c.Target).Distinct().Order());
    }

    /// <summary>In the linker's own script, where all but code and constants is wherever it comes to be: causes are found in the linked images.</summary>
    [Fact]
    public void Places_InTheScriptOfTheLinker_AreThoseThatObjdumpCounts()
    {
        using SmallFleet fleet = Make("""
            static int first(void) { return 1; }
            static void *resolve(void) { return (void *)first; }
            __attribute__((visibility("hidden"))) int chosen(void) __attribute__((ifunc("resolve")));
            static _Thread_local int mine; extern _Thread_local int shared; extern int own(void); extern const char _end[];
            static int counts[8] = {1}, steps[8];
            int late(int n) { mine += shared; counts[n & 7] += n; steps[n & 7] -= counts[(n + 1) & 7]; return chosen() + own() + mine + steps[n & 3] + (int)(long)_end; }
            """);
        fleet.Compile("early", """
            static int one(void) { return 1; }
            static void *resolve(void) { return (void *)one; }
            int another(void) __attribute__((ifunc("resolve")));
            _Thread_local int shared; _Thread_local long more[3] = {1};
            int before[5] = {1, 2, 3, 4, 5}, cleared[5];
            int early(int n) { return before[n] + cleared[n] + shared + more[n] + another(); }
            """);
        fleet.Compile("three", SmallFleet.Program("extern int late(int); _Thread_local int shared; int own(void) { return 1; }", "return late(1) - 2;"));
        Follow(fleet, l => l[..l.IndexOf("section data", StringComparison.Ordinal)].Replace("entry _start;", "", StringComparison.Ordinal) + "overlay default { after \".bss\"; }\n"
            + l[l.IndexOf("library sys", StringComparison.Ordinal)..].Replace("from 8MiB", "from 16MiB", StringComparison.Ordinal).Replace("indirect none;", "", StringComparison.Ordinal));
        Assert.Equal("", string.Join("\n", fleet.Link().Diagnostics));
        LayoutPlan plan = fleet.Plan().Plan;
        var images = plan.Images.Select(i => ImageFiles.Read(FleetLinker.GetImagePath(fleet.Output, i), new DiagnosticBag())!).ToDictionary(f => Path.GetFileNameWithoutExtension(f.Name), f => (f, MemoryImage.Load(f, 4096)));
        UnsharedCause[] causes = [.. LibraryCensus.Count(plan, fleet.Folder.Path, images).Single(l => l.Name == "late").Sections.Single(s => s.Section == "text").Unshared.SelectMany(p => p.Causes)];
        int expected = CountDifferingFields(fleet);
        Assert.InRange(expected, 10, 100);
        Assert.Equal(expected, causes.Length);
        string[] found = [.. causes.Select(c => $"{c.Kind} {c.Target}").Distinct().Order(StringComparer.Ordinal)];
        Assert.Equal(["ApplicationSymbol own", "ApplicationSymbol shared", "LinkerSymbol _end", "LinkerTable .iplt", "UnslottedSection .bss", "UnslottedSection .data", "UnslottedSection .tbss"], found);
    }

    [Fact]
    public void Suggestion_SlotForASection_SharesThePage()
    {
        using SmallFleet fleet = Make(Late);
        Assert.Contains("give each library a slot there: take 'table' from the section 'data' of the layout", Suggestions(fleet));
        Follow(fleet, l => l.Replace("{ table \".data\"", "{ \".data\"", StringComparison.Ordinal).Replace("{ table zero", "{ zero", StringComparison.Ordinal));
        Assert.Empty(Suggestions(fleet));
    }

    [Fact]
    public void Suggestion_IndirectFunction_SharesThePage()
    {
        using SmallFleet fleet = Make("extern int own(void); int late(int n) { return own() + n; }");
        Assert.Equal(["'indirect own;'"], Suggestions(fleet));
        Follow(fleet, l => l.Replace("indirect none;", "indirect own;", StringComparison.Ordinal));
        Assert.Empty(Suggestions(fleet));
    }

    [Fact]
    public void Suggestion_SymbolThatSomeImagesLack_SharesThePageWhenNoneHasIt()
    {
        using SmallFleet fleet = Make("__attribute__((weak)) extern int own(void); int late(int n) { return own ? own() : n; }", threeHasOwn: false);
        Assert.Contains("define 'own' in all images that have 'late', or in none", Suggestions(fleet));
        fleet.Compile("two", SmallFleet.Program("extern int late(int);", "return late(1) - 1;"));
        Assert.Empty(Suggestions(fleet));
    }

    [Fact]
    public void Suggestion_SymbolOfTheScript_SharesThePageWithAPaddedTable()
    {
        using SmallFleet fleet = Make("extern char __stop_hooks[]; char *late(int n) { return __stop_hooks + n; }");
        fleet.Compile("three", SmallFleet.Program("extern char *late(int); int own(void) { return 1; }", "return late(0) == 0;") + "static const long more __attribute__((section(\"hooks\"), used)) = 0;");
        Assert.Equal(["give '__stop_hooks' one value: a 'symbol' declaration, or a table that is 'padded'"], Suggestions(fleet));
        Follow(fleet, l => l.Replace("table keep \"hooks\"", "table padded keep \"hooks\"", StringComparison.Ordinal));
        Assert.Empty(Suggestions(fleet));
    }

    [Fact]
    public void Suggestion_OneProvider_SharesThePage()
    {
        using SmallFleet fleet = Make("extern int help(int); int late(int n) { return help(n); }");
        fleet.Compile("left", "int help(int n) { return n + 1; }");
        fleet.Compile("right", "int other(int n) { return n * 7; } int help(int n) { return 1 + n; }");
        Follow(fleet, l => l.Replace("library late", "library left { objects \"build/left.o\"; }\nlibrary right { objects \"build/right.o\"; }\nlibrary late", StringComparison.Ordinal)
            .Replace("early, late;", "early, late, left;", StringComparison.Ordinal).Replace("sys, late;", "sys, late, right;", StringComparison.Ordinal));
        Assert.Equal(["take 'help' from one library in all images"], Suggestions(fleet));
        Follow(fleet, l => l.Replace("late, right;", "late, left;", StringComparison.Ordinal));
        Assert.Empty(Suggestions(fleet));
    }

    [Fact]
    public void Suggestion_BuildTheTargetAlike_SharesThePage()
    {
        using SmallFleet fleet = MakeBuilt();
        Build(fleet, "two", "help", "int other(int n) { return n * 7; } int help(int n) { return n + 1; }");
        Build(fleet, "three", "help", "int help(int n) { return n + 1; }");
        Assert.Equal(["build the library 'built' alike for all images"], Suggestions(fleet));
        Assert.Contains(UnsharedKind.TargetMoves, Kinds(fleet));
        Build(fleet, "two", "help", "int help(int n) { return n + 1; }");
        Assert.Empty(Suggestions(fleet));
    }

    [Fact]
    public void Suggestion_BuildTheInputAlike_SharesThePage()
    {
        using SmallFleet fleet = MakeBuilt();
        Build(fleet, "two", "help", "int help(int n) { return n + 1; }");
        Build(fleet, "three", "help", "int help(int n) { return n + 2; }");
        Assert.Equal(["build the library 'built' alike for all images"], Suggestions(fleet));
        Assert.Equal([UnsharedKind.InputDiffers], Kinds(fleet));
        Build(fleet, "three", "help", "int help(int n) { return n + 1; }");
        Assert.Empty(Suggestions(fleet));
    }

    [Fact]
    public void Suggestion_RoomInTheLinkersTable_SharesThePage()
    {
        using SmallFleet fleet = Make(ThroughTable("late") + " int late(int n) { return n + 1; }");
        fleet.Compile("two", SmallFleet.Program("extern int late(int);", "return late(1) - 2;") + ThroughTable("own"));
        Follow(fleet, l => l.Replace("library sys", "section got (rw) { table \".got\" \".got.plt\" }\nlibrary sys", StringComparison.Ordinal));
        Assert.Equal(["give the linker's table room for the entries of the whole fleet: a larger 'reserve' in the section with \".got\""], Suggestions(fleet));
        Follow(fleet, l => l.Replace("\".got.plt\"", "\".got.plt\" reserve 1KiB", StringComparison.Ordinal));
        Assert.Empty(Suggestions(fleet));
    }

    /// <summary>A function and a reference to it that the linker cannot rewrite, so that it reads an entry of the linker's table.</summary>
    private static string ThroughTable(string name) => $"void {name}_target(void) {{ }} void {name}_user(void) {{ __asm__ volatile(\"cmpq $0, {name}_target@GOTPCREL(%rip)\"); }}";

    /// <summary>A fleet in which <c>late</c> calls a library that is built for each image, and that lies on the same page.</summary>
    private static SmallFleet MakeBuilt()
    {
        SmallFleet fleet = Make("extern int help(int); int late(int n) { return help(n); }");
        Follow(fleet, l => l.Replace("library late", "library built { objects \"build/{image}/help.o\"; }\nlibrary late", StringComparison.Ordinal)
            .Replace("early, late;", "early, late, built;", StringComparison.Ordinal).Replace("sys, late;", "sys, late, built;", StringComparison.Ordinal));
        return fleet;
    }

    /// <summary>Compiles an object of a library that is built for each image.</summary>
    private static void Build(SmallFleet fleet, string image, string name, string source)
    {
        fleet.Compile(name, source);
        Directory.CreateDirectory(fleet.Folder["build/" + image]);
        File.Move(fleet.Folder[$"build/{name}.o"], fleet.Folder[$"build/{image}/{name}.o"], overwrite: true);
    }

    private static SmallFleet Make(string late, bool threeHasOwn = true)
    {
        var fleet = new SmallFleet(Layout);
        fleet.Compile("early", "int before[5] = {1, 2, 3, 4, 5}, cleared[5]; int early(int n) { return before[n] + cleared[n]; }");
        fleet.Compile("late", late);
        fleet.Compile("one", SmallFleet.Program("extern int early(int);", "return early(0) - 1;"));
        fleet.Compile("two", SmallFleet.Program("extern int late(int); int square(int n) { return n * n + 3; } int own(void) { return square(0) - 2; }", "return late(1) - 2;"));
        fleet.Compile("three", SmallFleet.Program("extern int late(int);" + (threeHasOwn ? "int own(void) { return 1; }" : ""), "return late(1) - 2;"));
        return fleet;
    }

    private static void Follow(SmallFleet fleet, Func<string, string> change) => File.WriteAllText(fleet.LayoutPath, change(File.ReadAllText(fleet.LayoutPath)));

    private static IEnumerable<UnsharedPage> Explain(SmallFleet fleet)
    {
        Result<FleetPrediction> prediction = FleetPrediction.Predict(fleet.Plan().Plan, fleet.Folder.Path, SourceLocation.OfFile("fleet.layout"), null, default);
        Assert.Empty(prediction.Diagnostics.Select(d => d.ToString()));
        return LibraryCensus.Count(prediction.Value!).Single(l => l.Name == "late").Sections.Where(s => s.Section == "text").SelectMany(s => s.Unshared);
    }

    private static string[] Suggestions(SmallFleet fleet) => [.. Explain(fleet).SelectMany(p => p.Causes).Select(c => c.Suggestion).Distinct()];

    private static UnsharedKind[] Kinds(SmallFleet fleet) => [.. Explain(fleet).SelectMany(p => p.Causes).Select(c => c.Kind).Distinct()];

    /// <summary>The relocations of the library's code whose fields differ between the two images that have it.</summary>
    private static int CountDifferingFields(SmallFleet fleet)
    {
        ulong start = fleet.Plan().Plan.GetLibrary("late").Slots.Single(s => s.Section == "text").Address;
        MemoryImage[] images = [.. new[] { "two", "three" }.Select(n => MemoryImage.Load(ImageFiles.Read(Path.Combine(fleet.Output, n + ".elf"), new DiagnosticBag())!, 4096))];
        return Relocations(fleet).Count(offset => Enumerable.Range(0, 4).Any(i => images.Select(m => m.GetBytes(start & ~4095UL)[(int)(start & 4095) + offset + i]).Distinct().Count() > 1));
    }

    /// <summary>Offsets of the relocations of the library's code, as objdump lists them: <c>0000000000000004 R_X86_64_32S counts</c>.</summary>
    private static IEnumerable<int> Relocations(SmallFleet fleet) => Tool.Run(fleet.Folder["build"], "objdump", "-r", "-j", ".text", "late.o")
        .Split('\n')
        .Where(l => l.Contains(" R_X86_64_", StringComparison.Ordinal))
        .Select(l => int.Parse(l.Split(' ')[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
}
