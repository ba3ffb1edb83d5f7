using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Emit;
using LayoutDsl.Model;
using LayoutDsl.Planning;
using LayoutDsl.Syntax;
using LayoutDsl.Text;

namespace LayoutDsl.Binding;

public sealed partial class LayoutBinder
{
    /// <summary>Most images in a layout, family members counted one by one.</summary>
    public const int MaximumImages = 200_000;

    private static readonly string[] InputProperties = { "objects", "archive", "members" };

    private EquatableArray<BoundLibrary> BindLibraries()
    {
        var libraries = new NameTable<BoundLibrary>("the library", bag);
        foreach ((SourcedDeclaration source, LibrarySyntax syntax) in All<LibrarySyntax>())
        {
            SourceLocation location = source.Locate(syntax.Name.Span);
            var properties = new PropertyReader(source, "library", syntax.Properties, new[] { "headroom" }, InputProperties, constants, bag);
            EquatableArray<BoundInput> inputs = BindInputs(source, properties, InputOwner.Library);
            if (inputs.Count == 0 && !InputProperties.Any(properties.Has))
            {
                bag.ReportMissingProperty(location, $"the library '{syntax.Name.Text}'", "objects", $"objects \"build/{syntax.Name.Text}/*.o\";");
            }

            ulong? headroom = properties.Percent("headroom");
            if (headroom is { } percent) CheckHeadroom(percent, properties.LocateValue("headroom"));
            libraries.Add(syntax.Name.Text, new BoundLibrary(syntax.Name.Text, inputs, headroom, source.Placed.Documentation, location), location);
        }

        return libraries.ToSorted(l => l.Name);
    }

    private EquatableArray<BoundInput> BindInputs(SourcedDeclaration source, PropertyReader properties, InputOwner owner)
    {
        var inputs = new List<BoundInput>();
        foreach (InputKind kind in new[] { InputKind.Objects, InputKind.Archive, InputKind.Members })
        {
            foreach (StringSyntax text in properties.Texts(kind.ToProperty()))
            {
                SourceLocation location = source.Locate(text.Span);
                string path = parameters.Expand(text.Value);
                if (CheckPath(path, kind, owner, location)) inputs.Add(new BoundInput(Rebase(source, path), kind, location));
            }
        }

        return inputs.ToEquatableArray();
    }

    private bool CheckPath(string path, InputKind kind, InputOwner owner, SourceLocation location)
    {
        if (path.Trim().Length == 0)
        {
            bag.ReportBadPath(location, "the path is empty");
            return false;
        }

        if (path.Any(c => c < ' ' || c is '"' or '\u007f'))
        {
            bag.ReportBadPath(location, "a path has no control characters and no quotes");
            return false;
        }

        string? problem = FindBadPlaceholder(path, kind, owner);
        if (problem is not null) bag.ReportBadPlaceholder(location, problem);
        return problem is null;
    }

    private static string? FindBadPlaceholder(string path, InputKind kind, InputOwner owner)
    {
        if (owner == InputOwner.None) return path.IndexOfAny(new[] { '{', '}' }) < 0 ? null : "it is one file for all images";
        string rest = path.Replace(BoundInput.ImagePlaceholder, "");
        if (owner == InputOwner.Family) rest = rest.Replace(BoundInput.MemberPlaceholder, "");
        if (rest.IndexOfAny(new[] { '{', '}' }) >= 0)
        {
            return owner == InputOwner.Family
                ? "the placeholders are {n}, the number of the member, and {image}, its name"
                : "{image} is the name of the image, and {n} is for families: image name[1..10] { ... }";
        }

        int at = path.IndexOf(BoundInput.ImagePlaceholder, StringComparison.Ordinal);
        if (owner != InputOwner.Library || at < 0) return null;

        // Files of two builds are the same file when what stands behind the placeholder is.
        if (kind == InputKind.Members) return "members are taken for the whole fleet: use 'objects' or 'archive' for a library that is built for each image";
        if (path.IndexOf(BoundInput.ImagePlaceholder, at + 1, StringComparison.Ordinal) >= 0) return "{image} stands once in a path of a library";
        int wildcard = path.IndexOfAny(new[] { '*', '?' });
        return wildcard >= 0 && wildcard < at ? "no wildcard stands before {image}" : null;
    }

