using System.Linq;
using LayoutDsl.Model;
using LayoutDsl.Parsing;
using LayoutDsl.Syntax;
using LayoutDsl.Text;

namespace LayoutDsl.Emit.Scripts;

/// <summary>The head of an output section, whose parts GNU ld wants in front of its braces or behind them (ld manual, Output Section Description and Attributes).</summary>
internal sealed class ScriptHead
{
    private readonly EquatableArray<ScriptClauseSyntax> clauses;

    public ScriptHead(EquatableArray<ScriptClauseSyntax> clauses) => this.clauses = clauses;

    /// <summary>Address, type, load address, alignments and constraint of an output section, with the colon.</summary>
    public string BeforeBody => Prefix(" ", "at") + Type + " :" + Call("AT", "load") + Call("ALIGN", "align") + Flag("align_with_input") + Call("SUBALIGN", "subalign") + Flag("only_if_ro") + Flag("only_if_rw");

    /// <summary>Address and load address of an overlay.</summary>
    public string BeforeOverlay => Prefix(" ", "at") + " :" + Flag("no_cross_references") + Call("AT", "load");

    /// <summary>Regions, program headers and fill.</summary>
    public string AfterBody
    {
        get
        {
            string headers = string.Concat(clauses.Where(c => c.Word.Text == "headers").SelectMany(c => c.Values).Select(v => " :" + Name(v)));
            ExpressionSyntax? fill = Find("fill");
            return (Find("in") is { } region ? " >" + Name(region) : "") + (Find(ScriptGrammar.LoadIn) is { } load ? " AT>" + Name(load) : "") + headers + (fill is null ? "" : " =" + WriteFill(fill));
        }
    }

    private string Type
    {
        get
        {
            string? word = clauses.Select(c => c.Word.Text).FirstOrDefault(w => w != "readonly" && ScriptWords.Types.ContainsKey(w));
            string type = Find("type") is { } value ? "TYPE = " + Write(value) : word is null ? "" : ScriptWords.Types[word];
            if (clauses.Any(c => c.Word.Text == "readonly")) type = type.Length > 0 ? $"READONLY ({type})" : "READONLY";
            return type.Length > 0 ? $" ({type})" : "";
        }
    }

    /// <summary>
    /// A pattern of bytes as GNU ld's plain hexadecimal number, whose digits count one by one; a value in parentheses, which make it four bytes (ld manual,
    /// Output Section Fill).
    /// </summary>
    public static string WriteFill(ExpressionSyntax fill) => fill is StringSyntax pattern ? "0x" + pattern.Value : fill is ParenthesizedSyntax ? Write(fill) : $"({Write(fill)})";

    private ExpressionSyntax? Find(string word) => clauses.FirstOrDefault(c => c.Word.Text == word)?.Values[0];

    private string Prefix(string prefix, string word) => Find(word) is { } value ? prefix + Write(value) : "";

    private string Call(string keyword, string word) => Find(word) is { } value ? $" {keyword}({Write(value)})" : "";

    private string Flag(string word) => clauses.Any(c => c.Word.Text == word) ? " " + ScriptWords.Flags[word] : "";

    private static string Name(ExpressionSyntax name) => LdDialect.Symbol(name is StringSyntax text ? text.Value : ((NameSyntax)name).Text);

    private static string Write(ExpressionSyntax expression) => ScriptExpressionText.Write(expression, LdDialect.Instance);
}
