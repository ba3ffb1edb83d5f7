using System;
using System.Collections.Generic;
using System.Text;

namespace LayoutDsl.Emit;

/// <summary>Names of layouts as names of C#: <c>ram_fs</c> becomes <c>RamFs</c>.</summary>
public static class CSharpNames
{
    /// <summary>Members that every generated type has, or inherits from <see cref="object"/>; a name that becomes one of them gets an underscore.</summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "Address", "Documentation", "Equals", "Family", "Finalize", "First", "GetHashCode", "GetType", "Images", "Instances", "Last", "Libraries", "LinkerScript",
        "MemberwiseClone", "Name", "Page", "Plan", "ReferenceEquals", "Reserved", "Size", "ToString",
    };

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
