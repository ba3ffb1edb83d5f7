using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Text;

namespace LayoutDsl.Planning;

/// <summary>The input sections of one unit that belong to one section, laid out one after the other as the linker does.</summary>
internal sealed class SectionContent
{
    public static readonly SectionContent Nothing = new();

    private readonly List<(string Path, string Member, List<string> Sections, bool Common, ulong? Offset)> inputs = new();
    private readonly List<(string Section, ulong Size, ulong Alignment)> pieces = new();
    private readonly List<(ulong Offset, int Users)> uses = new();
    private bool onlyNotes = true;

    /// <summary>Bytes; an upper bound, since the linker may merge equal strings.</summary>
    public ulong Size { get; private set; }

    public ulong Alignment { get; private set; } = 1;

    public bool IsNote => onlyNotes && Size > 0;

    public IEnumerable<SlotInputPlan> Inputs => inputs.Select(i => new SlotInputPlan(i.Path, i.Member, i.Sections.ToEquatableArray(), i.Common, i.Offset));

    /// <summary>The input sections one by one, of a table that the script does not fill in the order of its inputs (see <see cref="TableOrder"/>); the name of common symbols is empty.</summary>
    public IReadOnlyList<(string Section, ulong Size, ulong Alignment)> Pieces => pieces;

    /// <summary>Whether anything goes in, be it without a size.</summary>
    public bool HasContent => inputs.Count > 0 || Size > 0;

    /// <summary>Appends an input section.</summary>
    /// <param name="piece">The input section.</param>
    /// <param name="path">Path of its file, as the plan has it.</param>
    /// <param name="offset">Where it starts, when that is not just behind the one before.</param>
    /// <returns>False when the size leaves 64 bits.</returns>
    public bool TryAdd(InputPiece piece, string path, ulong? offset = null)
    {
        string member = piece.Object.Member ?? "";
        int last = inputs.Count - 1;
        if (last < 0 || offset is not null || inputs[last].Path != path || inputs[last].Member != member) inputs.Add((path, member, new List<string>(), false, offset));
        last = inputs.Count - 1;
        if (piece.Section.Length == 0) inputs[last] = inputs[last] with { Common = true };
        else if (!inputs[last].Sections.Contains(piece.Section)) inputs[last].Sections.Add(piece.Section);
        if (TableOrder.IsOwn(piece.Target)) pieces.Add((piece.Section, piece.Size, piece.Alignment));
        if (offset is { } at) Size = Math.Max(Size, at);
        return TryAppend(piece.Size, piece.Alignment, piece.IsNote);
    }

    /// <summary>Where what other numbers of images reach begins, with the number from there on; in the order of the link.</summary>
    public IReadOnlyList<(ulong Offset, int Users)> Uses => uses;

    /// <summary>Says how many images reach the input section that was added last.</summary>
    public void AddUsers(int users, ulong size)
    {
        if (size > 0 && (uses.Count == 0 || uses[uses.Count - 1].Users != users)) uses.Add((Size - size, users));
    }

    /// <summary>Appends bytes; false when the size leaves 64 bits.</summary>
    public bool TryAppend(ulong size, ulong alignment, bool isNote)
    {
        Alignment = Math.Max(Alignment, alignment);
        if (size == 0) return true;
        onlyNotes &= isNote;
        if (!Text.Alignment.TryAlignUp(Size, alignment, out ulong start) || start > ulong.MaxValue - size) return false;
        Size = start + size;
        return true;
    }
}
