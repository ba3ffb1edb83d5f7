using LayoutDsl.Model;
using LayoutDsl.Syntax;
using LayoutDsl.Text;

namespace LayoutDsl.Binding;

public sealed partial class LayoutBinder
{
    /// <summary>The functions that <c>indirect</c> statements name, and whether the planner finds others: it does unless one of them says <c>none</c>.</summary>
    private (EquatableArray<BoundIndirection> Named, bool IsAutomatic) BindIndirections()
    {
        var symbols = new NameTable<BoundIndirection>("the indirection of", bag);
        SourceLocation? auto = null;
        SourceLocation? none = null;
        foreach ((SourcedDeclaration source, IndirectSyntax syntax) in All<IndirectSyntax>())
        {
            foreach (NameSyntax symbol in syntax.Symbols)
            {
                SourceLocation location = source.Locate(symbol.Span);
                if (symbol.Text == "auto") auto ??= location;
                else if (symbol.Text == "none") none ??= location;
                else symbols.Add(symbol.Text, new BoundIndirection(symbol.Text, location), location);
            }
        }

        if (auto is { } on && none is { } off) bag.ReportIndirectionContradiction(off, on);
        return (symbols.ToSorted(s => s.Symbol), none is null);
    }
}
