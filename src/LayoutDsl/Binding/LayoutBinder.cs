using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Diagnostics;
using LayoutDsl.Emit;
using LayoutDsl.Model;
using LayoutDsl.Syntax;
using LayoutDsl.Text;

namespace LayoutDsl.Binding;

/// <summary>Gives the declarations of a layout their meaning: names are resolved, constants computed, everything that cannot be is reported.</summary>
public sealed partial class LayoutBinder
{
    private readonly string rootPath;
    private readonly string rootDirectory;
    private readonly DiagnosticBag bag;
    private readonly List<SourcedDeclaration> declarations;
    private readonly ConstantTable constants;
    private readonly ParameterTable parameters;
    private readonly bool hasSyntaxErrors;

    private LayoutBinder(FileSyntax root, Func<string, FileSyntax?> resolve, EquatableArray<LayoutParameter> given, DiagnosticBag bag)
    {
        this.bag = bag;
        rootPath = root.Text.Path;
        rootDirectory = LayoutPath.GetDirectory(rootPath);
        declarations = DeclarationSet.Gather(root, resolve, given, bag).Declarations;
        hasSyntaxErrors = bag.HasErrors;
        parameters = new ParameterTable(declarations, given, bag);
        parameters.CheckGiven(SourceLocation.OfFile(rootPath));
        constants = new ConstantTable(declarations, parameters, bag);
    }

    /// <summary>Binds a root file. The value is null when a mistake leaves no layout to plan.</summary>
    /// <param name="root">The file with the <c>layout</c> declaration.</param>
    /// <param name="resolve">Gives an included file by its path (in the form of the root's path), or null when there is none.</param>
    /// <param name="given">Values of parameters from outside, which win over those of the layout.</param>
    public static Result<BoundLayout> Bind(FileSyntax root, Func<string, FileSyntax?> resolve, EquatableArray<LayoutParameter> given)
    {
        var bag = new DiagnosticBag();
        BoundLayout? layout = new LayoutBinder(root, resolve, given, bag).Bind();
        return new Result<BoundLayout>(bag.HasErrors ? null : layout, bag.ToSortedArray());
    }

    private BoundLayout? Bind()
    {
        (SourcedDeclaration Source, LayoutHeaderSyntax Syntax)? header = BindHeader();
        BoundTarget? target = BindTarget();
        constants.BindPage(target?.Page);
        EquatableArray<BoundRegion> regions = BindRegions(target);
        constants.Regions = regions.ToDictionary(r => r.Name, StringComparer.Ordinal);
        EquatableArray<BoundSection> sections = BindSections(target?.Architecture);
        EquatableArray<BoundPattern> discards = BindDiscards(sections);
        EquatableArray<BoundLibrary> libraries = BindLibraries();
        EquatableArray<BoundImage> images = BindImages(libraries, BindGroups(libraries));
        CheckNames(regions, sections, libraries, images);
        EquatableArray<BoundAlignment> alignments = BindAlignments(sections, libraries, images);
        EquatableArray<BoundHeadroom> headrooms = BindHeadrooms(sections, libraries);
        EquatableArray<BoundPlacement> placements = BindPlacements(regions, sections);
        var planNames = new PlanNameChecker(sections, libraries, images, regions);
        EquatableArray<BoundSymbol> symbols = BindSymbols(sections, planNames);
        EquatableArray<BoundAssertion> assertions = BindAssertions(planNames);
        EquatableArray<BoundScript> scripts = BindScripts(images);
        EquatableArray<BoundConstant> values = constants.ToBound();
        if (header is not { } h || target is null) return null;
        (EquatableArray<BoundIndirection> Named, bool IsAutomatic) indirections = BindIndirections();
        string[] names = h.Syntax.Parts.Select(p => p.Text).ToArray();
        return new BoundLayout(
            rootPath,
            string.Join(".", names.Take(names.Length - 1)),
            names[names.Length - 1],
            h.Source.Placed.Documentation,
            target,
            regions,
            sections,
            libraries,
            images,
            alignments,
            placements,
            symbols,
            values,
            discards,
            indirections.Named,
            indirections.IsAutomatic)
        {
            Headrooms = headrooms,
            Assertions = assertions,
            Scripts = scripts,
            Overlay = BindOverlay(),
            Aslr = BindAslr(target, regions, libraries),
        };
    }

    private (SourcedDeclaration Source, LayoutHeaderSyntax Syntax)? BindHeader()
    {
        (SourcedDeclaration Source, LayoutHeaderSyntax Syntax)? first = null;
        foreach ((SourcedDeclaration source, LayoutHeaderSyntax syntax) in All<LayoutHeaderSyntax>())
        {
            if (first is null) first = (source, syntax);
            else bag.ReportDuplicateDeclaration(source.Locate(syntax.Span), "the layout's name", first.Value.Source.Locate(first.Value.Syntax.Span));
        }

        if (first is null) ReportMissing(bag.ReportMissingLayoutName);
        else CheckLayoutName(first.Value.Source, first.Value.Syntax);
        return first;
    }

