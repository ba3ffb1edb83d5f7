using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Text;

namespace LayoutDsl.Model;

/// <summary>A value that a build or a command line gives to a parameter of a layout.</summary>
/// <param name="Name">Name of the parameter.</param>
/// <param name="Value">Its value as text.</param>
/// <param name="IsOffered">It is there for every layout, which need not have such a parameter.</param>
public sealed record LayoutParameter(string Name, string Value, bool IsOffered)
{
    /// <summary>What separates parameters in one text: build properties cannot carry a semicolon to the compiler.</summary>
    public const char Separator = '|';

    private const string OfferMark = "?";

    /// <summary>Reads <c>name=value</c>; with <c>?</c> before the name the value is an offer. Null when there is no name or no sign.</summary>
    public static LayoutParameter? Parse(string text)
    {
        int sign = text.IndexOf('=');
        bool isOffered = text.StartsWith(OfferMark, StringComparison.Ordinal);
        string name = sign < 0 ? "" : text.Substring(isOffered ? 1 : 0, sign - (isOffered ? 1 : 0)).Trim();
        return name.Length == 0 ? null : new LayoutParameter(name, text.Substring(sign + 1).Trim(), isOffered);
    }

    /// <summary>Reads a list such as <c>trace=on|slots=8</c>. Of several values for one name the last counts, and an offer never wins over a value.</summary>
    public static EquatableArray<LayoutParameter> ParseList(string text) => Merge(text.Split(Separator).Where(t => t.Trim().Length > 0).Select(t => Parse(t.Trim())).OfType<LayoutParameter>());

    /// <summary>One value for each name.</summary>
    public static EquatableArray<LayoutParameter> Merge(IEnumerable<LayoutParameter> parameters) => parameters
        .GroupBy(p => p.Name, StringComparer.Ordinal)
        .Select(g => g.LastOrDefault(p => !p.IsOffered) ?? g.Last())
        .OrderBy(p => p.Name, StringComparer.Ordinal)
        .ToEquatableArray();
}
