using System;
using System.Linq;
using LayoutDsl.Model;
using LayoutDsl.Syntax;

namespace LayoutDsl.Emit.Scripts;

/// <summary>Names, numbers and functions as GNU ld reads them.</summary>
internal sealed class LdDialect : IScriptDialect
{
    public static readonly LdDialect Instance = new();

    public string Name(NameSyntax name) => ScriptWords.Values.TryGetValue(name.Text, out string? value) ? value : Symbol(name.Text);

    public string Text(StringSyntax text, ScriptArguments kind) => kind is ScriptArguments.Assertion or ScriptArguments.Segment ? Quote(text.Value) : Symbol(text.Value);

    public string Number(ulong value) => FormattableString.Invariant(value < 10 ? $"{value}" : (FormattableString)$"0x{value:x}");

    public string Function(string word) => ScriptWords.Functions.First(f => f.Word == word).Keyword;

    /// <summary>A name of a symbol, region or output section: in quotes when it could be read as something else (ld manual, Symbol Names).</summary>
    public static string Symbol(string name) => IsPlain(name, "_.$") && name != "." ? name : Quote(name);

    /// <summary>A pattern of sections or files. Quotes are a last resort: lld takes a quoted pattern by the letter.</summary>
    public static string Pattern(string pattern) => IsPlain(pattern, "_.$*?[]^-+!~:/") && !pattern.StartsWith("/*", StringComparison.Ordinal) && pattern[0] is not ('!' or '-' or '+' or '[' or ':' or '^') ? pattern : Quote(pattern);

    public static string Quote(string text) => "\"" + text + "\"";

    private static bool IsPlain(string name, string others) =>
        name.Length > 0 && !ScriptWords.Keywords.Contains(name) && name[0] is not (>= '0' and <= '9')
        && name.All(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') || others.IndexOf(c) >= 0);
}
