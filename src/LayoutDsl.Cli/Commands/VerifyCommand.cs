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
                Verify(output, made.Plan, made.Facts, folder);
                if (made.Layout.Overlay is { IsCaptured: true })
                {
                    Result<IReadOnlyList<RelinkedImage>> images = Relinking.FindImages(made.Layout, folder, cancellation);
                    output.Report(images.Diagnostics);
                    if (images.Value is { } found) VerifyOriginals(output, made.Plan, found);
                }
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
    public static void Verify(CommandOutput output, LayoutPlan plan, FactsFile facts, string directory)
    {
        ILookup<string, ObjectFacts> objects = facts.Objects.ToLookup(o => o.Path, StringComparer.Ordinal);
        int correct = 0;
        var names = new List<string>();
        foreach (ImagePlan image in plan.Images)
        {
            var bag = new DiagnosticBag();
            string path = FleetLinker.GetImagePath(directory, image).Replace('\\', '/');
            if (ImageFiles.Read(path, bag) is { } file) PlanVerifier.Verify(plan, image, file, objects, bag);
            output.Report(bag.ToSortedArray());
            if (bag.HasErrors) names.Add(image.Name);
            else correct++;
        }

        output.Json["verified"] = correct;
        output.Json["different"] = new JsonArray(names.Select(n => (JsonNode)JsonValue.Create(n)!).ToArray());
        output.Line(FormattableString.Invariant($"verified {correct} of {plan.Images.Count} images: {(names.Count == 0 ? "all as planned" : "see above")}"));
    }
}
