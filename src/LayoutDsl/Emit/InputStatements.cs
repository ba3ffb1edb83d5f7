using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Planning;
using LayoutDsl.Text;

namespace LayoutDsl.Emit;

/// <summary>
/// The input files of a slot as the linker script names them: one by one, or by their folder when all of the image's files in it belong to one library. GNU ld
/// walks all files for every statement, so a thousand members by name would take it seconds; by folder they are one statement.
/// </summary>
internal sealed class InputStatements
{
    private const int FewestFiles = 8;

    private readonly HashSet<string> ownFolders;

    public InputStatements(LayoutPlan plan, ImagePlan image)
    {
        // Of a library in parts, a folder has objects of several slots.
        IEnumerable<(string Folder, string Owner)> files = plan.GetLibraries(image)
            .Where(l => l.Slots.All(s => s.Part.Length == 0))
            .SelectMany(l => l.GetFiles(image).Where(f => !f.IsArchive).Select(f => (LayoutPath.GetDirectory(f.Path), l.Name)))
            .Concat(image.Files.Where(f => !f.IsArchive).Select(f => (LayoutPath.GetDirectory(f.Path), image.Name)));
        ownFolders = new HashSet<string>(
            files.GroupBy(f => f.Folder, StringComparer.Ordinal)
                .Where(g => g.Key.Length > 0 && g.Count() >= FewestFiles && g.Select(f => f.Owner).Distinct(StringComparer.Ordinal).Count() == 1)
                .Select(g => g.Key),
            StringComparer.Ordinal);
    }

    /// <summary>The inputs in their order, runs of one folder joined; and where they start in the slot, when that is not just behind the one before.</summary>
    public IEnumerable<(string File, IReadOnlyList<string> Sections, bool Common, ulong? Offset)> Join(IEnumerable<SlotInputPlan> inputs)
    {
        string? folder = null;
        var sections = new List<string>();
        bool common = false;
        foreach (SlotInputPlan input in inputs)
        {
            string own = input.Member.Length == 0 ? LayoutPath.GetDirectory(input.Path) : "";
            if (folder is not null && own != folder)
            {
                yield return ($"\"{folder}/*\"", sections.ToArray(), common, null);
                folder = null;
            }

            if (!ownFolders.Contains(own))
            {
                yield return (Quote(input), input.Sections, input.Common, input.Offset is > 0 ? input.Offset : null);
                continue;
            }

            if (folder is null)
            {
                folder = own;
                sections.Clear();
                common = false;
            }

            foreach (string section in input.Sections)
            {
                if (!sections.Contains(section)) sections.Add(section);
            }

            common |= input.Common;
        }

        if (folder is not null) yield return ($"\"{folder}/*\"", sections, common, null);
    }

    private static string Quote(SlotInputPlan input) => input.Member.Length == 0 ? $"\"{input.Path}\"" : $"\"{input.Path}:{input.Member}\"";
}
