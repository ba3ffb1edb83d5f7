using System;
using System.IO;
using System.Linq;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Analysis.Linking;
using LayoutDsl.Analysis.Verifying;
using LayoutDsl.Diagnostics;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Planning;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Link.Tests;

public sealed class LinkingTests
{
    [Fact]
    public void Link_SmallFleet_ProgramsRun()
    {
        using var fleet = new SmallFleet();
        Result<LinkSummary> linked = fleet.Link();
        Assert.Empty(linked.Diagnostics.Select(d => d.ToString()));
        Assert.Equal(["fn1", "fn2", "fn3", "one", "two"], linked.Value!.Linked);
        Assert.Equal("count one\n", Tool.Run(fleet.Output, Path.Combine(fleet.Output, "one.elf")));
        Assert.Equal("two\n", Tool.Run(fleet.Output, Path.Combine(fleet.Output, "two.elf")));
        Assert.Equal("fn2\n", Tool.Run(fleet.Output, Path.Combine(fleet.Output, "fn2.elf")));
    }

    [Fact]
    public void Link_SecondTime_LinksNothing()
    {
        using var fleet = new SmallFleet();
        fleet.Link();
        DateTime[] before = Times(fleet);
        LinkSummary second = fleet.Link().Value!;
        Assert.Empty(second.Linked);
        Assert.Equal(5, second.UpToDate.Count);
        Assert.Equal(before, Times(fleet));
    }

    [Fact]
    public void Link_ApplicationChanged_LinksOnlyIt()
    {
        using var fleet = new SmallFleet();
        fleet.Link();
        fleet.Compile("two", SmallFleet.Program("", "print(\"TWO\\n\"); return 0;"));
        LinkSummary second = fleet.Link().Value!;
        Assert.Equal(["two"], second.Linked);
        Assert.Equal("TWO\n", Tool.Run(fleet.Output, Path.Combine(fleet.Output, "two.elf")));
    }

    [Fact]
    public void Link_ImageWasChangedByHand_LinksItAgain()
    {
        using var fleet = new SmallFleet();
        fleet.Link();
        File.AppendAllText(Path.Combine(fleet.Output, "two.elf"), "x");
        Assert.Equal(["two"], fleet.Link().Value!.Linked);
    }

    [Fact]
    public void Link_UndefinedSymbol_IsReportedAndKeepsTheOldImage()
    {
        using var fleet = new SmallFleet();
        fleet.Link();
        byte[] old = File.ReadAllBytes(Path.Combine(fleet.Output, "two.elf"));
        fleet.Compile("two", SmallFleet.Program("extern int nowhere(void);", "print(\"two\\n\"); return nowhere();"));
        Result<LinkSummary> linked = fleet.Link();
        Diagnostic error = Assert.Single(linked.Diagnostics);
        Assert.Equal("LAY4005", error.Id);
        Assert.Contains("nowhere", error.Message, StringComparison.Ordinal);
        Assert.Equal(11, error.Location.Lines.Start.Line);
        Assert.Equal(["two"], linked.Value!.Failed);
        Assert.Equal(old, File.ReadAllBytes(Path.Combine(fleet.Output, "two.elf")));
        Assert.Empty(Directory.EnumerateFiles(fleet.Output, "*.tmp"));
    }

    [Fact]
    public void Link_NoLinker_IsReported()
    {
        using var fleet = new SmallFleet();
        var (layout, facts, plan) = fleet.Plan();
        Result<LinkSummary> linked = FleetLinker.Link(layout, plan, facts, fleet.Options with { Linker = "no-such-linker" }, null, default);
        Assert.Equal("LAY4004", Assert.Single(linked.Diagnostics).Id);
    }

    [Fact]
    public void Link_FolderWithSpacesAndQuotes_Works()
    {
        using var fleet = new SmallFleet();
        var (layout, facts, plan) = fleet.Plan();
        string odd = fleet.Folder["a b'c\"d"];
        Result<LinkSummary> linked = FleetLinker.Link(layout, plan, facts, new LinkOptions(odd, odd), null, default);
        Assert.Empty(linked.Diagnostics.Select(d => d.ToString()));
        Assert.Equal("two\n", Tool.Run(odd, Path.Combine(odd, "two.elf")));
    }

