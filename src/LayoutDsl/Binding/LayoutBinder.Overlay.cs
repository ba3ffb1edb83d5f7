using System;
using System.Linq;
using LayoutDsl.Model;
using LayoutDsl.Planning;
using LayoutDsl.Syntax;
using LayoutDsl.Text;

namespace LayoutDsl.Binding;

public sealed partial class LayoutBinder
{
    private static readonly string[] OverlayPlaces = { "after", "before", OverlayPlan.Fragment };

    private BoundOverlay? BindOverlay()
    {
        (SourcedDeclaration Source, OverlaySyntax Syntax)[] all = All<OverlaySyntax>().ToArray();
        if (all.Length == 0) return null;
        (SourcedDeclaration source, OverlaySyntax syntax) = all[0];
        SourceLocation location = source.Locate(syntax.Base.Span);
        foreach ((SourcedDeclaration other, OverlaySyntax second) in all.Skip(1)) bag.ReportDuplicateDeclaration(other.Locate(second.Base.Span), "the overlay", location);
        if (syntax.Base is NameSyntax { Text: OverlayPlan.Captured }) return new BoundOverlay("", OverlayPlan.Captured, "", false, false, location);
        RefuseIndirections();
        string path = "";
        if (syntax.Base is StringSyntax text && CheckPath(text.Value, InputKind.Objects, InputOwner.None, location)) path = Rebase(source, text.Value);
        var properties = new PropertyReader(source, "overlay", syntax.Properties, OverlayPlaces.Concat(new[] { "headers", "regions" }).ToArray(), Array.Empty<string>(), constants, bag);
        string[] places = OverlayPlaces.Where(properties.Has).ToArray();
        if (places.Length == 0) bag.ReportMissingProperty(location, "the overlay", "place", "after \".bss\";");
        if (places.Length > 1) bag.ReportBadClause(properties.LocateValue(places[1]), $"'{places[0]}' and '{places[1]}' exclude each other", "keep one of them");
        string place = places.FirstOrDefault() ?? "after";
        string anchor = places.Length > 0 && properties.NameOrText(place) is { } value ? ScriptBinder.TextOf(value) : "";
        if (places.Length > 0 && !IsAnchor(anchor)) bag.ReportUnwritableText(properties.LocateValue(place), anchor);
        bool isFragment = place == OverlayPlan.Fragment;
        if (isFragment && path.Length == 0) bag.ReportBadClause(location, "the linker's own script includes nothing", "name the script that does: overlay \"kernel.lds\" { ... }");
        bool headers = IsOwn(properties, "headers");
        if (isFragment && headers) bag.ReportBadClause(properties.LocateValue("headers"), "a fragment has no program headers of its own", "declare them in the script that includes it");
        bool regions = IsOwn(properties, "regions");
        if (isFragment && regions) bag.ReportBadClause(properties.LocateValue("regions"), "a fragment has no regions of its own", "declare them in the script that includes it");
        return new BoundOverlay(path, place, anchor, headers, regions, location);
    }

    private void RefuseIndirections()
    {
        foreach ((SourcedDeclaration other, IndirectSyntax indirect) in All<IndirectSyntax>())
        {
            bag.ReportMisplacedStatement(other.Locate(indirect.Span), "'indirect'", "a layout with an overlay", "stubs stand in scripts of their own only: remove one of them");
        }
    }

    /// <summary>An output section, or a plain file name.</summary>
    private static bool IsAnchor(string text) => text.Length > 0 && text[0] is not ('-' or '@') && text.All(c => c > ' ' && c is not ('"' or '/' or '\\' or '*' or '?' or ':' or '\u007f'));

    private bool IsOwn(PropertyReader properties, string name)
    {
        if (!properties.Has(name)) return false;
        if (properties.NameOrText(name) is { } value && ScriptBinder.TextOf(value) != "own") bag.ReportWrongValue(properties.LocateValue(name), "'own'");
        return true;
    }
}