    /// <summary>Whose inputs are bound: that decides which placeholders mean something.</summary>
    private enum InputOwner
    {
        None,
        Library,
        Image,
        Family,
    }

    /// <summary>A path of an included file as seen from the folder of the root file.</summary>
    private string Rebase(SourcedDeclaration source, string path)
    {
        path = LayoutPath.Normalize(path);
        if (LayoutPath.IsRooted(path) || source.Directory == rootDirectory) return path;
        return LayoutPath.GetRelative(rootDirectory, LayoutPath.Combine(source.Directory, path));
    }

    private EquatableArray<BoundImage> BindImages(EquatableArray<BoundLibrary> libraries, IReadOnlyDictionary<string, BoundGroup> groups)
    {
        var images = new NameTable<BoundImage>("the image", bag);
        var known = new HashSet<string>(libraries.Select(l => l.Name).Concat(groups.Keys), StringComparer.Ordinal);
        var used = new HashSet<string>(StringComparer.Ordinal);
        long total = 0;

        // A program of a captured build may be made of libraries alone.
        bool mayBeEmpty = All<OverlaySyntax>().Any(o => o.Syntax.Base is NameSyntax { Text: OverlayPlan.Captured });
        foreach ((SourcedDeclaration source, ImageSyntax syntax) in All<ImageSyntax>())
        {
            BoundImage image = BindImage(source, syntax, known, groups, mayBeEmpty);
            // One that is used under a condition is used, whether that holds or not.
            IEnumerable<string> names = syntax.Properties.Where(p => p.Name.Text == "uses").SelectMany(p => p.Values).OfType<NameSyntax>().Select(n => n.Text);
            used.UnionWith(names.SelectMany(n => groups.TryGetValue(n, out BoundGroup? group) ? group.Libraries : new[] { n }));
            long members = image.Family?.Count ?? 1;
            total += members;
            if (total > MaximumImages && total - members <= MaximumImages) bag.ReportValueOutOfRange(image.Location, FormattableString.Invariant($"the layout has more than {MaximumImages} images"), "split it into several layouts");
            images.Add(image.Name, image, image.Location);
        }

        if (images.Count == 0 && !HasOnlyScripts) ReportMissing(at => bag.ReportMissingProperty(at, "the layout", "image", "image hello { objects \"build/hello.o\"; }"));
        foreach (BoundLibrary library in libraries.Where(l => !bag.HasErrors && !used.Contains(l.Name))) bag.ReportUnusedLibrary(library.Location, library.Name);
        return images.ToSorted(i => i.Name);
    }

    private BoundImage BindImage(SourcedDeclaration source, ImageSyntax syntax, HashSet<string> known, IReadOnlyDictionary<string, BoundGroup> groups, bool mayBeEmpty)
    {
        string name = syntax.Name.Text;
        SourceLocation location = source.Locate(syntax.Name.Span);
        var properties = new PropertyReader(source, "image", syntax.Properties, new[] { "instances" }, InputProperties.Append("uses").ToArray(), constants, bag);
        BoundFamily? family = syntax.Family is null ? null : BindFamily(source, syntax.Family);
        var uses = new Dictionary<string, SourceLocation>(StringComparer.Ordinal);
        foreach (NameSyntax library in properties.Names("uses"))
        {
            SourceLocation place = source.Locate(library.Span);
            if (!known.Contains(library.Text)) bag.ReportUnknownName(place, "library", library.Text, known);
            else if (uses.TryGetValue(library.Text, out SourceLocation? first)) bag.ReportDuplicateProperty(place, library.Text, first);
            else uses.Add(library.Text, place);
        }

        EquatableArray<BoundInput> inputs = BindInputs(source, properties, syntax.Family is null ? InputOwner.Image : InputOwner.Family);
        if (!InputProperties.Any(properties.Has) && !mayBeEmpty) bag.ReportMissingProperty(location, $"the image '{name}'", "objects", $"objects \"build/{name}.o\";");
        if (family is { Count: > 1 } && inputs.Count > 0 && !inputs.Any(i => i.IsPerImage || i.Pattern.Contains(BoundInput.MemberPlaceholder))) bag.ReportFamilyWithoutPlaceholder(location, name);
        ulong instances = properties.Has("instances") ? properties.Number("instances") ?? 1 : 1;
        if (instances is 0 or > 1_000_000_000) bag.ReportValueOutOfRange(properties.LocateValue("instances"), "the number of instances is out of range", "it is from 1 to 1000000000");
        return new BoundImage(name, family, uses.Keys.SelectMany(k => groups.TryGetValue(k, out BoundGroup? group) ? group.Libraries : new[] { k }).Distinct().OrderBy(k => k, StringComparer.Ordinal).ToEquatableArray(), inputs, instances, source.Placed.Documentation, location);
    }

