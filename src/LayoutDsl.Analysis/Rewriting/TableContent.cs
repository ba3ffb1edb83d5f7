using System.Collections.Generic;

namespace LayoutDsl.Analysis.Rewriting;

/// <summary>What goes into a section of a table.</summary>
/// <param name="Section">Name of the section.</param>
/// <param name="Bytes">Its bytes, before the linker fills addresses in.</param>
/// <param name="Alignment">Alignment in bytes.</param>
/// <param name="References">The addresses, in ascending order of their places.</param>
internal sealed record TableContent(string Section, byte[] Bytes, int Alignment, IReadOnlyList<TableReference> References);
