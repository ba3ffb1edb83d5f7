using System.Collections.Generic;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Resolution;

/// <summary>Finds who needs what nothing defines. ld reports such a symbol only where a relocation uses it.</summary>
internal sealed class UndefinedScan(GlobalSymbolTable symbols, IReadOnlyList<LinkedObject> objects, ICollection<ObjectFileError> errors)
{
    public List<UndefinedReference> Find()
    {
        var found = new List<UndefinedReference>();
        if (!AnyUndefined()) return found;
        foreach (LinkedObject linked in objects)
        {
            bool[]? used = null;
            for (int i = 1; i < linked.Slots.Length; i++)
            {
                int slot = linked.Slots[i] < 0 ? -1 : symbols.Follow(linked.Slots[i]);
                if (slot < 0 || symbols[slot].State != GlobalState.Undefined) continue;
                used ??= UsedSymbols(linked);
                found.Add(new UndefinedReference(symbols.Text(slot), linked, i, used[i]));
            }
        }

        return found;
    }

    private bool AnyUndefined()
    {
        for (int i = 0; i < symbols.Count; i++)
        {
            if (symbols[i].State == GlobalState.Undefined) return true;
        }

        return false;
    }

    private bool[] UsedSymbols(LinkedObject linked)
    {
        var used = new bool[linked.Slots.Length];
        foreach (ElfSection section in linked.File.Sections)
        {
            if (section.Type is not (ElfSectionType.Rela or ElfSectionType.Rel)) continue;
            if (section.Info >= (uint)linked.File.Sections.Count || !linked.IsKept((int)section.Info)) continue;
            if (!linked.File.TryReadRelocations(section, out IReadOnlyList<ElfRelocation>? relocations, out ObjectFileError? error))
            {
                errors.Add(error);
                continue;
            }

            for (int i = 0; i < relocations.Count; i++)
            {
                // The table that the relocations name may be another than the one for linking in a hostile file.
                int symbol = relocations[i].SymbolIndex;
                if (symbol < used.Length && (i == 0 || !IsRelaxedTls(linked.File.Machine, relocations[i - 1].Type))) used[symbol] = true;
            }
        }

        return used;
    }

    /// <summary>
    /// In a static program the general and local dynamic models become local exec, and the call of <c>__tls_get_addr</c> that follows
    /// is gone with its relocation (x86-64 psABI and i386 psABI supplements: TLS linker optimization).
    /// </summary>
    private static bool IsRelaxedTls(ElfMachine machine, uint type) => (machine, type) switch
    {
        (ElfMachine.X86_64, 19 or 20) => true,
        (ElfMachine.I386, 18 or 19) => true,
        _ => false,
    };
}
