using System;
using System.CommandLine;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using LayoutDsl.Analysis.Adopting;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Analysis.Linking;
using LayoutDsl.Analysis.Verifying;
using LayoutDsl.Cli.Output;
using LayoutDsl.Diagnostics;
using LayoutDsl.Facts;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Planning;

namespace LayoutDsl.Cli.Commands;

/// <summary><c>layout verify</c>: compares linked images with the plan.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        Argument<string> layout = CommonOptions.Layout();
        Option<string?> facts = CommonOptions.Facts();
        Option<OutputFormat> format = CommonOptions.Format();
        Option<string> directory = CommonOptions.Directory("--images", "-i", "Folder of the images (IMAGE.elf).", "images");
        var command = new ToolCommand(
            "verify",
            "Compares every linked image with the plan: addresses, sizes, permissions, W^X, holes in segments, entry point, symbols, and whether everything is in it that was planned.",
            "layout verify fleet.layout --images out",
            "layout verify fleet.layout --images out --format json")
        { layout, directory, facts, format };
        command.SetAction((parsed, cancellation) =>
        {
            var output = new CommandOutput(parsed, parsed.GetValue(format));
            if (new LayoutSession(output).LoadPlan(parsed.GetRequiredValue(layout), parsed.GetValue(facts), null, cancellation) is { } made)
            {
                string folder = parsed.GetRequiredValue(directory);
                IReadOnlyList<RelinkedImage>? relinked = null;
                if (made.Layout.Overlay is { IsCaptured: true })
                {
                    Result<IReadOnlyList<RelinkedImage>> images = Relinking.FindImages(made.Layout, folder, cancellation);
                    output.Report(images.Diagnostics);
                    relinked = images.Value;
                }

                Verify(output, made.Plan, made.Facts, folder, relinked);
                if (relinked is not null) VerifyOriginals(output, made.Plan, relinked);
            }

            return Task.FromResult(output.Finish());
        });
        return command;
    }

    /// <summary>Compares programs that were linked again with those of the build.</summary>
    public static void VerifyOriginals(CommandOutput output, LayoutPlan plan, IReadOnlyList<RelinkedImage> images)
    {
        int same = 0;
        foreach (RelinkedImage image in images)
        {
            var bag = new DiagnosticBag();
            if (ImageFiles.Read(image.Original, bag) is { } original && ImageFiles.Read(image.Linked, bag) is { } file) OriginalVerifier.Verify(original, file, image.Bounds, image.Moved, bag);
            output.Report(bag.ToSortedArray());
            if (!bag.HasErrors) same++;
        }

        output.Json["asOriginal"] = same;
        output.Line(FormattableString.Invariant($"compared {same} of {images.Count} programs with the originals: {(same == images.Count ? "sections, segments, symbols, bounds and entry are those of the build" : "see above")}"));
    }

    /// <summary>Verifies all images of a plan in a folder.</summary>
    /// <param name="output">Takes what is found.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="facts">What was measured.</param>
    /// <param name="directory">The folder.</param>
    /// <param name="relinked">The programs of a build, when the layout is of one.</param>
    public static void Verify(CommandOutput output, LayoutPlan plan, FactsFile facts, string directory, IReadOnlyList<RelinkedImage>? relinked = null)
    {
        ILookup<string, ObjectFacts> objects = facts.Objects.ToLookup(o => o.Path, StringComparer.Ordinal);
        int correct = 0;
        var names = new List<string>();
        foreach (ImagePlan image in plan.Images)
        {
            var bag = new DiagnosticBag();
            string path = FleetLinker.GetImagePath(directory, image).Replace('\\', '/');
            if (ImageFiles.Read(path, bag) is { } file) PlanVerifier.Verify(plan, image, file, objects, bag, FindNeeded(relinked?.FirstOrDefault(r => r.Name == image.Name), bag));
            output.Report(bag.ToSortedArray());
            if (bag.HasErrors) names.Add(image.Name);
            else correct++;
        }

        output.Json["verified"] = correct;
        output.Json["different"] = new JsonArray(names.Select(n => (JsonNode)JsonValue.Create(n)!).ToArray());
        output.Line(FormattableString.Invariant($"verified {correct} of {plan.Images.Count} images: {(names.Count == 0 ? "all as planned" : "see above")}"));
    }

    /// <summary>What a program must have that the linker left nothing in that it does not need: what the original has.</summary>
    private static HashSet<string>? FindNeeded(RelinkedImage? image, DiagnosticBag bag) =>
        image is { IsCollected: true } && ImageFiles.Read(image.Original, bag) is { } original && original.TryReadSymbols(out IReadOnlyList<ElfSymbol>? symbols, out _)
            ? new HashSet<string>(symbols.Where(s => s.IsDefinedInSection).Select(s => s.Name), StringComparer.Ordinal)
            : null;
}
