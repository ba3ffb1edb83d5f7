using System;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using LayoutDsl.Analysis.Diagnostics;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Cli.Output;
using LayoutDsl.Diagnostics;
using LayoutDsl.Importing;
using LayoutDsl.Text;
using Spectre.Console;

namespace LayoutDsl.Cli.Commands;

/// <summary><c>layout import</c>: turns a GNU ld script into a layout.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var script = new Argument<string>("SCRIPT") { Description = "The GNU ld script." };
        var target = new Option<string?>("--output", "-o") { Description = "The .layout file to write; the script's name with .layout when not given.", HelpName = "FILE" };
        var name = new Option<string?>("--name") { Description = "Name of the script in the layout; from the file's name when not given.", HelpName = "NAME" };
        var search = new Option<string[]>("--library-path", "-L") { Description = "Folder in which included files are looked for, after that of the script. May be repeated.", HelpName = "DIR" };
        Option<OutputFormat> format = CommonOptions.Format();
        var command = new ToolCommand(
            "import",
            "Turns a GNU ld script into a .layout file that emits an equivalent script, and says what could not be carried over.",
            "layout import kernel.ld -o kernel.layout",
            "layout emit kernel.layout -o scripts      (writes scripts/kernel.ld)",
            "layout import board.ld -L ../common --format json")
        { script, target, name, search, format };
        command.SetAction(parsed =>
        {
            var output = new CommandOutput(parsed, parsed.GetValue(format));
            string path = parsed.GetRequiredValue(script).Replace('\\', '/');
            string layout = parsed.GetValue(target) ?? Path.ChangeExtension(path, ".layout");
            Import(output, path, layout, parsed.GetValue(name) ?? Path.GetFileNameWithoutExtension(path), parsed.GetValue(search) ?? []);
            return output.Finish();
        });
        return command;
    }

    private static void Import(CommandOutput output, string path, string layout, string name, string[] folders)
    {
        var bag = new DiagnosticBag();
        SourceText? text = LayoutFiles.ReadText(path, bag);
        if (text is null && bag.Count == 0) bag.ReportFileAccess(SourceLocation.OfFile(path), path, "there is no such file");
        if (text is not null)
        {
            Result<ImportedScript> imported = LayoutCompiler.ImportScript(text, name, file => Find(file, path, folders, bag));
            output.AddTexts(new System.Collections.Generic.Dictionary<string, SourceText> { [path] = text });
            bag.AddRange(imported.Diagnostics);
            if (imported.Value is { } script && !bag.HasErrors)
            {
                OutputFile.TryWriteIfChanged(layout, script.Layout, bag);
                if (!bag.HasErrors) Show(output, script, layout);
            }
        }

        output.Report(bag.ToSortedArray());
    }

    private static SourceText? Find(string file, string script, string[] folders, DiagnosticBag bag) => folders
        .Prepend(Path.GetDirectoryName(script) ?? "")
        .Select(folder => LayoutFiles.ReadText(Path.Combine(folder, file).Replace('\\', '/'), bag))
        .FirstOrDefault(found => found is not null);

    private static void Show(CommandOutput output, ImportedScript script, string layout)
    {
        output.Json["layout"] = layout;
        output.Json["features"] = new JsonArray(script.Features.Select(f => (JsonNode)new JsonObject { ["feature"] = f.Feature, ["uses"] = f.Uses, ["carriedOver"] = f.IsCarriedOver }).ToArray());
        if (output.IsText)
        {
            Table table = Tables.Create("GNU ld", ">uses", "carried over");
            foreach (ImportedFeature feature in script.Features) table.AddRow(Markup.Escape(feature.Feature), feature.Uses.ToString(CultureInfo.InvariantCulture), feature.IsCarriedOver ? "yes" : "no");
            output.Console.Write(table);
        }

        int lost = script.Features.Count(f => !f.IsCarriedOver);
        output.Line(FormattableString.Invariant($"{layout}: {script.Features.Count - lost} of {script.Features.Count} features carried over"));
    }
}
