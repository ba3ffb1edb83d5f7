using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Diagnostics;
using LayoutDsl.Text;

namespace LayoutDsl.Binding;

/// <summary>Declarations of one kind by name; a second one of a name is reported and left out.</summary>
internal sealed class NameTable<T>
    where T : IEquatable<T>
{
    private readonly string kind;
    private readonly DiagnosticBag bag;
    private readonly Dictionary<string, (T Item, SourceLocation Location)> items = new(StringComparer.Ordinal);

    public NameTable(string kind, DiagnosticBag bag)
    {
        this.kind = kind;
        this.bag = bag;
    }

    public int Count => items.Count;

    public bool Contains(string name) => items.ContainsKey(name);

    /// <summary>Adds an item; false when there is one of its name.</summary>
    public bool Add(string name, T item, SourceLocation location)
    {
        if (items.TryGetValue(name, out (T Item, SourceLocation Location) first))
        {
            bag.ReportDuplicateDeclaration(location, $"{kind} '{name}'", first.Location);
            return false;
        }

        items.Add(name, (item, location));
        return true;
    }

    /// <summary>The items in ordinal order of their names, so that the order in the file does not matter.</summary>
    public EquatableArray<T> ToSorted(Func<T, string> name) => items.Values.Select(i => i.Item).OrderBy(name, StringComparer.Ordinal).ToEquatableArray();
}
