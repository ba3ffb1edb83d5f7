using LayoutDsl.Model;
using LayoutDsl.Syntax;

namespace LayoutDsl.Emit.Scripts;

/// <summary>How the parts of an expression are written: as GNU ld reads them, or as a layout does.</summary>
internal interface IScriptDialect
{
    /// <summary>A symbol or a word for a value.</summary>
    string Name(NameSyntax name);

    /// <summary>A quoted text: a symbol, a section, a message.</summary>
    string Text(StringSyntax text, ScriptArguments kind);

    /// <summary>A number.</summary>
    string Number(ulong value);

    /// <summary>The name of a function.</summary>
    string Function(string word);
}
