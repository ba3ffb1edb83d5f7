namespace LayoutDsl.Analysis.Sharing;

/// <summary>A reference in an object: what the linker writes at a place, and to what it leads.</summary>
/// <param name="From">The symbol that the place belongs to, with the offset in it: <c>start+0x1c</c>.</param>
/// <param name="Object">The object that has it.</param>
/// <param name="Target">The symbol that it leads to; the name of a section for references inside an object.</param>
/// <param name="Section">The section of the object that has the target; empty when it is in another object.</param>
/// <param name="Type">Type of the relocation (psABI of the machine).</param>
/// <param name="End">The address behind the field, in the image.</param>
/// <param name="IsRewritten">The instruction is not that of the object: the linker found a way without its table (x86-64 psABI, relaxations).</param>
public sealed record ObjectReference(string From, string Object, string Target, string Section, uint Type, ulong End, bool IsRewritten);
