using System;
using System.Linq;
using LayoutDsl.Diagnostics;
using LayoutDsl.Model;
using LayoutDsl.Parsing;
using LayoutDsl.Syntax;
using LayoutDsl.Text;

namespace LayoutDsl.Binding;

/// <summary>Checks the expressions of a script, and puts the values of the layout's constants in. Any other name is a symbol, which only the linker knows.</summary>
internal sealed class ScriptExpressionBinder
{
    private readonly SourcedDeclaration source;
    private readonly ConstantTable constants;
    private readonly DiagnosticBag bag;

    public ScriptExpressionBinder(SourcedDeclaration source, ConstantTable constants, DiagnosticBag bag)
    {
        this.source = source;
        this.constants = constants;
        this.bag = bag;
    }

    public ExpressionSyntax Bind(ExpressionSyntax expression)
    {
        switch (expression)
        {
            case NameSyntax name when constants.Names.Contains(name.Text) || (name.Text == "page" && constants.Page is not null):
                return new NumberSyntax(constants.Evaluate(source, name) ?? 0, name.Span);
            case StringSyntax text:
                CheckText(text);
                return text;
            case PercentSyntax:
                bag.ReportWrongValue(source.Locate(expression.Span), "a number");
                return expression;
            case ParenthesizedSyntax inner:
                return inner with { Inner = Bind(inner.Inner) };
            case UnarySyntax unary:
                return unary with { Operand = Bind(unary.Operand) };
            case ConditionalSyntax conditional:
                return conditional with { Condition = Bind(conditional.Condition), Then = Bind(conditional.Then), Else = Bind(conditional.Else) };
            case ChainSyntax chain:
                return chain with { First = Bind(chain.First), Rest = chain.Rest.Select(l => l with { Operand = Bind(l.Operand) }).ToEquatableArray() };
            case CallSyntax call:
                return Bind(call);
            default:
                return expression;
        }
    }

    private CallSyntax Bind(CallSyntax call)
    {
        ScriptWord? function = ScriptWords.Functions.FirstOrDefault(f => f.Word == call.Function.Text);
        if (function is not null) return call with { Arguments = BindArguments(function, call.Arguments, call.Span) };
        bag.ReportUnknownScriptFunction(source.Locate(call.Span), call.Function.Text, ScriptWords.Functions.Select(f => f.Word).ToArray());
        return call;
    }

    /// <summary>The arguments of a command or function, each checked to be what the word needs.</summary>
    public EquatableArray<ExpressionSyntax> BindArguments(ScriptWord word, EquatableArray<ExpressionSyntax> arguments, TextSpan span)
    {
        if (arguments.Count < word.Least || arguments.Count > word.Most)
        {
            string count = word.Least == word.Most ? FormattableString.Invariant($"{word.Least}") : word.Most == int.MaxValue ? FormattableString.Invariant($"{word.Least} or more") : FormattableString.Invariant($"{word.Least} to {word.Most}");
            bag.ReportBadScriptArguments(source.Locate(span), $"'{word.Word}' has {count} arguments", ExampleOf(word));
            return arguments;
        }

        return arguments.Select((a, i) => BindArgument(word, KindOf(word, i), a)).ToEquatableArray();
    }

    /// <summary>Reports a text that GNU ld would not read as one name. Its quotes know no escape, and a line end is none of its business.</summary>
    public void CheckText(StringSyntax text)
    {
        if (text.Value.Length == 0 || text.Value.Any(c => c < ' ' || c is '"' or '\u007f')) bag.ReportUnwritableText(source.Locate(text.Span), text.Value);
    }

    /// <summary>Reports a text that cannot stand in a script without quotes, where GNU ld accepts none.</summary>
    public void CheckPlain(StringSyntax text, string signs)
    {
        if (text.Value.Length == 0 || text.Value.Any(c => !SyntaxFacts.IsNamePart(c) && signs.IndexOf(c) < 0)) bag.ReportUnwritableText(source.Locate(text.Span), text.Value);
    }

    private static ScriptArguments KindOf(ScriptWord word, int index) => word.Arguments switch
    {
        ScriptArguments.Assertion => index == 0 ? ScriptArguments.Values : ScriptArguments.Texts,
        ScriptArguments.Segment => index == 0 ? ScriptArguments.Texts : ScriptArguments.Values,
        _ => word.Arguments,
    };

    private ExpressionSyntax BindArgument(ScriptWord word, ScriptArguments kind, ExpressionSyntax argument)
    {
        switch (kind)
        {
            case ScriptArguments.Values:
                return Bind(argument);
            case ScriptArguments.Files when argument is CallSyntax { Function.Text: "as_needed" } call:
                foreach (ExpressionSyntax file in call.Arguments) BindArgument(word, ScriptArguments.Texts, file);
                return argument;
        }

        bool isName = kind is ScriptArguments.Symbols or ScriptArguments.Regions;
        if (argument is StringSyntax { Value: var library } option && kind == ScriptArguments.Files && library.StartsWith("-l", StringComparison.Ordinal)) CheckPlain(option, "_./-+:");
        else if (argument is StringSyntax text) CheckText(text);
        else if (!isName || argument is not NameSyntax) bag.ReportBadScriptArguments(source.Locate(argument.Span), $"'{word.Word}' needs {(isName ? "a name" : "a quoted text")} here", ExampleOf(word));
        return argument;
    }

    private static string ExampleOf(ScriptWord word)
    {
        string argument = word.Arguments switch
        {
            ScriptArguments.None => "",
            ScriptArguments.Symbols => "_start",
            ScriptArguments.Regions => "ram",
            ScriptArguments.Assertion => "sizeof(\".text\") < 64KiB, \"too large\"",
            ScriptArguments.Segment => "\"text-segment\", 4MiB",
            ScriptArguments.Values => "16",
            _ => word.Word is "addressof" or "sizeof" or "loadof" or "alignof" ? "\".text\"" : "\"name\"",
        };
        bool isFunction = ScriptWords.Functions.Contains(word);
        return isFunction ? $"write {word.Word}({argument})" : $"write '{word.Word}{(argument.Length > 0 ? " " : "")}{argument};'";
    }
}
