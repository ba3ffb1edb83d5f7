using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Model;
using LayoutDsl.Text;

namespace LayoutDsl.Planning;

/// <summary>What one image brings: its application and, for its tables, the parts of the libraries that it has.</summary>
/// <param name="Source">Its declaration.</param>
/// <param name="Member">Its name and number.</param>
/// <param name="Entry">Its number in the catalog; members of a family may have one together.</param>
/// <param name="Files">Its own files, in link order.</param>
/// <param name="Application">Its own content.</param>
/// <param name="Libraries">The names of its libraries, in plan order.</param>
/// <param name="TableUnits">What of its libraries has something for a table, in plan order.</param>
internal sealed record ImageContent(BoundImage Source, ImageMember Member, int Entry, EquatableArray<InputFilePlan> Files, UnitContent Application, EquatableArray<string> Libraries, IReadOnlyList<UnitContent> TableUnits)
{
    public string Name => Member.Name;

    public string Family => Source.Family is null ? "" : Source.Name;

    /// <summary>Bytes of a table, at most; an overflowing sum stays at the largest number, which no region can hold.</summary>
    public ulong TableSize(BoundSection table)
    {
        if (TableOrder.IsOwn(table)) return TableOrder.Measure(table, Parts(table.Name).SelectMany(p => p.Pieces).ToArray());
        ulong size = 0;
        foreach (SectionContent part in Parts(table.Name))
        {
            if (part.Size == 0) continue;
            if (!Alignment.TryAlignUp(size, part.Alignment, out ulong start) || start > ulong.MaxValue - part.Size) return ulong.MaxValue;
            size = start + part.Size;
        }

        return size;
    }

    public ulong TableAlignment(string table) => Parts(table).Select(p => p.Alignment).Max();

    public bool IsNoteTable(string table) => Parts(table).Any(p => p.Size > 0) && Parts(table).All(p => p.Size == 0 || p.IsNote);

    /// <summary>What goes into a table. Its order is the linker's: the files of libraries that are built for each image stand under their own names.</summary>
    public IEnumerable<SlotInputPlan> TableInputs(string table) => Parts(table)
        .Where(p => p.Size > 0)
        .SelectMany(p => p.Inputs)
        .Select(i => i with { Path = i.Path.Replace(BoundInput.ImagePlaceholder, Name), Offset = null });

    private IEnumerable<SectionContent> Parts(string table) => TableUnits.Append(Application).Select(u => u[table]);
}
