using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Analysis.Linking;
using LayoutDsl.Analysis.Measuring;
using LayoutDsl.Analysis.Sharing;
using LayoutDsl.Analysis.Verifying;
using LayoutDsl.Diagnostics;
using LayoutDsl.Facts;
using LayoutDsl.Model;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Planning;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Link.Tests;

/// <summary>Objects in a folder that are linked by several layouts, one after the other, run and compared.</summary>
/// <param name="folder">The folder.</param>
/// <param name="linker">The linker of the machine.</param>
/// <param name="emulator">What runs its programs; null where the processor does.</param>
internal sealed class MovedFleet(TemporaryFolder folder, string linker, string? emulator)
{
    /// <summary>Measures, plans and links; none of it may have anything to say.</summary>
    public (BoundLayout Layout, FactsFile Facts, LayoutPlan Plan) Link(string text)
    {
        File.WriteAllText(folder["fleet.layout"], text);
        BoundLayout layout = LayoutFiles.Load(folder["fleet.layout"]).Bound!;
        Result<FactsFile> facts = ObjectMeasurer.Measure(layout, folder.Path, null, default);
        Assert.Empty(facts.Diagnostics.Select(d => d.ToString()));
        LayoutPlan plan = LayoutCompiler.Plan(layout, facts.Value).Value!;
        Assert.Empty(FleetLinker.Link(layout, plan, facts.Value!, new LinkOptions(folder["scripts"], folder["out"], linker), null, default).Diagnostics.Select(d => d.ToString()));
        return (layout, facts.Value!, plan);
    }

    /// <summary>What all images print.</summary>
    public string RunAll(LayoutPlan plan) =>
        string.Concat(plan.Images.Select(i => folder[$"out/{i.Name}.elf"]).Select(p => emulator is null ? Tool.Run(folder.Path, p) : Tool.Run(folder.Path, emulator, p)));

    public void AssertVerified(FactsFile facts, LayoutPlan plan)
    {
        var bag = new DiagnosticBag();
        ILookup<string, ObjectFacts> objects = facts.Objects.ToLookup(o => o.Path, StringComparer.Ordinal);
        foreach (ImagePlan image in plan.Images) PlanVerifier.Verify(plan, image, Read(image), objects, bag);
        Assert.Empty(bag.ToSortedArray().Select(d => d.ToString()));
    }

    public IReadOnlyList<LibrarySharing> Count(BoundLayout layout, LayoutPlan plan) => LibraryCensus.Count(
        plan, LayoutFiles.GetDirectory(layout), plan.Images.ToDictionary(i => i.Name, i => (Read(i), MemoryImage.Load(Read(i), plan.Page)), StringComparer.Ordinal));

    public ElfFile Read(ImagePlan image) => ElfFile.Read(File.ReadAllBytes(folder[$"out/{image.Name}.elf"]), image.Name);
}
