using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Diagnostics;
using LayoutDsl.Model;
using LayoutDsl.Syntax;

namespace LayoutDsl.Binding;

/// <summary>Checks the names in expressions that only a plan can compute: <c>sizeof(zlib.text)</c>, <c>endof(images)</c>.</summary>
internal sealed class PlanNameChecker
{
    private readonly HashSet<string> sections;
    private readonly HashSet<string> tables;
    private readonly HashSet<string> families;
    private readonly HashSet<string> units;
    private readonly HashSet<string> ends;
    private readonly HashSet<string> ranges;

    public PlanNameChecker(IEnumerable<BoundSection> sections, IEnumerable<BoundLibrary> libraries, IEnumerable<BoundImage> images, IEnumerable<BoundRegion> regions)
    {
        this.sections = new HashSet<string>(sections.Where(s => !s.IsTable).Select(s => s.Name), StringComparer.Ordinal);
        tables = new HashSet<string>(sections.Where(s => s.IsTable).Select(s => s.Name), StringComparer.Ordinal);
        families = new HashSet<string>(images.Where(i => i.Family is not null).Select(i => i.Name), StringComparer.Ordinal);
        units = new HashSet<string>(libraries.Select(l => l.Name).Concat(images.Where(i => i.Family is null).Select(i => i.Name)), StringComparer.Ordinal);
        ranges = new HashSet<string>(sections.Where(s => !s.IsBuiltIn).Select(s => s.Name), StringComparer.Ordinal);
        ends = new HashSet<string>(regions.Select(r => r.Name).Concat(new[] { "libraries", "images" }).Concat(ranges), StringComparer.Ordinal);
    }

    public void Check(SourcedDeclaration source, ExpressionSyntax expression, ConstantTable constants, DiagnosticBag bag)
    {
        switch (expression)
        {
            case ParenthesizedSyntax parenthesized:
                Check(source, parenthesized.Inner, constants, bag);
                break;
            case ChainSyntax chain:
                Check(source, chain.First, constants, bag);
                foreach (ChainLinkSyntax link in chain.Rest) Check(source, link.Operand, constants, bag);
                break;
            case CallSyntax call when PlanFunctions.Names.Contains(call.Function.Text):
                CheckCall(source, call, bag);
                break;
            case CallSyntax { Function.Text: "align" or "min" or "max", Arguments.Count: 2 } call:
                foreach (ExpressionSyntax argument in call.Arguments) Check(source, argument, constants, bag);
                break;
            default:
                constants.Evaluate(source, expression);
                break;
        }
    }

    private void CheckCall(SourcedDeclaration source, CallSyntax call, DiagnosticBag bag)
    {
        string function = call.Function.Text;
        bool wantsEnd = function == "endof";
        switch (call.Arguments.Count == 1 ? call.Arguments[0] : null)
        {
            case NameSyntax name when wantsEnd:
                if (!ends.Contains(name.Text)) bag.ReportUnknownName(source.Locate(name.Span), "region, section or placement", name.Text, ends);
                break;
            case NameSyntax name:
                if (!ranges.Contains(name.Text)) bag.ReportUnknownName(source.Locate(name.Span), "section", name.Text, ranges);
                break;
            case MemberSyntax member when function != "loadof":
                if (families.Contains(member.Owner.Text)) bag.ReportBadCall(source.Locate(member.Span), $"'{member.Owner.Text}' is a family, whose members differ", "a symbol has one value in all images: name a library");
                else if (tables.Contains(member.Member.Text)) bag.ReportBadCall(source.Locate(member.Span), $"'{member.Member.Text}' is a table, which is no library's own", "use the symbols of its 'bounds'");
                else if (!units.Contains(member.Owner.Text)) bag.ReportUnknownName(source.Locate(member.Owner.Span), "library or image", member.Owner.Text, units);
                else if (!sections.Contains(member.Member.Text)) bag.ReportUnknownName(source.Locate(member.Member.Span), "section", member.Member.Text, sections);
                break;
            default:
                bag.ReportBadCall(
                    source.Locate(call.Span),
                    $"'{function}' needs {(wantsEnd ? "'libraries', 'images', a region, " : "")}a section{(function == "loadof" ? "" : " or a slot")}",
                    $"write {function}({(function == "loadof" ? "" : "library.")}section)");
                break;
        }
    }
}
