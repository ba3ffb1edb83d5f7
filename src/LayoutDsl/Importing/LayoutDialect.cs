using System;
using LayoutDsl.Emit.Scripts;
using LayoutDsl.Model;
using LayoutDsl.Syntax;

namespace LayoutDsl.Importing;

/// <summary>Names, numbers and functions as a layout reads them.</summary>
internal sealed class LayoutDialect : IScriptDialect
{
    public static readonly LayoutDialect Instance = new();

    public string Name(NameSyntax name) => name.Text;

    public string Text(StringSyntax text, ScriptArguments kind) => Quote(text.Value);

    public string Number(ulong value)
    {
        foreach ((string unit, int shift) in new[] { ("GiB", 30), ("MiB", 20), ("KiB", 10) })
        {
            if (value != 0 && value % (1UL << shift) == 0 && value >> shift < 1024) return FormattableString.Invariant($"{value >> shift}{unit}");
        }

        return FormattableString.Invariant(value < 10 ? $"{value}" : (FormattableString)$"0x{value:X}");
    }

    public string Function(string word) => word;

    public static string Quote(string text) => "\"" + text.Replace("\\", "\\\\").Replace("\"", "\\\"") + "\"";
}
