using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using LayoutDsl.Model;

namespace LayoutDsl.Planning;

/// <summary>Libraries that are in exactly the same images. Their slots may share pages: whoever has one of them has all.</summary>
/// <param name="ImageCount">In how many images they are, members of families counted one by one.</param>
/// <param name="Libraries">The libraries, in ordinal order of their names.</param>
internal sealed record MembershipGroup(int ImageCount, IReadOnlyList<BoundLibrary> Libraries)
{
    /// <summary>The groups in plan order: those in more images first, then by the name of their first library. Libraries in no image are left out.</summary>
    public static IReadOnlyList<MembershipGroup> Find(BoundLayout layout)
    {
        var signatures = layout.Libraries.ToDictionary(l => l.Name, _ => (Key: new StringBuilder(), Count: 0), StringComparer.Ordinal);
        for (int i = 0; i < layout.Images.Count; i++)
        {
            // A family is one entry: its members have the same libraries.
            int members = layout.Images[i].Family?.Count ?? 1;
            foreach (string library in layout.Images[i].Libraries)
            {
                (StringBuilder key, int count) = signatures[library];
                key.Append(i.ToString("x", CultureInfo.InvariantCulture)).Append(',');
                signatures[library] = (key, count + members);
            }
        }

        return layout.Libraries
            .Where(l => signatures[l.Name].Count > 0)
            .GroupBy(l => signatures[l.Name].Key.ToString(), StringComparer.Ordinal)
            .Select(g => new MembershipGroup(signatures[g.First().Name].Count, g.OrderBy(l => l.Name, StringComparer.Ordinal).ToArray()))
            .OrderByDescending(g => g.ImageCount)
            .ThenBy(g => g.Libraries[0].Name, StringComparer.Ordinal)
            .ToArray();
    }
}
