using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Diagnostics;
using LayoutDsl.Model;
using LayoutDsl.Planning;
using LayoutDsl.Syntax;
using LayoutDsl.Text;

namespace LayoutDsl.Emit.Scripts;

/// <summary>Finds what a layout asks of a linker that it cannot do.</summary>
internal sealed class LinkerCheck
{
    private readonly LinkerKind kind;
    private readonly DiagnosticBag bag = new();
    private readonly HashSet<string> reported = new(System.StringComparer.Ordinal);

    private LinkerCheck(LinkerKind kind) => this.kind = kind;

    public static EquatableArray<Diagnostic> Check(BoundLayout layout, LayoutPlan? plan, LinkerKind kind)
    {
        var check = new LinkerCheck(kind);
        foreach (BoundScript script in layout.Scripts)
        {
            check.reported.Clear();
            check.CheckAll(script.Statements, script.Location);
        }

        check.reported.Clear();
        if (layout.Overlay is { IsFragment: false, IsCaptured: false } overlay) check.Require("INSERT", overlay.Location);
        if (layout.Overlay is null && kind != LinkerKind.Gnu && plan is { Images.Count: > 0 }) check.CheckPlan(plan, layout.Target.Location);
        return check.bag.ToSortedArray();
    }

    /// <summary>What whole scripts of images need beside words: the scripts themselves are written for each linker.</summary>
    private void CheckPlan(LayoutPlan plan, SourceLocation location)
    {
        // lld and gold make one section of all unwind records, whatever the script says.
        if (plan.Sections.Any(s => s.Role == SectionRole.Unwind || (!s.IsTable && s.Patterns.Any(p => Glob.IsMatch(p.Text, ".eh_frame"))))) Lacks("places of libraries for .eh_frame");
        if (kind != LinkerKind.Gold) return;
        if (plan.Indirections.Count > 0 || plan.Libraries.Any(l => l.IndirectFunctions.Count > 0)) Lacks("symbols of --wrap in scripts, which jumps need");
        if (plan.Areas.Any(a => a.Address != a.LoadAddress)) Lacks("load addresses beside addresses");

        void Lacks(string what) => bag.ReportUnsupportedByLinker(location, kind.ToName(), what);
    }

    private void CheckAll(IEnumerable<ScriptStatementSyntax> statements, SourceLocation location)
    {
        foreach (ScriptStatementSyntax statement in statements) Check(statement, location);
    }

    private void Check(ScriptStatementSyntax statement, SourceLocation location)
    {
        switch (statement)
        {
            case ScriptCommandSyntax command:
                Require(ScriptWords.Commands.First(c => c.Word == command.Word.Text).Keyword, location);
                foreach (ExpressionSyntax argument in command.Arguments) Check(argument, location);
                break;
            case ScriptAssignmentSyntax assignment:
                Check(assignment.Value, location);
                break;
            case ScriptSectionsSyntax sections:
                if (sections.Anchor is not null) Require("INSERT", location);
                CheckAll(sections.Statements, location);
                break;
            case ScriptOutputSyntax output:
                foreach (ScriptClauseSyntax clause in output.Clauses) Check(clause, location);
                CheckAll(output.Statements, location);
                break;
            case ScriptOverlaySyntax overlay:
                Require("OVERLAY", location);
                CheckAll(overlay.Sections, location);
                break;
            case ScriptInputSyntax input:
                if (input.Flags.Count > 0) Require("INPUT_SECTION_FLAGS", location);
                foreach (NameSyntax function in input.Sections.SelectMany(p => p.Functions)) Require(ScriptWords.Sorts[function.Text], location);
                break;
        }
    }

    private void Check(ScriptClauseSyntax clause, SourceLocation location)
    {
        string word = clause.Word.Text;
        if (ScriptWords.Types.TryGetValue(word, out string? type)) Require(type, location);
        else if (ScriptWords.Flags.TryGetValue(word, out string? flag)) Require(flag, location);
        else if (word == "type") Require("TYPE", location);
        foreach (ExpressionSyntax value in clause.Values) Check(value, location);
    }

    private void Check(ExpressionSyntax expression, SourceLocation location)
    {
        switch (expression)
        {
            case ParenthesizedSyntax inner:
                Check(inner.Inner, location);
                break;
            case UnarySyntax unary:
                Check(unary.Operand, location);
                break;
            case ConditionalSyntax conditional:
                foreach (ExpressionSyntax part in new[] { conditional.Condition, conditional.Then, conditional.Else }) Check(part, location);
                break;
            case ChainSyntax chain:
                foreach (ExpressionSyntax operand in chain.Rest.Select(l => l.Operand).Prepend(chain.First)) Check(operand, location);
                break;
            case CallSyntax call:
                if (ScriptWords.Functions.FirstOrDefault(f => f.Word == call.Function.Text) is { } function) Require(function.Keyword, location);
                foreach (ExpressionSyntax argument in call.Arguments) Check(argument, location);
                break;
        }
    }

    private void Require(string keyword, SourceLocation location)
    {
        if (!kind.Knows(keyword) && reported.Add(keyword)) bag.ReportUnsupportedByLinker(location, kind.ToName(), keyword);
    }
}
