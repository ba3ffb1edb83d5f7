using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Diagnostics;
using LayoutDsl.Model;
using LayoutDsl.Parsing;
using LayoutDsl.Syntax;
using LayoutDsl.Text;
using Sprache;

namespace LayoutDsl.Binding;

/// <summary>A parameter with the value that holds.</summary>
/// <param name="Text">Its value as text; the number itself for a number.</param>
/// <param name="Number">Its value when its default is a number.</param>
/// <param name="Location">Its declaration.</param>
internal sealed record ParameterValue(string Text, ulong? Number, SourceLocation Location);

/// <summary>The parameters of a layout: the default of <c>param</c>, over it <c>set</c>, over that what the build gives.</summary>
internal sealed class ParameterTable
{
    private readonly Dictionary<string, ParameterValue> values = new(StringComparer.Ordinal);
    private readonly EquatableArray<LayoutParameter> given;
    private readonly DiagnosticBag bag;

    public ParameterTable(IReadOnlyCollection<SourcedDeclaration> declarations, EquatableArray<LayoutParameter> given, DiagnosticBag bag)
    {
        this.given = given;
        this.bag = bag;
        foreach (SourcedDeclaration source in declarations)
        {
            if (source.Syntax is ParamSyntax parameter) Declare(source, parameter);
        }

        var sets = new Dictionary<string, SourceLocation>(StringComparer.Ordinal);
        foreach (SourcedDeclaration source in declarations)
        {
            if (source.Syntax is SetSyntax set) Set(source, set, sets);
        }

        foreach (LayoutParameter parameter in given.Where(p => values.ContainsKey(p.Name))) Give(parameter);
    }

    public IReadOnlyCollection<string> Names => values.Keys;

    /// <summary>Those that are numbers.</summary>
    public IEnumerable<BoundConstant> Numbers => values.Where(v => v.Value.Number is not null).OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => new BoundConstant(v.Key, v.Value.Number!.Value));

    public ParameterValue? Find(string name) => values.TryGetValue(name, out ParameterValue? value) ? value : null;

    /// <summary>Reports what was given for parameters that do not exist.</summary>
    public void CheckGiven(SourceLocation root)
    {
        foreach (LayoutParameter parameter in given.Where(p => !p.IsOffered && !values.ContainsKey(p.Name))) bag.ReportUnknownParameter(root, parameter.Name, Names);
    }

    /// <summary>Whether all parameters of a condition are declared.</summary>
    public bool Knows(ConditionSyntax? condition) => condition is null || condition.Comparisons.All(c => values.ContainsKey(c.Parameter.Text));

    /// <summary>Whether a condition holds; one with a mistake, which is reported, does not.</summary>
    public bool Holds(SourcedDeclaration source, ConditionSyntax? condition, DiagnosticBag mistakes)
    {
        bool holds = true;
        foreach (ComparisonSyntax comparison in condition?.Comparisons ?? default)
        {
            if (Find(comparison.Parameter.Text) is not { } value) mistakes.ReportUnknownName(source.Locate(comparison.Parameter.Span), "parameter", comparison.Parameter.Text, Names);
            else if (value.Number is { } number && comparison.Value is NumberSyntax expected)
            {
                holds &= number == expected.Value == (comparison.Operator == "==");
                continue;
            }
            else if (value.Number is null && comparison.Value is StringSyntax text)
            {
                holds &= string.Equals(value.Text, text.Value, StringComparison.Ordinal) == (comparison.Operator == "==");
                continue;
            }
            else mistakes.ReportWrongValue(source.Locate(comparison.Value.Span), value.Number is null ? "a quoted text" : "a number");
            holds = false;
        }

        return holds;
    }

    /// <summary>Whether a path may name parameters.</summary>
    public static bool HasPlaceholder(string path) => path.IndexOf('{') >= 0;

    /// <summary>A path with the values of the parameters that it names in braces.</summary>
    public string Expand(string path)
    {
        if (!HasPlaceholder(path)) return path;
        foreach (KeyValuePair<string, ParameterValue> value in values.OrderBy(v => v.Key, StringComparer.Ordinal)) path = path.Replace("{" + value.Key + "}", value.Value.Text);
        return path;
    }

    private void Declare(SourcedDeclaration source, ParamSyntax syntax)
    {
        string name = syntax.Name.Text;
        SourceLocation location = source.Locate(syntax.Name.Span);
        if (name is "page" or "n" or "image") bag.ReportWrongValue(location, $"another name ('{name}' has a meaning of its own)");
        else if (values.TryGetValue(name, out ParameterValue? first)) bag.ReportDuplicateDeclaration(location, $"the parameter '{name}'", first.Location);
        else if (Read(syntax.Value, location) is { } value) values.Add(name, value);
        else bag.ReportWrongValue(source.Locate(syntax.Value.Span), "a number or a quoted text");
    }

    private void Set(SourcedDeclaration source, SetSyntax syntax, Dictionary<string, SourceLocation> sets)
    {
        string name = syntax.Name.Text;
        SourceLocation location = source.Locate(syntax.Name.Span);
        if (!values.TryGetValue(name, out ParameterValue? parameter))
        {
            bag.ReportUnknownName(location, "parameter", name, Names);
            return;
        }

        if (sets.TryGetValue(name, out SourceLocation? first)) bag.ReportDuplicateDeclaration(location, $"the value of '{name}'", first);
        else sets.Add(name, location);
        bool isNumber = parameter.Number is not null;
        if (Read(syntax.Value, parameter.Location) is { } value && value.Number is not null == isNumber) values[name] = value;
        else bag.ReportWrongValue(source.Locate(syntax.Value.Span), isNumber ? "a number" : "a quoted text");
    }

    private void Give(LayoutParameter parameter)
    {
        ParameterValue declared = values[parameter.Name];
        if (declared.Number is null) values[parameter.Name] = declared with { Text = parameter.Value };
        else if (ReadNumber(parameter.Value) is { } number) values[parameter.Name] = Number(number, declared.Location);
        else bag.ReportBadParameterValue(declared.Location, parameter.Name, parameter.Value);
    }

    private static ParameterValue? Read(ExpressionSyntax value, SourceLocation location) => value switch
    {
        NumberSyntax number => Number(number.Value, location),
        StringSyntax text => new ParameterValue(text.Value, null, location),
        _ => null,
    };

    private static ParameterValue Number(ulong value, SourceLocation location) => new(FormattableString.Invariant($"{value}"), value, location);

    /// <summary>A number as a layout would have it, with a unit if there is one.</summary>
    private static ulong? ReadNumber(string text)
    {
        var input = new SliceInput(text, 0, text.Length);
        IResult<ExpressionSyntax> result = Lexemes.Number(input);
        return result.WasSuccessful && result.Remainder.AtEnd && input.Mistakes.Count == 0 && result.Value is NumberSyntax number ? number.Value : null;
    }
}
