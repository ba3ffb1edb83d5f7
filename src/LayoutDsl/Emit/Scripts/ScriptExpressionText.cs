using System.Linq;
using System.Text;
using LayoutDsl.Model;
using LayoutDsl.Syntax;

namespace LayoutDsl.Emit.Scripts;

/// <summary>Writes expressions of scripts. Parentheses are part of the tree, so none are added and none get lost.</summary>
internal static class ScriptExpressionText
{
    public static string Write(ExpressionSyntax expression, IScriptDialect dialect)
    {
        var text = new StringBuilder();
        Append(text, expression, dialect);
        return text.ToString();
    }

    private static void Append(StringBuilder text, ExpressionSyntax expression, IScriptDialect dialect)
    {
        switch (expression)
        {
            case NumberSyntax number:
                text.Append(dialect.Number(number.Value));
                break;
            case NameSyntax name:
                text.Append(dialect.Name(name));
                break;
            case StringSyntax quoted:
                text.Append(dialect.Text(quoted, ScriptArguments.Symbols));
                break;
            case ParenthesizedSyntax inner:
                text.Append('(');
                Append(text, inner.Inner, dialect);
                text.Append(')');
                break;
            case UnarySyntax unary:
                text.Append(unary.Operator);
                Append(text, unary.Operand, dialect);
                break;
            case ConditionalSyntax conditional:
                Append(text, conditional.Condition, dialect);
                text.Append(" ? ");
                Append(text, conditional.Then, dialect);
                text.Append(" : ");
                Append(text, conditional.Else, dialect);
                break;
            case ChainSyntax chain:
                Append(text, chain.First, dialect);
                foreach (ChainLinkSyntax link in chain.Rest)
                {
                    text.Append(' ').Append(link.Operator).Append(' ');
                    Append(text, link.Operand, dialect);
                }

                break;
            case CallSyntax call:
                AppendCall(text, call, dialect);
                break;
        }
    }

    private static void AppendCall(StringBuilder text, CallSyntax call, IScriptDialect dialect)
    {
        ScriptWord? word = ScriptWords.Functions.FirstOrDefault(f => f.Word == call.Function.Text);
        text.Append(dialect.Function(call.Function.Text)).Append('(');
        for (int i = 0; i < call.Arguments.Count; i++)
        {
            if (i > 0) text.Append(", ");
            if (word is not null && call.Arguments[i] is StringSyntax quoted) text.Append(dialect.Text(quoted, KindOf(word.Arguments, i)));
            else Append(text, call.Arguments[i], dialect);
        }

        text.Append(')');
    }

    private static ScriptArguments KindOf(ScriptArguments arguments, int index) => arguments switch
    {
        ScriptArguments.Assertion => index == 0 ? ScriptArguments.Symbols : ScriptArguments.Assertion,
        ScriptArguments.Segment => index == 0 ? ScriptArguments.Segment : ScriptArguments.Symbols,
        _ => arguments,
    };
}
