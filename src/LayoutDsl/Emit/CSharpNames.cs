using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace LayoutDsl.Emit;

/// <summary>Names of layouts as names of C#: <c>ram_fs</c> becomes <c>RamFs</c>.</summary>
public static class CSharpNames
{
    /// <summary>Members that every generated type has, or inherits from <see cref="object"/>; a name that becomes one of them gets an underscore.</summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "Address", "Areas", "Documentation", "End", "Equals", "Family", "Finalize", "First", "GetHashCode", "GetType", "Images", "Instances", "Last", "Libraries", "Length", "LinkerScript", "LoadAddress",
        "MemberwiseClone", "Name", "Origin", "Page", "Plan", "ReferenceEquals", "Regions", "Reserved", "Scripts", "Size", "ToString",
    };

    /// <summary>Members of the type of a layout, which cannot have the type's name.</summary>
    private static readonly string[] LayoutMembers = { "Areas", "Images", "Libraries", "Page", "Plan", "PlanHolder", "Regions", "Scripts" };

    /// <summary>What generated code names from outside; a type in the place of one of these namespaces or types would hide it.</summary>
    private static readonly string[] UsedNames =
    {
        "LayoutDsl.Emit.PlanText", "LayoutDsl.LayoutCompiler", "LayoutDsl.Planning.LayoutPlan", "System.CodeDom.Compiler.GeneratedCodeAttribute",
        "System.Globalization.CultureInfo", "System.ReadOnlySpan", "System.Text.Encoding",
    };

    /// <summary>The name that keeps a layout from being called <paramref name="layout"/>, or null when it can be.</summary>
    public static string? FindReservedFor(string layout)
    {
        string type = layout.Substring(layout.LastIndexOf('.') + 1);
        return LayoutMembers.FirstOrDefault(m => m == type) ?? UsedNames.FirstOrDefault(u => (u + ".").StartsWith(layout + ".", StringComparison.Ordinal));
    }

    /// <summary>A legal C# identifier in Pascal case; different for names that differ in more than case and underscores.</summary>
    public static string ToIdentifier(string name)
    {
        var identifier = new StringBuilder();
        bool upper = true;
        foreach (char c in name)
        {
            if (c == '_')
            {
                upper = true;
                continue;
            }

            identifier.Append(upper ? char.ToUpperInvariant(c) : c);
            upper = false;
        }

        // Pascal case never meets a keyword, which are all lower case.
        if (identifier.Length == 0 || char.IsDigit(identifier[0])) identifier.Insert(0, '_');
        string text = identifier.ToString();
        return Reserved.Contains(text) ? text + "_" : text;
    }
}
