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
    /// <summary>Longest chain of constants that need each other; bounds the recursion.</summary>
    private const int MaximumDepth = 200;

    private readonly Dictionary<string, (SourcedDeclaration Source, ConstSyntax Syntax)> declared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ulong?> values = new(StringComparer.Ordinal);
    private readonly Stack<string> computing = new();
    private readonly DiagnosticBag bag;

    public ConstantTable(IEnumerable<SourcedDeclaration> declarations, DiagnosticBag bag)
    {
        this.bag = bag;
        foreach (SourcedDeclaration source in declarations)
        {
            if (source.Syntax is ConstSyntax constant) Declare(source, constant);
        }
    }

    /// <summary>Page size in bytes, the value of the name <c>page</c>. Set once the target is known.</summary>
    public ulong? Page { get; set; }

    /// <summary>Origin and length of the regions, for <c>origin(r)</c> and <c>length(r)</c>. Set once the regions are known.</summary>
    public IReadOnlyDictionary<string, BoundRegion>? Regions { get; set; }

    /// <summary>All constants that have a value, by name.</summary>
    public EquatableArray<BoundConstant> ToBound() => declared.Keys
        .OrderBy(n => n, StringComparer.Ordinal)
        .Select(n => (Name: n, Value: GetValue(n)))
        .Where(c => c.Value is not null)
        .Select(c => new BoundConstant(c.Name, c.Value!.Value))
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
        else declared.Add(name, (source, constant));
    }

    private ulong? GetValue(string name)
    {
        if (values.TryGetValue(name, out ulong? known)) return known;
        (SourcedDeclaration source, ConstSyntax syntax) = declared[name];
        if (computing.Contains(name) || computing.Count >= MaximumDepth)
        {
            bag.ReportCyclicConstant(source.Locate(syntax.Name.Span), name);
            return values[name] = null;
        }

        computing.Push(name);
        ulong? value = Evaluate(source, syntax.Value);
        computing.Pop();
        return values[name] = value;
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
            if (name.Text == "page") return table.Page;
            if (table.declared.ContainsKey(name.Text)) return table.GetValue(name.Text);
            table.bag.ReportUnknownName(source.Locate(name.Span), "constant", name.Text, table.Names.Append("page").ToArray());
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
