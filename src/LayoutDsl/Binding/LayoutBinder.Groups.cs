using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Model;
using LayoutDsl.Syntax;
using LayoutDsl.Text;

namespace LayoutDsl.Binding;

/// <summary>A name for several libraries, all of its groups resolved.</summary>
internal sealed record BoundGroup(IReadOnlyList<string> Libraries, SourceLocation Location);

public sealed partial class LayoutBinder
{
    private Dictionary<string, BoundGroup> BindGroups(EquatableArray<BoundLibrary> libraries)
    {
        var declared = new Dictionary<string, (SourcedDeclaration Source, GroupSyntax Syntax)>(StringComparer.Ordinal);
        foreach ((SourcedDeclaration source, GroupSyntax syntax) in All<GroupSyntax>())
        {
            string name = syntax.Name.Text;
            SourceLocation location = source.Locate(syntax.Name.Span);
            if (libraries.FirstOrDefault(l => l.Name == name) is { } library) bag.ReportDuplicateDeclaration(location, $"the name '{name}'", library.Location);
            else if (declared.TryGetValue(name, out (SourcedDeclaration Source, GroupSyntax Syntax) first)) bag.ReportDuplicateDeclaration(location, $"the group '{name}'", first.Source.Locate(first.Syntax.Name.Span));
            else declared.Add(name, (source, syntax));
        }

        string[] known = libraries.Select(l => l.Name).Concat(declared.Keys).ToArray();
        foreach ((SourcedDeclaration source, GroupSyntax syntax) in declared.Values)
        {
            foreach (NameSyntax member in syntax.Members.Where(m => !known.Contains(m.Text))) bag.ReportUnknownName(source.Locate(member.Span), "library or group", member.Text, known);
        }

        return declared.ToDictionary(d => d.Key, d => new BoundGroup(Resolve(d.Key, declared), d.Value.Source.Locate(d.Value.Syntax.Name.Span)), StringComparer.Ordinal);
    }

    /// <summary>The libraries of a group, those of the groups in it too.</summary>
    private List<string> Resolve(string name, Dictionary<string, (SourcedDeclaration Source, GroupSyntax Syntax)> groups)
    {
        var found = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(groups[name].Syntax.Members.Select(m => m.Text));
        while (open.Count > 0)
        {
            string next = open.Pop();
            if (next == name)
            {
                bag.ReportCyclicGroup(groups[name].Source.Locate(groups[name].Syntax.Name.Span), name);
                return found;
            }

            if (!seen.Add(next)) continue;
            if (!groups.TryGetValue(next, out (SourcedDeclaration Source, GroupSyntax Syntax) group)) found.Add(next);
            else foreach (NameSyntax member in group.Syntax.Members) open.Push(member.Text);
        }

        return found;
    }
}
