using System.Linq;
using LayoutDsl.Text;

namespace LayoutDsl.Planning;

/// <summary>An image, or one member of a family.</summary>
/// <param name="Name">Its name; for a member the family's name and its number.</param>
/// <param name="Family">Name of its family; empty when it is not in one.</param>
/// <param name="Number">Its number in the family.</param>
/// <param name="Documentation">Its doc comment.</param>
/// <param name="Instances">How many of it run on a server.</param>
/// <param name="Libraries">Names of its libraries, in plan order.</param>
/// <param name="Files">Its own files, in link order.</param>
/// <param name="Slots">Its tables and its own sections.</param>
public sealed record ImagePlan(
    string Name,
    string Family,
    int Number,
    string Documentation,
    ulong Instances,
    EquatableArray<string> Libraries,
    EquatableArray<InputFilePlan> Files,
    EquatableArray<SlotPlan> Slots)
{
    /// <summary>How far what it has stands from where the plan has it for all images, in the order of <see cref="Libraries"/>, its own slots last; empty when nothing is moved.</summary>
    public EquatableArray<MovePlan> Moves { get; init; }

    /// <summary>The values that the symbols of the layout have in it; empty when nothing is moved, and <see cref="LayoutPlan.Symbols"/> holds.</summary>
    public EquatableArray<SymbolPlan> Symbols { get; init; }

    /// <summary>A slot of one of its libraries, or of its own, at the address that it has in it.</summary>
    public SlotPlan Move(SlotPlan slot)
    {
        if (Moves.Count == 0) return slot;
        string owner = slot.Owner == Name ? "" : slot.Owner;
        return Moves.FirstOrDefault(m => m.Owner == owner) is { } move ? slot with { Address = unchecked(slot.Address + move.Distance), Region = move.Region } : slot;
    }
}