    [Fact]
    public void Link_SameInputsElsewhere_GivesTheSameBytes()
    {
        using var first = new SmallFleet();
        using var second = new SmallFleet();
        first.Link();
        second.Link();
        foreach (string name in new[] { "one", "two", "fn1" })
        {
            Assert.Equal(File.ReadAllBytes(Path.Combine(first.Output, name + ".elf")), File.ReadAllBytes(Path.Combine(second.Output, name + ".elf")));
            Assert.Equal(File.ReadAllText(first.Folder[$"scripts/{name}.ld"]), File.ReadAllText(second.Folder[$"scripts/{name}.ld"]));
        }
    }

    [Theory]
    [InlineData(SmallFleet.Layout)]
    [InlineData(SmallFleet.PackedLayout)]
    public void Verify_LinkedFleet_FindsNothing(string layout)
    {
        using var fleet = new SmallFleet(layout);
        fleet.Link();
        LayoutPlan plan = fleet.Plan().Plan;
        foreach (ImagePlan image in plan.Images) Assert.Empty(Verify(plan, image, fleet).Select(d => d.ToString()));
    }

    [Fact]
    public void Verify_DefaultLink_FindsTheDifferences()
    {
        using var fleet = new SmallFleet();
        Directory.CreateDirectory(fleet.Output);
        Tool.Run(fleet.Folder["build"], "ld", "-static", "-o", "../out/one.elf", "one.o", "sys.o", "libcount.a");
        LayoutPlan plan = fleet.Plan().Plan;
        string[] ids = Verify(plan, plan.GetImage("one"), fleet).Select(d => d.Id).Distinct().ToArray();
        Assert.Contains("LAY4101", ids);
        Assert.Contains("LAY4102", ids);
        Assert.Contains("LAY4109", ids);
    }

    [Fact]
    public void Verify_ImpureImage_ReportsWritableCode()
    {
        using var fleet = new SmallFleet();
        Directory.CreateDirectory(fleet.Output);
        Tool.Run(fleet.Folder["build"], "ld", "-N", "-static", "-o", "../out/one.elf", "one.o", "sys.o", "libcount.a");
        LayoutPlan plan = fleet.Plan().Plan;
        Assert.Contains("LAY4106", Verify(plan, plan.GetImage("one"), fleet).Select(d => d.Id));
    }

    [Fact]
    public void Verify_SegmentOverAHole_IsReported()
    {
        using var fleet = new SmallFleet();
        fleet.Link();
        LayoutPlan plan = fleet.Plan().Plan;
        string script = File.ReadAllText(fleet.Folder["scripts/two.ld"]);

        // One segment for the library's code and the application's, which are pages apart.
        script = System.Text.RegularExpressions.Regex.Replace(script, ":load[1-9]", ":load0");
        script = System.Text.RegularExpressions.Regex.Replace(script, "load[1-9] PT_LOAD.*\n", "");
        script = script.Replace("load0 PT_LOAD FLAGS(5)", "load0 PT_LOAD FLAGS(7)", StringComparison.Ordinal);
        fleet.Folder.Write("scripts/two.ld", script);
        Tool.Run(fleet.Folder.Path, "ld", "@scripts/two.rsp", "-T", "scripts/two.ld", "-o", "out/two.elf");
        Assert.Contains("LAY4107", Verify(plan, plan.GetImage("two"), fleet).Select(d => d.Id));
    }

    [Fact]
    public void Verify_EntrySymbolThatNobodyDefines_IsReported()
    {
        using var fleet = new SmallFleet(SmallFleet.Layout.Replace("entry _start", "entry begin", StringComparison.Ordinal));
        fleet.Link();
        LayoutPlan plan = fleet.Plan().Plan;
        Diagnostic finding = Assert.Single(Verify(plan, plan.GetImage("two"), fleet));
        Assert.Equal(("LAY4109", "the symbol begin is missing"), (finding.Id, finding.Message));
    }

