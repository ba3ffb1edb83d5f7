using LayoutDsl.Text;

namespace LayoutDsl.Planning;

/// <summary>Sections of one object that go into a slot.</summary>
/// <param name="Path">Path of the object or its archive.</param>
/// <param name="Member">Name in the archive; empty for an object of its own.</param>
/// <param name="Sections">Names of its sections.</param>
/// <param name="Common">Whether its common symbols go here too.</param>
/// <param name="Offset">Where in the slot it starts, when that is not just behind the one before; else null.</param>
public sealed record SlotInputPlan(string Path, string Member, EquatableArray<string> Sections, bool Common, ulong? Offset = null);