    private BoundFamily? BindFamily(SourcedDeclaration source, FamilyRangeSyntax syntax)
    {
        (ulong? start, ulong? end) = (constants.Evaluate(source, syntax.First), constants.Evaluate(source, syntax.Last));
        if (start is not { } first || end is not { } last) return null;
        SourceLocation location = source.Locate(syntax.Span);
        if (last < first) bag.ReportBadFamilyRange(location, FormattableString.Invariant($"the family is empty: {last} is below {first}"));
        else if (last > int.MaxValue || last - first >= MaximumImages) bag.ReportBadFamilyRange(location, FormattableString.Invariant($"a family has at most {MaximumImages} members, with numbers below 2^31"));
        else return new BoundFamily((int)first, (int)last);
        return null;
    }

    /// <summary>Libraries and images share one set of names: selectors, output sections and files are named after them.</summary>
    private void CheckNames(EquatableArray<BoundRegion> regions, EquatableArray<BoundSection> sections, EquatableArray<BoundLibrary> libraries, EquatableArray<BoundImage> images)
    {
        var owners = libraries.ToDictionary(l => l.Name, l => l.Location, StringComparer.Ordinal);
        foreach (BoundImage image in images)
        {
            if (owners.TryGetValue(image.Name, out SourceLocation? first)) bag.ReportDuplicateDeclaration(image.Location, $"the name '{image.Name}'", first);
            else owners.Add(image.Name, image.Location);
        }

        CheckMemberNames(owners, images);
        CheckCSharpNames(libraries.Select(l => (l.Name, l.Location)));
        CheckCSharpNames(images.Select(i => (i.Name, i.Location)));
        CheckCSharpNames(regions.Select(r => (r.Name, r.Location)));
        CheckCSharpNames(sections.Where(s => !s.IsBuiltIn).Select(s => (s.Name, s.Location)));
    }

    /// <summary>Members of families have names too: <c>fn[1..20]</c> has a <c>fn12</c>, which no other library, image or family may have.</summary>
    private void CheckMemberNames(Dictionary<string, SourceLocation> owners, EquatableArray<BoundImage> images)
    {
        var members = new Dictionary<string, SourceLocation>(StringComparer.Ordinal);
        foreach (BoundImage image in images)
        {
            for (int i = 0; i < (image.Family?.Count ?? 0); i++)
            {
                string name = FormattableString.Invariant($"{image.Name}{image.Family!.First + i}");
                if (owners.TryGetValue(name, out SourceLocation? owner)) bag.ReportDuplicateDeclaration(owner, $"the name '{name}', of a member of the family '{image.Name}',", image.Location);
                else if (members.TryGetValue(name, out SourceLocation? other))
                {
                    bag.ReportDuplicateDeclaration(image.Location, $"the name '{name}', of a member of another family,", other);
                    break;
                }
                else members.Add(name, image.Location);
            }
        }
    }

    private void CheckCSharpNames(IEnumerable<(string Name, SourceLocation Location)> names)
    {
        var seen = new Dictionary<string, (string Name, SourceLocation Location)>(StringComparer.Ordinal);
        foreach ((string name, SourceLocation location) in names)
        {
            string identifier = CSharpNames.ToIdentifier(name);
            if (seen.TryGetValue(identifier, out (string Name, SourceLocation Location) first)) bag.ReportNameCollision(location, name, first.Name, first.Location);
            else seen.Add(identifier, (name, location));
        }
    }
}
