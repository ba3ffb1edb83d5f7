using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace LayoutDsl.Emit;

/// <summary>Values as C# source text. Whatever text comes in, what comes out is one token.</summary>
internal static class CSharpText
{
    private static readonly HashSet<string> Keywords = new(StringComparer.Ordinal)
    {
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue", "decimal", "default", "delegate", "do",
        "double", "else", "enum", "event", "explicit", "extern", "false", "finally", "fixed", "float", "for", "foreach", "goto", "if", "implicit", "in", "int",
        "interface", "internal", "is", "lock", "long", "namespace", "new", "null", "object", "operator", "out", "override", "params", "private", "protected", "public",
        "readonly", "ref", "return", "sbyte", "sealed", "short", "sizeof", "stackalloc", "static", "string", "struct", "switch", "this", "throw", "true", "try", "typeof",
        "uint", "ulong", "unchecked", "unsafe", "ushort", "using", "virtual", "void", "volatile", "while",
        "record", "var", "dynamic", "await", "async", "partial", "file", "required", "scoped", "field", "nameof", "where", "when", "yield", "global", "notnull", "unmanaged",
    };

    /// <summary>A name, protected where C# has the word for itself.</summary>
    public static string Identifier(string name) => Keywords.Contains(name) ? "@" + name : name;

    /// <summary>The name of a type. One of small letters only could become a keyword of a later C#, which the compiler warns of (CS8981) unless it is protected.</summary>
    public static string TypeName(string name) => name.All(c => c is >= 'a' and <= 'z') ? "@" + name : Identifier(name);

    /// <summary>A decimal number of type <c>ulong</c>.</summary>
    public static string Number(ulong value) => value.ToString(CultureInfo.InvariantCulture) + "UL";

    /// <summary>A hexadecimal number of type <c>ulong</c>.</summary>
    public static string Address(ulong value) => FormattableString.Invariant($"0x{value:X}UL");

    /// <summary>A text literal that every version of C# reads.</summary>
    public static string Literal(string value)
    {
        var literal = new StringBuilder(value.Length + 2).Append('"');
        foreach (char c in value)
        {
            if (c is '"' or '\\') literal.Append('\\').Append(c);
            else if (c == '\n') literal.Append("\\n");
            else if (c is < ' ' or '\u007f' or '\u0085' or '\u2028' or '\u2029' || char.IsSurrogate(c)) literal.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            else literal.Append(c);
        }

        return literal.Append('"').ToString();
    }

    /// <summary>One line of a doc comment.</summary>
    public static string Xml(string line)
    {
        var xml = new StringBuilder(line.Length);
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (char.IsSurrogatePair(line, i))
            {
                xml.Append(c).Append(line[++i]);
                continue;
            }

            xml.Append(c switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                < ' ' or '\u007f' or '\u0085' or '\u2028' or '\u2029' or '\uFFFE' or '\uFFFF' => " ",
                _ when char.IsSurrogate(c) => "?",
                _ => c.ToString(),
            });
        }

        return xml.ToString();
    }
}
