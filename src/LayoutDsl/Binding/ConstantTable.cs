using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Diagnostics;
using LayoutDsl.Model;
using LayoutDsl.Syntax;
using LayoutDsl.Text;

namespace LayoutDsl.Binding;

/// <summary>The constants of a layout, computed when first asked for, so that their order in the file does not matter.</summary>
internal sealed class ConstantTable
{
    private readonly Dictionary<string, (SourcedDeclaration Source, ConstSyntax Syntax)> declared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ulong?> values = new(StringComparer.Ordinal);
    private readonly DiagnosticBag bag;

    public ConstantTable(IEnumerable<SourcedDeclaration> declarations, ParameterTable parameters, DiagnosticBag bag)
    {
        this.bag = bag;
        Parameters = parameters;
        foreach (SourcedDeclaration source in declarations)
        {
            if (source.Syntax is ConstSyntax constant) Declare(source, constant);
        }
    }

    /// <summary>The parameters, whose numbers are values like those of constants.</summary>
    public ParameterTable Parameters { get; }

    /// <summary>Page size in bytes, the value of the name <c>page</c>; null when the layout has no usable target.</summary>
    public ulong? Page { get; private set; }

    private bool IsPageBound { get; set; }

    /// <summary>Origin and length of the regions, for <c>origin(r)</c> and <c>length(r)</c>. Set once the regions are known.</summary>
    public IReadOnlyDictionary<string, BoundRegion>? Regions { get; set; }

    /// <summary>All constants that have a value, by name.</summary>
    public EquatableArray<BoundConstant> ToBound() => declared.Keys
        .OrderBy(n => n, StringComparer.Ordinal)
        .Select(n => (Name: n, Value: GetValue(n)))
        .Where(c => c.Value is not null)
        .Select(c => new BoundConstant(c.Name, c.Value!.Value))
        .Concat(Parameters.Numbers)
        .ToEquatableArray();

    /// <summary>The value of an expression, or null after a mistake was reported.</summary>
    public ulong? Evaluate(SourcedDeclaration source, ExpressionSyntax expression) =>
        new ExpressionEvaluator(new Scope(this, source), bag, source.Locate).Evaluate(expression);

    public IReadOnlyCollection<string> Names => declared.Keys;

    private void Declare(SourcedDeclaration source, ConstSyntax constant)
    {
        string name = constant.Name.Text;
        SourceLocation location = source.Locate(constant.Name.Span);
        if (name == "page") bag.ReportWrongValue(location, "another name ('page' is the page size of the target)");
        else if (declared.TryGetValue(name, out (SourcedDeclaration Source, ConstSyntax Syntax) first))
        {
            bag.ReportDuplicateDeclaration(location, $"the constant '{name}'", first.Source.Locate(first.Syntax.Name.Span));
        }
        else if (Parameters.Find(name) is { } parameter) bag.ReportDuplicateDeclaration(location, $"the name '{name}'", parameter.Location);
        else declared.Add(name, (source, constant));
    }

    /// <summary>Sets the page size once the target was read, well or not; until then the name <c>page</c> cannot be used.</summary>
    public void BindPage(ulong? page)
    {
        Page = page;
        IsPageBound = true;
    }

    /// <summary>
    /// The value of a declared constant. What it needs is computed first, on a stack of its own: a chain of constants may have any length.
    /// </summary>
    private ulong? GetValue(string name)
    {
        if (values.TryGetValue(name, out ulong? known)) return known;
        var open = new HashSet<string>(StringComparer.Ordinal);
        var stack = new Stack<string>();
        stack.Push(name);
        while (stack.Count > 0)
        {
            string next = stack.Peek();
            (SourcedDeclaration source, ConstSyntax syntax) = declared[next];
            bool isFirstVisit = open.Add(next);
            string[] missing = ConstantReferences.Find(syntax.Value).Where(n => declared.ContainsKey(n) && !values.ContainsKey(n)).ToArray();
            if (missing.Length > 0 && isFirstVisit && !missing.Any(open.Contains))
            {
                foreach (string other in missing) stack.Push(other);
                continue;
            }

            stack.Pop();
            if (values.ContainsKey(next)) continue;
            if (missing.Length > 0) bag.ReportCyclicConstant(source.Locate(syntax.Name.Span), next);
            values[next] = missing.Length > 0 ? null : Evaluate(source, syntax.Value);
        }

        return values[name];
    }

    private sealed class Scope : IExpressionScope
    {
        private readonly ConstantTable table;
        private readonly SourcedDeclaration source;

        public Scope(ConstantTable table, SourcedDeclaration source)
        {
            this.table = table;
            this.source = source;
        }

        public ulong? GetName(NameSyntax name)
        {
            if (name.Text == "page")
            {
                if (!table.IsPageBound) table.bag.ReportCyclicConstant(source.Locate(name.Span), "page");
                return table.Page;
            }

            if (table.declared.ContainsKey(name.Text)) return table.GetValue(name.Text);
            if (table.Parameters.Find(name.Text) is { } parameter)
            {
                if (parameter.Number is null) table.bag.ReportWrongValue(source.Locate(name.Span), $"a number (the parameter '{name.Text}' is a text)");
                return parameter.Number;
            }

            table.bag.ReportUnknownName(source.Locate(name.Span), "constant", name.Text, table.Names.Concat(table.Parameters.Names).Append("page").ToArray());
            return null;
        }

        public ulong? Call(CallSyntax call)
        {
            string function = call.Function.Text;
            if (PlanFunctions.Names.Contains(function))
            {
                table.bag.ReportPlanValueInConstant(source.Locate(call.Span), function);
                return null;
            }

            if (function is not ("origin" or "length"))
            {
                table.bag.ReportBadCall(source.Locate(call.Span), $"there is no function '{function}'", Suggestions.DidYouMean(function, PlanFunctions.AllNames));
                return null;
            }

            if (call.Arguments.Count != 1 || call.Arguments[0] is not NameSyntax region)
            {
                table.bag.ReportBadCall(source.Locate(call.Span), $"'{function}' needs the name of a region", null);
                return null;
            }

            if (table.Regions is null)
            {
                table.bag.ReportBadCall(source.Locate(call.Span), $"'{function}' cannot be used in a region or target", null);
                return null;
            }

            if (table.Regions.TryGetValue(region.Text, out BoundRegion? found)) return function == "origin" ? found.Origin : found.Length;
            table.bag.ReportUnknownName(source.Locate(region.Span), "region", region.Text, table.Regions.Keys.ToArray());
            return null;
        }
    }
}
