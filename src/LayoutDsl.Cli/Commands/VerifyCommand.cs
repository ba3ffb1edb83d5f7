using System;
using System.CommandLine;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
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
                Verify(output, made.Plan, made.Facts, parsed.GetRequiredValue(directory));
            }

            return Task.FromResult(output.Finish());
        });
        return command;
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
