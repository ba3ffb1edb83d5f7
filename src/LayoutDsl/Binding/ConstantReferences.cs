using System.Collections.Generic;
using LayoutDsl.Syntax;

namespace LayoutDsl.Binding;

/// <summary>Finds the names that an expression refers to.</summary>
internal static class ConstantReferences
{
    /// <summary>The names, in the order of the text; those of functions and slots are not among them.</summary>
    public static IEnumerable<string> Find(ExpressionSyntax expression)
    {
        var open = new Stack<ExpressionSyntax>();
        open.Push(expression);
        while (open.Count > 0)
        {
            switch (open.Pop())
            {
                case NameSyntax name:
                    yield return name.Text;
                    break;
                case ParenthesizedSyntax parenthesized:
                    open.Push(parenthesized.Inner);
                    break;
                case ChainSyntax chain:
                    for (int i = chain.Rest.Count - 1; i >= 0; i--) open.Push(chain.Rest[i].Operand);
                    open.Push(chain.First);
                    break;

                // The other functions take names of regions and slots.
                case CallSyntax { Function.Text: "align" or "min" or "max" } call:
                    for (int i = call.Arguments.Count - 1; i >= 0; i--) open.Push(call.Arguments[i]);
                    break;
            }
        }
    }
}
