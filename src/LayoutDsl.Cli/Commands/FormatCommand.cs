using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Text;
using System.Text.Json.Nodes;
using LayoutDsl.Analysis.Diagnostics;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Cli.Output;
using LayoutDsl.Diagnostics;
using LayoutDsl.Text;

namespace LayoutDsl.Cli.Commands;

/// <summary><c>layout fmt</c>: gives layouts their usual form. A file with syntax errors stays as it is.</summary>
internal static class FormatCommand
{
    private const string StandardInput = "-";

    public static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Description = "Layouts to format; - reads one from standard input and writes it to standard output.", Arity = ArgumentArity.OneOrMore };
        var check = new Option<bool>("--check") { Description = "Write nothing; list the files that are not formatted, and exit with 1 if there are any." };
        Option<OutputFormat> format = CommonOptions.Format();
        var command = new ToolCommand(
            "fmt",
            "Formats layouts. Only white space changes.",
            "layout fmt fleet.layout shared/*.layout",
            "layout fmt --check *.layout",
            "layout fmt - < fleet.layout")
        { files, check, format };
        command.SetAction(parsed =>
        {
            var output = new CommandOutput(parsed, parsed.GetValue(format));
            var results = new JsonArray();
            output.Json["files"] = results;
            foreach (string file in parsed.GetRequiredValue(files)) results.Add(Format(output, file.Replace('\\', '/'), parsed.GetValue(check)));
            return output.Finish();
        });
        return command;
    }

    private static JsonObject Format(CommandOutput output, string path, bool check)
    {
        var bag = new DiagnosticBag();
        SourceText? text = path == StandardInput ? ReadStandardInput() : LayoutFiles.ReadText(path, bag);
        if (text is null && bag.Count == 0) bag.ReportFileAccess(SourceLocation.OfFile(path), path, "there is no such file");
        string? formatted = null;
        if (text is not null)
        {
            output.AddTexts(new Dictionary<string, SourceText>(StringComparer.Ordinal) { [text.Path] = text });
            Result<string> result = LayoutCompiler.Format(LayoutCompiler.Parse(text));
            bag.AddRange(result.Diagnostics);
            formatted = result.Value;
        }

        bool differs = formatted is not null && formatted != text!.Content;
        if (check && differs)
        {
            output.Line(path);
            output.Fail();
        }
        else if (path == StandardInput && !check && text is not null) output.Write(formatted ?? text.Content);
        else if (differs && !check) OutputFile.TryWriteIfChanged(path, formatted!, bag);
        output.Report(bag.ToSortedArray());
        return new JsonObject { ["path"] = path, ["changed"] = differs };
    }

    private static SourceText ReadStandardInput()
    {
        using Stream input = Console.OpenStandardInput();
        using var reader = new StreamReader(input, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), detectEncodingFromByteOrderMarks: false);
        return new SourceText("stdin", reader.ReadToEnd());
    }
}