    [Fact]
    public void Verify_ArchiveThatIsNotLinkedWhole_ReportsTheMemberThatIsMissing()
    {
        using var fleet = new SmallFleet();
        fleet.Link();
        fleet.Folder.Write("scripts/fn1.rsp", File.ReadAllText(fleet.Folder["scripts/fn1.rsp"]).Replace("--whole-archive", "--no-whole-archive", StringComparison.Ordinal));
        Relink(fleet, "fn1", "-u", "add");
        LayoutPlan plan = fleet.Plan().Plan;
        Diagnostic finding = Verify(plan, plan.GetImage("fn1"), fleet).Single(d => d.Id == "LAY4112");
        Assert.Equal("build/libcount.a(name.o) is not in the image", finding.Message);
    }

    [Fact]
    public void Verify_SectionsThatTheLinkerCollected_AreReportedWithTheirSymbols()
    {
        using var fleet = new SmallFleet();
        fleet.Compile("name", "int kept(void) { return 1; } __attribute__((section(\".text.unused\"))) int unused(void) { return 2; } const char *count_name(void) { return kept() ? \"c\" : \"d\"; }");
        Tool.Run(fleet.Folder["build"], "ar", "rcs", "libcount.a", "add.o", "name.o");
        fleet.Link();
        LayoutPlan plan = fleet.Plan().Plan;
        Assert.Empty(Verify(plan, plan.GetImage("one"), fleet));
        Relink(fleet, "one", "--gc-sections");
        Diagnostic finding = Verify(plan, plan.GetImage("one"), fleet).Single(d => d.Id == "LAY4113");
        Assert.Equal(".text.unused of build/libcount.a(name.o), planned in .text.count, was dropped: it defines unused, which the image does not have", finding.Message);
    }

    [Fact]
    public void Verify_ArrayWithoutKeep_ReportsTheBytesThatAreMissing()
    {
        using var fleet = new SmallFleet();
        fleet.Compile("one", SmallFleet.Program("", "print(\"one\\n\"); return 0;") + "static const long extra[3] __attribute__((section(\".rodata.extra\"), used)) = {1, 2, 3};");
        fleet.Link();
        LayoutPlan plan = fleet.Plan().Plan;
        Assert.Empty(Verify(plan, plan.GetImage("one"), fleet));
        Relink(fleet, "one", "--gc-sections", "--strip-all");
        Assert.Contains(Verify(plan, plan.GetImage("one"), fleet), d => d.Id == "LAY4113" && d.Message.Contains("have 24", StringComparison.Ordinal));
    }

    [Fact]
    public void Verify_SelectorThatMatchesNothing_SaysWhereTheSectionWent()
    {
        using var fleet = new SmallFleet(SmallFleet.Layout + "\nheadroom { sys.text: 400%; }");
        fleet.Compile("two", SmallFleet.Program("", "print(\"two\\n\"); return 0;") + "int visible(void) { return 1; }");
        fleet.Link();
        string script = File.ReadAllText(fleet.Folder["scripts/two.ld"]);
        script = script.Replace("\"build/two.o\"(.text", "*other/two.o(.text", StringComparison.Ordinal).Replace("\"build/sys.o\"(.text", "*(.text", StringComparison.Ordinal);
        fleet.Folder.Write("scripts/two.ld", script);
        Relink(fleet, "two");
        LayoutPlan plan = fleet.Plan().Plan;
        Diagnostic finding = Verify(plan, plan.GetImage("two"), fleet).Single(d => d.Id == "LAY4114");
        Assert.Equal("the selector of .text of build/two.o matched nothing: visible is in .text.sys, planned is .text", finding.Message);
    }

    [Fact]
    public void Link_TableOfSeveralPatterns_HasRoomForTheGapsOfItsOrder()
    {
        // By file the entries take 16 bytes; pattern by pattern the second small one needs padding before the next large one.
        using var fleet = new SmallFleet(SmallFleet.Layout + "\nsection arrays (rw) { table \"first\" \"second*\" }");
        fleet.Compile("add", "int total; int steps[4] = {1, 2, 3, 4}; char a __attribute__((section(\"first\"))) = 1; long b __attribute__((section(\"second.b\"))) = 2; int add(int n) { total += steps[n & 3]; return total; }");
        fleet.Compile("name", "char c __attribute__((section(\"second.c\"))) = 3; long d __attribute__((section(\"first\"))) = 4; const char *count_name(void) { return \"count\"; }");
        Tool.Run(fleet.Folder["build"], "ar", "rcs", "libcount.a", "add.o", "name.o");
        Assert.Empty(fleet.Link().Diagnostics.Select(d => d.ToString()));
        LayoutPlan plan = fleet.Plan().Plan;
        foreach (ImagePlan image in plan.Images)
        {
            Assert.Empty(Verify(plan, image, fleet).Select(d => d.ToString()));
            ElfSection? table = ImageFiles.Read(FleetLinker.GetImagePath(fleet.Output, image), new DiagnosticBag())!.Sections.FirstOrDefault(s => s.Name == ".arrays");
            Assert.Equal(image.Slots.Single(s => s.Section == "arrays").Size, table?.Size ?? 0);
        }
    }

