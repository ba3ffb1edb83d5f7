using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Diagnostics;
using LayoutDsl.Syntax;
using LayoutDsl.Text;

namespace LayoutDsl.Binding;

/// <summary>Reads the properties of one block: checks their names and the kinds of their values.</summary>
internal sealed class PropertyReader
{
    private readonly SourcedDeclaration source;
    private readonly ConstantTable constants;
    private readonly DiagnosticBag bag;
    private readonly Dictionary<string, List<PropertySyntax>> properties = new(StringComparer.Ordinal);

    /// <summary>Checks names. Those in <paramref name="repeatable"/> may stand more than once, those in <paramref name="single"/> once.</summary>
    public PropertyReader(
        SourcedDeclaration source,
        string owner,
        IEnumerable<PropertySyntax> block,
        string[] single,
        string[] repeatable,
        ConstantTable constants,
        DiagnosticBag bag)
    {
        this.source = source;
        this.constants = constants;
        this.bag = bag;
        foreach (PropertySyntax property in block.Where(p => constants.Parameters.Holds(source, p.Condition, bag)))
        {
            string name = property.Name.Text;
            SourceLocation location = source.Locate(property.Name.Span);
            if (!single.Contains(name) && !repeatable.Contains(name))
            {
                bag.ReportUnknownProperty(location, owner, name, single.Concat(repeatable).ToArray());
            }
            else if (!properties.TryGetValue(name, out List<PropertySyntax>? list))
            {
                properties.Add(name, new List<PropertySyntax> { property });
            }
            else if (repeatable.Contains(name))
            {
                list.Add(property);
            }
            else
            {
                bag.ReportDuplicateProperty(location, name, source.Locate(list[0].Name.Span));
            }
        }
    }

    public bool Has(string name) => properties.ContainsKey(name);

    /// <summary>Where a property stands, for a diagnostic about its value.</summary>
    public SourceLocation LocateValue(string name) => source.Locate(properties[name][0].Values[0].Span);

    /// <summary>The number of a property, or null when it is not there or wrong (then reported).</summary>
    public ulong? Number(string name) => Single(name) is { } value ? constants.Evaluate(source, value) : null;

    /// <summary>The percentage of a property.</summary>
    public ulong? Percent(string name)
    {
        if (Single(name) is not { } value) return null;
        if (value is PercentSyntax percent) return percent.Value;
        bag.ReportWrongValue(source.Locate(value.Span), "a percentage such as '25%'");
        return null;
    }

    /// <summary>A property whose value is one name, or a quoted text where the name has other characters.</summary>
    public ExpressionSyntax? NameOrText(string name)
    {
        if (Single(name) is not { } value) return null;
        if (value is NameSyntax or StringSyntax) return value;
        bag.ReportWrongValue(source.Locate(value.Span), "a name");
        return null;
    }

    /// <summary>All values of a property that must be names.</summary>
    public IEnumerable<NameSyntax> Names(string name) => All<NameSyntax>(name, "a name");

    /// <summary>All values of a property that must be quoted texts.</summary>
    public IEnumerable<StringSyntax> Texts(string name) => All<StringSyntax>(name, "a quoted path");

    private IEnumerable<T> All<T>(string name, string expected)
        where T : ExpressionSyntax
    {
        if (!properties.TryGetValue(name, out List<PropertySyntax>? list)) yield break;
        foreach (ExpressionSyntax value in list.SelectMany(p => p.Values))
        {
            if (value is T typed) yield return typed;
            else bag.ReportWrongValue(source.Locate(value.Span), expected);
        }
    }

    private ExpressionSyntax? Single(string name)
    {
        if (!properties.TryGetValue(name, out List<PropertySyntax>? list)) return null;
        if (list[0].Values.Count == 1) return list[0].Values[0];
        bag.ReportWrongValue(source.Locate(list[0].Values[1].Span), $"one value for '{name}', not {list[0].Values.Count},");
        return null;
    }
}
