using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Analysis.Linking;
using LayoutDsl.Cli.Output;
using LayoutDsl.Diagnostics;
using LayoutDsl.Model;

namespace LayoutDsl.Cli.Commands;

/// <summary><c>layout emit</c>: writes the linker scripts, and the typed plan in C# when asked for.</summary>
internal static class EmitCommand
{
    public static Command Create()
    {
        Argument<string> layout = CommonOptions.Layout();
        Option<string?> facts = CommonOptions.Facts();
        Option<OutputFormat> format = CommonOptions.Format();
        Option<string> directory = CommonOptions.Directory("--output", "-o", "Folder for the scripts (IMAGE.ld) and response files (IMAGE.rsp).", "scripts");
        var csharp = new Option<string?>("--csharp") { Description = "Also write the typed plan to this C# file.", HelpName = "FILE" };
        Option<string?> kind = CommonOptions.LinkerKind("GNU ld when not given.");
        var command = new ToolCommand(
            "emit",
            "Writes one linker script and one response file for each image, and each script and fragment that the layout declares.",
            "layout emit fleet.layout -o scripts",
            "layout emit fleet.layout -o scripts --only fn1001",
            "ld @scripts/hello.rsp -T scripts/hello.ld -o hello.elf      (in the layout's folder)",
            "layout emit fleet.layout --csharp Fleet.g.cs",
            "layout emit kernel.layout --linker-kind lld      (for lld, or says what it cannot do)")
        { layout, directory, facts, csharp, kind, format };
        var part = PartOptions.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            var output = new CommandOutput(parsed, parsed.GetValue(format));
            if (new LayoutSession(output).LoadPlan(parsed.GetRequiredValue(layout), parsed.GetValue(facts), part.Get(parsed), cancellation) is not { } made) return Task.FromResult(output.Finish());
            LinkerKind linker = LinkerKinds.Parse(parsed.GetValue(kind) ?? "") ?? LinkerKind.Gnu;
            output.Report(LayoutCompiler.CheckLinker(made.Layout, made.Plan, linker));
            if (output.HasErrors) return Task.FromResult(output.Finish());
            Result<IReadOnlyList<string>> written = ScriptWriter.WriteAll(made.Layout, made.Plan, parsed.GetRequiredValue(directory), linker);
            output.Report(written.Diagnostics);
            if (parsed.GetValue(csharp) is { } file) WriteCSharp(output, file, LayoutCompiler.EmitCSharp(made.Plan, made.Layout));
            if (written.Value is not null)
            {
                output.Json["written"] = new JsonArray(written.Value.Select(w => (JsonNode)JsonValue.Create(w)!).ToArray());
                output.Line(FormattableString.Invariant($"{made.Plan.Images.Count + made.Layout.Scripts.Count} scripts in {parsed.GetRequiredValue(directory)}, {written.Value.Count} files changed"));
            }

            return Task.FromResult(output.Finish());
        });
        return command;
    }

    private static void WriteCSharp(CommandOutput output, string path, string text)
    {
        var bag = new DiagnosticBag();
        OutputFile.TryWriteIfChanged(path, text, bag);
        output.Report(bag.ToSortedArray());
    }
}
