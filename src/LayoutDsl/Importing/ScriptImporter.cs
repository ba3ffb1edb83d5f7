using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Diagnostics;
using LayoutDsl.Model;
using LayoutDsl.Parsing;
using LayoutDsl.Syntax;
using LayoutDsl.Text;

namespace LayoutDsl.Importing;

/// <summary>Turns a GNU ld script into a layout. What could not be carried over is a comment in it, a warning, and a line of <see cref="ImportedScript.Features"/>.</summary>
public static class ScriptImporter
{
    /// <summary>Imports a script. The value is null when the text is no GNU ld script.</summary>
    /// <param name="text">The script.</param>
    /// <param name="name">Name of the script in the layout; what is no letter, digit or underscore becomes an underscore.</param>
    /// <param name="resolve">Gives an included file by the name that the script has for it, or null.</param>
    public static Result<ImportedScript> Import(SourceText text, string name, Func<string, SourceText?> resolve)
    {
        var import = new LdImport(text, resolve);
        int bad = text.Content.IndexOfAny(new[] { '\0', '\uFFFD' });
        if (bad >= 0) import.Bag.ReportNotText(text.GetLocation(new TextSpan(bad, 1)));
        else if (text.Content.Length > LdImport.MaximumLength) import.Bag.ReportScriptTooLarge(SourceLocation.OfFile(text.Path), FormattableString.Invariant($"the script has {text.Content.Length} characters, the limit is {LdImport.MaximumLength}"), "is it a linker script?");
        if (import.Bag.HasErrors) return new Result<ImportedScript>(null, import.Bag.ToSortedArray());
        List<ScriptStatementSyntax> statements = new LdParser(text, import, 0).ParseFile(ScriptPlaces.Script);
        if (import.Bag.HasErrors) return new Result<ImportedScript>(null, import.Bag.ToSortedArray());
        string layout = ScriptLayoutWriter.Write(ToName(name), LayoutPath.GetFileName(text.Path), statements);
        IEnumerable<ImportedFeature> features = import.Carried.Select(f => new ImportedFeature(f.Key, f.Value, true)).Concat(import.Lost.Select(f => new ImportedFeature(f.Key, f.Value, false)));
        return new Result<ImportedScript>(new ImportedScript(layout, features.OrderBy(f => f.Feature, StringComparer.Ordinal).ToEquatableArray()), import.Bag.ToSortedArray());
    }

    private static string ToName(string text)
    {
        string name = new(text.Select(c => SyntaxFacts.IsNamePart(c) ? c : '_').ToArray());
        return name.Length == 0 || !SyntaxFacts.IsNameStart(name[0]) ? "_" + name : name;
    }
}