    private void CheckLayoutName(SourcedDeclaration source, LayoutHeaderSyntax syntax)
    {
        string name = string.Join(".", syntax.Parts.Select(p => p.Text));
        if (CSharpNames.FindReservedFor(name) is { } reserved) bag.ReportReservedName(source.Locate(syntax.Span), name, reserved);
    }

    private BoundTarget? BindTarget()
    {
        (SourcedDeclaration source, TargetSyntax syntax) = TakeOnly<TargetSyntax>("the target", t => t.Architecture);
        if (syntax is null)
        {
            if (HasOnlyScripts) return TargetOfScripts();
            ReportMissing(at => bag.ReportMissingProperty(at, "the layout", "target", "target x86_64 { page 4KiB; entry _start; }"));
            return null;
        }

        string name = parameters.Find(syntax.Architecture.Text)?.Text ?? syntax.Architecture.Text;
        var architecture = Architecture.Find(name);
        SourceLocation location = source.Locate(syntax.Architecture.Span);
        if (architecture is null) bag.ReportUnknownArchitecture(location, name, Architecture.All.Select(a => a.Name).ToArray());
        var properties = new PropertyReader(source, "target", syntax.Properties, new[] { "page", "entry", "headers", "file", "unreached" }, Array.Empty<string>(), constants, bag);
        ulong? page = properties.Has("page") ? properties.Number("page") : 4096;
        if (page is { } bytes && !Alignment.IsPowerOfTwo(bytes)) bag.ReportNotAPowerOfTwo(properties.LocateValue("page"), bytes);
        else if (page is < 256 or > (1UL << 30)) bag.ReportValueOutOfRange(properties.LocateValue("page"), "no machine has pages of this size", "pages are from 256B to 1GiB");
        string entry = properties.NameOrText("entry") is { } value ? NameOf(source, value) : "_start";
        ulong? headers = properties.Has("headers") ? properties.Number("headers") : null;
        if (headers is { } at && page is { } size && Alignment.IsPowerOfTwo(size) && at % size != 0)
        {
            bag.ReportValueOutOfRange(properties.LocateValue("headers"), "the headers do not start on a page", "write a multiple of the page size");
        }

        bool isPacked = BindIsPacked(properties);
        bool dropsUnreached = BindDropsUnreached(properties, architecture);
        return architecture is null || page is null ? null : new BoundTarget(architecture, page.Value, entry, headers, location) { IsPacked = isPacked, DropsUnreached = dropsUnreached };
    }

    /// <summary>Whether the files of images are packed.</summary>
    private bool BindIsPacked(PropertyReader properties)
    {
        if (!properties.Has("file") || properties.NameOrText("file") is not { } value) return false;
        if (value is NameSyntax { Text: "mapped" }) return false;
        if (value is not NameSyntax { Text: "packed" }) bag.ReportWrongValue(properties.LocateValue("file"), "'mapped' or 'packed'");
        else if (properties.Has("headers")) bag.ReportPackedProgram(properties.LocateValue("file"));
        return true;
    }

    /// <summary>Whether images are left without the pages of libraries that they do not reach.</summary>
    private bool BindDropsUnreached(PropertyReader properties, Architecture? architecture)
    {
        if (!properties.Has("unreached") || properties.NameOrText("unreached") is not { } value) return false;
        SourceLocation location = properties.LocateValue("unreached");
        if (value is NameSyntax { Text: "kept" }) return false;
        if (value is not NameSyntax { Text: "dropped" }) bag.ReportWrongValue(location, "'kept' or 'dropped'");
        else if (architecture is { Name: not "x86_64" }) bag.ReportUnreachedUnknown(location, $"only references of x86_64 are followed, and this is {architecture.Name}");
        else if (All<OverlaySyntax>().Any()) bag.ReportUnreachedUnknown(location, "the layout is put into another script, whose references are not known");
        return true;
    }

    private string NameOf(SourcedDeclaration source, ExpressionSyntax value)
    {
        if (value is NameSyntax name) return name.Text;
        string text = ((StringSyntax)value).Value;
        if (!SymbolNames.IsValid(text)) bag.ReportWrongValue(source.Locate(value.Span), "the name of a symbol");
        return text;
    }

