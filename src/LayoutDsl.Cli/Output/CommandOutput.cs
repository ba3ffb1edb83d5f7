using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using LayoutDsl.Cli.Commands;
using LayoutDsl.Diagnostics;
using LayoutDsl.Model;
using LayoutDsl.Text;
using Spectre.Console;

namespace LayoutDsl.Cli.Output;

/// <summary>Where one command writes: text with colours on a terminal, one JSON object, or one SARIF log.</summary>
internal sealed class CommandOutput
{
    private readonly OutputFormat format;
    private readonly TextWriter output;
    private readonly TextWriter error;
    private readonly JsonObject json = new();
    private readonly List<Diagnostic> diagnostics = new();
    private readonly Dictionary<string, SourceText> texts = new(StringComparer.Ordinal);

    public CommandOutput(ParseResult parsed, OutputFormat format)
    {
        this.format = format;
        Parameters = LayoutParameter.Merge((parsed.GetValue(CommonOptions.Define) ?? []).Select(LayoutParameter.Parse).OfType<LayoutParameter>());
        output = parsed.InvocationConfiguration.Output;
        error = parsed.InvocationConfiguration.Error;
        Console = CreateConsole(output, IsTerminal(output));
        Errors = CreateConsole(error, IsTerminal(error));
        Progress = new ProgressLine(SpeaksToPeople ? error : TextWriter.Null, IsTerminal(error));
    }

    /// <summary>Values of parameters that the command line gives.</summary>
    public EquatableArray<LayoutParameter> Parameters { get; }

    /// <summary>Whether results are for people. Else nothing but one document is written, at the end.</summary>
    public bool IsText => format == OutputFormat.Text;

    /// <summary>Whether diagnostics and progress go to people, also when the result does not.</summary>
    private bool SpeaksToPeople => format is OutputFormat.Text or OutputFormat.Csv;

    /// <summary>The figures that are written in CSV format.</summary>
    public string Csv { get; set; } = "";

    /// <summary>Results for people.</summary>
    public IAnsiConsole Console { get; }

    public ProgressLine Progress { get; }

    /// <summary>Whether an error was reported.</summary>
    public bool HasErrors { get; private set; }

    private IAnsiConsole Errors { get; }

    /// <summary>The object that is written in JSON format; commands add their results to it.</summary>
    public JsonObject Json => json;

    /// <summary>Texts whose lines diagnostics show.</summary>
    public void AddTexts(IReadOnlyDictionary<string, SourceText> more)
    {
        foreach (KeyValuePair<string, SourceText> text in more) texts[text.Key] = text.Value;
    }

    public void Report(IEnumerable<Diagnostic> items)
    {
        Progress.Clear();
        foreach (Diagnostic item in items)
        {
            HasErrors |= item.Severity == DiagnosticSeverity.Error;
            if (SpeaksToPeople) DiagnosticPrinter.Print(Errors, item, texts);
            else diagnostics.Add(item);
        }
    }

    public void Line(string text)
    {
        if (IsText) output.WriteLine(text);
    }

    /// <summary>Text that is a result as it is, to the last byte.</summary>
    public void Write(string text)
    {
        if (IsText) output.Write(text);
    }

    /// <summary>Makes the command fail without an error of its own.</summary>
    public void Fail() => HasErrors = true;

    /// <summary>Writes what is left and gives the exit code.</summary>
    public int Finish()
    {
        Progress.Clear();
        if (format == OutputFormat.Json)
        {
            json["diagnostics"] = new JsonArray(diagnostics.Select(d => (JsonNode)DiagnosticJson.ToJson(d)).ToArray());
            output.WriteLine(json.ToJsonString(DiagnosticJson.Options));
        }
        else if (format == OutputFormat.Sarif)
        {
            output.WriteLine(SarifOutput.ToJson(diagnostics).ToJsonString(DiagnosticJson.Options));
        }

        else if (format == OutputFormat.Csv)
        {
            output.Write(Csv);
        }

        output.Flush();
        error.Flush();
        return HasErrors ? ExitCodes.Failure : ExitCodes.Success;
    }

    /// <summary>Whether a writer is the process's own stream and that stream a terminal. https://no-color.org turns colours off.</summary>
    private static bool IsTerminal(TextWriter writer) =>
        (ReferenceEquals(writer, System.Console.Out) && !System.Console.IsOutputRedirected)
        || (ReferenceEquals(writer, System.Console.Error) && !System.Console.IsErrorRedirected);

    private static IAnsiConsole CreateConsole(TextWriter writer, bool isTerminal)
    {
        bool colours = isTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = colours ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = colours ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });

        // Lines in a file or a pipe are never folded.
        if (!isTerminal) console.Profile.Width = 4000;
        return console;
    }
}
