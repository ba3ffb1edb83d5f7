using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Diagnostics;
using LayoutDsl.Importing;
using LayoutDsl.Model;
using LayoutDsl.Syntax;
using LayoutDsl.Text;

namespace LayoutDsl.Adopting;

/// <summary>A linker script that a build used, as far as adopting it needs to know.</summary>
public sealed class CapturedScript
{
    private CapturedScript(string path, EquatableArray<ScriptStatementSyntax> statements)
    {
        Path = path;
        Statements = statements;
        ScriptSectionsSyntax[] blocks = statements.OfType<ScriptSectionsSyntax>().ToArray();
        IsInserted = blocks.Length > 0 && blocks.All(b => b.Anchor is not null);
        Outputs = blocks.SelectMany(b => b.Statements).SelectMany(FindOutputs).Select(ToOutput).ToEquatableArray();
        Symbols = statements.Concat(blocks.SelectMany(b => b.Statements))
            .SelectMany(s => s is ScriptOutputSyntax output ? output.Statements : new[] { s }.ToEquatableArray())
            .OfType<ScriptAssignmentSyntax>()
            .Select(a => a.Target switch { NameSyntax { Text: not ScriptWords.Here } name => name.Text, StringSyntax text => text.Value, _ => "" })
            .Where(n => n.Length > 0)
            .Distinct(StringComparer.Ordinal)
            .ToEquatableArray();
        Protected = FindProtected(blocks).ToEquatableArray();
        Entry = statements.OfType<ScriptCommandSyntax>().Where(c => c.Word.Text == "entry").Select(c => c.Arguments[0] switch { NameSyntax name => name.Text, StringSyntax text => text.Value, _ => "" }).LastOrDefault() ?? "";
    }

    /// <summary>Where the build had it.</summary>
    public string Path { get; }

    /// <summary>The symbol where it has programs start; empty when it does not say.</summary>
    public string Entry { get; }

    /// <summary>Whether it says what segments there are (<c>PHDRS</c>).</summary>
    public bool HasHeaders => Statements.Any(s => s is ScriptHeaderSyntax);

    /// <summary>Whether all of it is put into another script (<c>INSERT</c>).</summary>
    public bool IsInserted { get; }

    /// <summary>Its output sections, in their order.</summary>
    public EquatableArray<CapturedOutput> Outputs { get; }

    /// <summary>The symbols that it defines.</summary>
    public EquatableArray<string> Symbols { get; }

    /// <summary>The output sections that are not written after the start of the program: those in front of <c>DATA_SEGMENT_RELRO_END</c> in its data segment.</summary>
    public EquatableArray<string> Protected { get; }

    internal EquatableArray<ScriptStatementSyntax> Statements { get; }

    /// <summary>Reads a script. The value is null when the text is no GNU ld script.</summary>
    /// <param name="text">The script.</param>
    /// <param name="resolve">Gives an included file by the name that the script has for it, or null when it stays an <c>INCLUDE</c>.</param>
    public static Result<CapturedScript> Read(SourceText text, Func<string, SourceText?> resolve)
    {
        var import = new LdImport(text, resolve);
        if (text.Content.Length > LdImport.MaximumLength) import.Bag.ReportScriptTooLarge(SourceLocation.OfFile(text.Path), FormattableString.Invariant($"the script has {text.Content.Length} characters, the limit is {LdImport.MaximumLength}"), "is it a linker script?");
        if (import.Bag.HasErrors) return new Result<CapturedScript>(null, import.Bag.ToSortedArray());
        List<ScriptStatementSyntax> statements = new LdParser(text, import, 0).ParseFile(ScriptPlaces.Script);
        return new Result<CapturedScript>(import.Bag.HasErrors ? null : new CapturedScript(text.Path, statements.ToEquatableArray()), import.Bag.ToSortedArray());
    }

    private static IEnumerable<string> FindProtected(ScriptSectionsSyntax[] blocks)
    {
        bool isOpen = false;
        var names = new List<string>();
        foreach (ScriptStatementSyntax statement in blocks.SelectMany(b => b.Statements))
        {
            string called = statement is ScriptAssignmentSyntax { Value: CallSyntax call } ? call.Function.Text : "";
            if (called == "data_segment_relro_end") return names;
            isOpen |= called == "data_segment_align";
            if (isOpen && statement is ScriptOutputSyntax output) names.Add(output.Name.Value);
        }

        // Without an end nothing is protected.
        return Enumerable.Empty<string>();
    }

    private static IEnumerable<ScriptOutputSyntax> FindOutputs(ScriptStatementSyntax statement) => statement switch
    {
        ScriptOutputSyntax output => new[] { output },
        ScriptOverlaySyntax overlay => overlay.Sections.OfType<ScriptOutputSyntax>(),
        _ => Array.Empty<ScriptOutputSyntax>(),
    };

    private static CapturedOutput ToOutput(ScriptOutputSyntax output) =>
        new(output.Name.Value, output.Statements.OfType<ScriptInputSyntax>().SelectMany(ToInputs).ToEquatableArray());

    private static IEnumerable<CapturedInput> ToInputs(ScriptInputSyntax input)
    {
        string file = input.File?.Text.Value ?? "*";
        if (input.Sections.Count == 0) yield return new CapturedInput(file, "*", input.Keep, false);
        foreach (ScriptPatternSyntax pattern in input.Sections)
        {
            yield return new CapturedInput(file, pattern.Text.Value, input.Keep, pattern.Functions.Count > 0 || input.Flags.Count > 0);
        }
    }
}