    private EquatableArray<BoundRegion> BindRegions(BoundTarget? target)
    {
        var regions = new NameTable<BoundRegion>("the region", bag);
        foreach ((SourcedDeclaration source, RegionSyntax syntax) in All<RegionSyntax>())
        {
            SourceLocation location = source.Locate(syntax.Name.Span);
            var properties = new PropertyReader(source, "region", syntax.Properties, new[] { "origin", "length" }, Array.Empty<string>(), constants, bag);
            Permissions permissions = BindPermissions(source, syntax.Permissions);
            foreach (string name in new[] { "origin", "length" })
            {
                if (!properties.Has(name)) bag.ReportMissingProperty(location, $"the region '{syntax.Name.Text}'", name, name + " 1MiB;");
            }

            ulong origin = properties.Number("origin") ?? 0;
            ulong length = properties.Number("length") ?? 1;
            if (length == 0) bag.ReportValueOutOfRange(properties.LocateValue("length"), $"the region '{syntax.Name.Text}' has no bytes", "give it a length above zero");
            if (target is not null && length > 0 && (origin > target.Architecture.LastAddress || length - 1 > target.Architecture.LastAddress - origin))
            {
                bag.ReportValueOutOfRange(location, $"the region '{syntax.Name.Text}' ends beyond the last address of {target.Architecture.Name}", "make it shorter");
            }

            regions.Add(syntax.Name.Text, new BoundRegion(syntax.Name.Text, permissions, origin, length, location), location);
        }

        if (regions.Count == 0 && !HasOnlyScripts) ReportMissing(at => bag.ReportMissingProperty(at, "the layout", "region", "region ram (rwx) { origin 1MiB; length 63MiB; }"));
        return regions.ToSorted(r => r.Name);
    }

    private Permissions BindPermissions(SourcedDeclaration source, NameSyntax syntax)
    {
        if (PermissionsText.TryParse(syntax.Text, out Permissions permissions)) return permissions;
        bag.ReportBadPermissions(source.Locate(syntax.Span), syntax.Text, "use r, w and x, each once");
        return Permissions.Read;
    }

    private EquatableArray<BoundSymbol> BindSymbols(EquatableArray<BoundSection> sections, PlanNameChecker scope)
    {
        var symbols = new List<BoundSymbol>();
        var names = new NameTable<SourceLocation>("the symbol", bag);
        foreach (BoundSection section in sections.Where(s => s.Bounds is not null))
        {
            names.Add(section.Bounds!.Start, section.Location, section.Location);
            names.Add(section.Bounds.End, section.Location, section.Location);
        }

        foreach ((SourcedDeclaration source, SymbolSyntax syntax) in All<SymbolSyntax>())
        {
            SourceLocation location = source.Locate(syntax.Name.Span);
            scope.Check(source, syntax.Value, constants, bag);
            names.Add(syntax.Name.Text, location, location);
            foreach (NameSyntax word in syntax.Words.Where((w, i) => syntax.Words.Take(i).Any(o => o.Text == w.Text)))
            {
                bag.ReportDuplicateProperty(source.Locate(word.Span), word.Text, source.Locate(syntax.Words.First(w => w.Text == word.Text).Span));
            }

            symbols.Add(new BoundSymbol(syntax.Name.Text, syntax.Value, syntax.Words.Any(w => w.Text == "provide"), syntax.Words.Any(w => w.Text == "hidden"), location));
        }

        return symbols.OrderBy(s => s.Name, StringComparer.Ordinal).ToEquatableArray();
    }

    private EquatableArray<BoundAssertion> BindAssertions(PlanNameChecker scope)
    {
        var assertions = new List<BoundAssertion>();
        foreach ((SourcedDeclaration source, AssertSyntax syntax) in All<AssertSyntax>())
        {
            scope.Check(source, syntax.Left, constants, bag);
            scope.Check(source, syntax.Right, constants, bag);
            SourceLocation location = source.Locate(TextSpan.FromBounds(syntax.Left.Span.Start, syntax.Right.Span.End));
            assertions.Add(new BoundAssertion(syntax.Left, syntax.Operator, syntax.Right, syntax.Message.Value, location));
        }

        return assertions.ToEquatableArray();
    }

    /// <summary>Reports what the whole layout lacks, unless it may stand in a declaration that could not be read.</summary>
    private void ReportMissing(Action<SourceLocation> report)
    {
        if (!hasSyntaxErrors) report(SourceLocation.OfFile(rootPath));
    }

    private IEnumerable<(SourcedDeclaration Source, T Syntax)> All<T>()
        where T : DeclarationSyntax => declarations.Where(d => d.Syntax is T).Select(d => (d, (T)d.Syntax));

    /// <summary>The only declaration of a kind; a second one is reported. The syntax is null when there is none.</summary>
    private (SourcedDeclaration Source, T Syntax) TakeOnly<T>(string what, Func<T, NameSyntax> place)
        where T : DeclarationSyntax
    {
        (SourcedDeclaration Source, T Syntax)[] all = All<T>().ToArray();
        foreach ((SourcedDeclaration source, T syntax) in all.Skip(1))
        {
            bag.ReportDuplicateDeclaration(source.Locate(place(syntax).Span), what, all[0].Source.Locate(place(all[0].Syntax).Span));
        }

        return all.FirstOrDefault();
    }
}
