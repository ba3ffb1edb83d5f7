namespace LayoutDsl.ObjectFiles;

/// <summary>A relocation (gABI: Relocation).</summary>
/// <param name="Offset">In a relocatable object the offset in the target section, otherwise an address; in bytes (r_offset).</param>
/// <param name="Type">
/// The kind, as the processor supplement numbers it. For 64-bit MIPS the three types and the special symbol of the file,
/// <c>ssym &lt;&lt; 24 | type3 &lt;&lt; 16 | type2 &lt;&lt; 8 | type</c>, in both byte orders.
/// </param>
/// <param name="SymbolIndex">The index in the symbol table that the relocation section links to; 0 for none. Checked to be in range.</param>
/// <param name="Addend">The addend, 0 if the file has it in the relocated bytes (r_addend).</param>
/// <param name="HasAddend">Whether <paramref name="Addend"/> was in the file: true for RELA, false for REL.</param>
public readonly record struct ElfRelocation(ulong Offset, uint Type, int SymbolIndex, long Addend, bool HasAddend);
