using System;
using System.CommandLine;
using System.Text.Json.Nodes;
using LayoutDsl.Cli.Output;
using LayoutDsl.Model;

namespace LayoutDsl.Cli.Commands;

/// <summary><c>layout check</c>: reads a layout and says everything that is wrong with it, without looking at any object.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        Argument<string> layout = CommonOptions.Layout();
        Option<OutputFormat> format = CommonOptions.Format();
        var command = new ToolCommand(
            "check",
            "Checks a layout without its objects.",
            "layout check fleet.layout",
            "layout check fleet.layout --format json")
        { layout, format };
        command.SetAction(parsed =>
        {
            var output = new CommandOutput(parsed, parsed.GetValue(format));
            if (new LayoutSession(output).Load(parsed.GetRequiredValue(layout)) is { } bound) Summarize(output, bound);
            return output.Finish();
        });
        return command;
    }

    private static void Summarize(CommandOutput output, BoundLayout bound)
    {
        int images = 0;
        foreach (BoundImage image in bound.Images) images += image.Family?.Count ?? 1;
        string name = bound.Namespace.Length == 0 ? bound.TypeName : bound.Namespace + "." + bound.TypeName;
        output.Json["layout"] = name;
        output.Json["libraries"] = bound.Libraries.Count;
        output.Json["images"] = images;
        output.Json["sections"] = new JsonArray(Array.ConvertAll(Array.FindAll([.. bound.Sections], s => !s.IsBuiltIn), s => (JsonNode)JsonValue.Create(s.Name)));
        output.Line(FormattableString.Invariant($"{bound.Path}: {name} is correct: {bound.Libraries.Count} libraries, {images} images"));
    }
}
