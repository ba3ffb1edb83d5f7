using System;
using System.Linq;
using LayoutDsl.Model;
using LayoutDsl.Syntax;
using LayoutDsl.Text;

namespace LayoutDsl.Binding;

public sealed partial class LayoutBinder
{
    /// <summary>A layout that has scripts and nothing to plan needs no target, region or image.</summary>
    private bool HasOnlyScripts => All<ScriptSyntax>().Any() && !declarations.Any(d => d.Syntax is TargetSyntax or LibrarySyntax or ImageSyntax);

    private BoundTarget TargetOfScripts()
    {
        (SourcedDeclaration source, ScriptSyntax syntax) = All<ScriptSyntax>().First();
        return new BoundTarget(Architecture.All[0], 4096, "_start", null, source.Locate(syntax.Name.Span));
    }

    private EquatableArray<BoundScript> BindScripts(EquatableArray<BoundImage> images)
    {
        var scripts = new NameTable<BoundScript>("the script", bag);
        foreach ((SourcedDeclaration source, ScriptSyntax syntax) in All<ScriptSyntax>())
        {
            BoundScript script = ScriptBinder.Bind(source, syntax, constants, bag);
            scripts.Add(script.Name, script, script.Location);
        }

        EquatableArray<BoundScript> all = scripts.ToSorted(s => s.Name);
        CheckScriptNames(all, images);
        CheckCSharpNames(all.Select(s => (s.Name, s.Location)));
        return all;
    }

    /// <summary>A script and an image of one name would be one file.</summary>
    private void CheckScriptNames(EquatableArray<BoundScript> scripts, EquatableArray<BoundImage> images)
    {
        foreach (BoundScript script in scripts)
        {
            BoundImage? image = images.FirstOrDefault(i => i.Family is null ? i.Name == script.Name : IsMember(script.Name, i));
            if (image is not null) bag.ReportDuplicateDeclaration(script.Location, $"the name '{script.Name}'", image.Location);
        }
    }

    private static bool IsMember(string name, BoundImage family) =>
        name.StartsWith(family.Name, StringComparison.Ordinal)
        && int.TryParse(name.Substring(family.Name.Length), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int number)
        && number >= family.Family!.First && number <= family.Family.Last;
}
