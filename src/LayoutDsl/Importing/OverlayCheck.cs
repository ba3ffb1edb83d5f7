using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Diagnostics;
using LayoutDsl.Model;
using LayoutDsl.Syntax;
using LayoutDsl.Text;

namespace LayoutDsl.Importing;

/// <summary>Reads the script that an overlay is put into and finds what would go wrong: no such section, program headers or regions that the slots would fall into.</summary>
internal static class OverlayCheck
{
    public static EquatableArray<Diagnostic> Check(BoundOverlay overlay, SourceText script)
    {
        var bag = new DiagnosticBag();
        var import = new LdImport(script, _ => null);
        List<ScriptStatementSyntax> statements = new LdParser(script, import, 0).ParseFile(ScriptPlaces.Script);

        // What this reader does not know of a script is left to the linker.
        if (import.Bag.HasErrors) return default;
        ScriptStatementSyntax[] all = statements.Concat(statements.OfType<ScriptSectionsSyntax>().SelectMany(s => s.Statements)).ToArray();
        string[] outputs = all.OfType<ScriptOutputSyntax>().Select(o => o.Name.Value).Distinct().ToArray();
        bool includes = all.Any(s => s is ScriptCommandSyntax { Word.Text: "include" } include && ((StringSyntax)include.Arguments[0]).Value == overlay.Anchor);
        if (overlay.IsFragment && !includes) bag.ReportOverlayMismatch(overlay.Location, $"'{script.Path}' does not include '{overlay.Anchor}'", $"write 'INCLUDE {overlay.Anchor}' where the libraries shall be");
        if (!overlay.IsFragment && !outputs.Contains(overlay.Anchor)) bag.ReportOverlayMismatch(overlay.Location, $"'{script.Path}' has no output section '{overlay.Anchor}'", Suggestions.DidYouMean(overlay.Anchor, outputs) ?? "name one of its output sections");
        CheckOwn("headers", "PHDRS", overlay.OwnHeaders, all.Any(s => s is ScriptHeaderSyntax));
        CheckOwn("regions", "MEMORY", overlay.OwnRegions, all.Any(s => s is ScriptRegionSyntax));
        return bag.ToSortedArray();

        void CheckOwn(string property, string block, bool own, bool has)
        {
            if (has && !own && !overlay.IsFragment) bag.ReportOverlayMismatch(overlay.Location, $"'{script.Path}' has {block}, and the libraries would fall into one of them", $"add '{property} own;'");
            if (own && !has) bag.ReportOverlayMismatch(overlay.Location, $"'{script.Path}' has no {block}, and those of the overlay would be the only ones", $"remove '{property} own;'");
        }
    }
}
