using System.Collections.Generic;

namespace LayoutDsl.Analysis.Rewriting;

/// <summary>What goes into a section of a table.</summary>
/// <param name="Section">Name of the section.</param>
/// <param name="Bytes">Its bytes, before the linker fills addresses in.</param>
/// <param name="Alignment">Alignment in bytes.</param>
/// <param name="References">The addresses, in ascending order of their places.</param>
internal sealed record TableContent(string Section, byte[] Bytes, int Alignment, IReadOnlyList<TableReference> References);

/// <summary>Eight bytes that the linker fills in.</summary>
/// <param name="Offset">Where in the section.</param>
/// <param name="Symbol">The symbol whose address it is.</param>
/// <param name="Addend">What is added to it, in bytes.</param>
/// <param name="IsThreadOffset">It is the distance from the thread pointer instead.</param>
/// <param name="IsWeak">The symbol may be missing.</param>
internal sealed record TableReference(int Offset, string Symbol, long Addend, bool IsThreadOffset, bool IsWeak);