    [Fact]
    public void Link_MoreLinkerMadeEntriesThanReserved_IsSaidInTheWordsOfTheLayout()
    {
        using var fleet = new SmallFleet(SmallFleet.Layout + "\nsection got (rw) { table padded \".got\" \".got.plt\" reserve 16B }");
        fleet.Folder.Write("build/name.s", ".globl count_name\ncount_name: cmpq $0, add@GOTPCREL(%rip)\n cmpq $0, total@GOTPCREL(%rip)\n cmpq $0, steps@GOTPCREL(%rip)\n ret\n");
        Tool.Run(fleet.Folder["build"], "as", "name.s", "-o", "name.o");
        Tool.Run(fleet.Folder["build"], "ar", "rcs", "libcount.a", "add.o", "name.o");
        Diagnostic error = fleet.Link().Diagnostics.First();
        Assert.Equal("LAY4005", error.Id);
        Assert.Contains("the table got has more entries than its 16 bytes hold: give it a larger 'reserve' in the layout", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_GrownSection_IsReported()
    {
        using var fleet = new SmallFleet();
        LayoutPlan old = fleet.Plan().Plan;
        fleet.Compile("add", "int total; int steps[4] = {1, 2, 3, 4}; int more[400] = {1}; int add(int n) { total += steps[n & 3]; return total; }");
        Tool.Run(fleet.Folder["build"], "ar", "rcs", "libcount.a", "add.o", "name.o");
        fleet.Link();
        var bag = new DiagnosticBag();
        PlanVerifier.Verify(old, old.GetImage("one"), ImageFiles.Read(Path.Combine(fleet.Output, "one.elf"), bag)!, fleet.Plan().Facts.Objects.ToLookup(o => o.Path), bag);
        Assert.Contains("LAY4103", bag.ToSortedArray().Select(d => d.Id));
    }

    [Fact]
    public void Script_ObjectGrewSinceMeasuring_LinkerRefuses()
    {
        using var fleet = new SmallFleet();
        fleet.Link();
        fleet.Compile("sys", "int big[5000] = {1}; void print(const char *t) { (void)t; } __asm__(\".globl _start\\n_start: ret\");");
        (int code, string output) = Tool.TryRun(fleet.Folder.Path, "ld", "@scripts/two.rsp", "-T", "scripts/two.ld", "-o", "two.elf");
        Assert.NotEqual(0, code);
        Assert.Contains("sys.data has outgrown its slot", output, StringComparison.Ordinal);
    }

    private static void Relink(SmallFleet fleet, string image, params string[] more) =>
        Tool.Run(fleet.Folder.Path, "ld", [.. more, $"@scripts/{image}.rsp", "-T", $"scripts/{image}.ld", "-o", $"out/{image}.elf"]);

    private static DateTime[] Times(SmallFleet fleet) => Directory.EnumerateFiles(fleet.Output).Order().Select(File.GetLastWriteTimeUtc).ToArray();

    internal static System.Collections.Generic.IReadOnlyList<Diagnostic> Verify(LayoutPlan plan, ImagePlan image, SmallFleet fleet)
    {
        var bag = new DiagnosticBag();
        ElfFile file = ImageFiles.Read(FleetLinker.GetImagePath(fleet.Output, image), bag)!;
        PlanVerifier.Verify(plan, image, file, fleet.Plan().Facts.Objects.ToLookup(o => o.Path), bag);
        return bag.ToSortedArray();
    }
}
