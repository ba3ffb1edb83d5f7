using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Analysis.Measuring;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Adopting;

/// <summary>
/// Takes an object that was linked of others apart again. A symbol that the whole does not show any more gets a name of its own in all parts, so that nothing else can meet it.
/// What the whole says is what counts, whatever tools made it so; parts that do not add up to it are refused.
/// </summary>
internal static class RelocatableParts
{
    /// <summary>The parts with the symbols that the whole shows; null when they are not the whole, and then <paramref name="problem"/> says why.</summary>
    /// <param name="whole">The object that was linked.</param>
    /// <param name="parts">The objects that it was linked of, in their order.</param>
    /// <param name="scope">What is put behind the names of symbols that it does not show.</param>
    /// <param name="problem">Why the parts are not the whole.</param>
    public static IReadOnlyList<AdoptedObject>? Separate(AdoptedObject whole, IReadOnlyList<AdoptedObject> parts, string scope, out string problem)
    {
        ElfFile? file = Read(whole, out problem);
        ElfFile?[] files = new ElfFile?[parts.Count];
        for (int i = 0; i < parts.Count && problem.Length == 0; i++) files[i] = Read(parts[i], out problem);
        if (problem.Length > 0) return null;
        problem = FindDifference(file!, files!);
        if (problem.Length > 0) return null;
        Dictionary<string, ElfSymbol> shown = Globals(file!).GroupBy(s => s.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        var defined = new HashSet<string>(files.SelectMany(f => Globals(f!)).Where(s => !s.IsUndefined).Select(s => s.Name), StringComparer.Ordinal);
        string? unknown = shown.Values.Where(s => !s.IsUndefined && !defined.Contains(s.Name)).Select(s => s.Name).FirstOrDefault()
            ?? shown.Values.Where(s => s.IsUndefined && defined.Contains(s.Name)).Select(s => s.Name).FirstOrDefault();
        if (unknown is not null)
        {
            problem = $"its symbol '{unknown}' is not that of its parts: was it renamed?";
            return null;
        }

        var result = new List<AdoptedObject>();
        for (int i = 0; i < parts.Count; i++)
        {
            if (!ElfSymbolEditor.TryEdit(files[i]!, Edit, out byte[] bytes, out ObjectFileError? error))
            {
                problem = error!.Message;
                return null;
            }

            result.Add(new AdoptedObject(parts[i].Path, bytes, ContentId.Of(bytes)));
        }

        return result;

        (string?, ElfSymbolBinding?) Edit(ElfSymbol symbol)
        {
            if (!defined.Contains(symbol.Name)) return (null, null);
            if (!shown.TryGetValue(symbol.Name, out ElfSymbol seen)) return (symbol.Name + "." + scope, null);
            return (null, !symbol.IsUndefined && seen.Binding == ElfSymbolBinding.Weak && symbol.Binding == ElfSymbolBinding.Global ? ElfSymbolBinding.Weak : null);
        }
    }

    private static ElfFile? Read(AdoptedObject item, out string problem)
    {
        problem = "";
        if (ElfFile.TryRead(item.Bytes, item.Path, out ElfFile? file, out ObjectFileError? error) && file.TryReadSymbols(out _, out error)) return file;
        problem = error.Message;
        return null;
    }

    private static IEnumerable<ElfSymbol> Globals(ElfFile file) => file.TryReadSymbols(out IReadOnlyList<ElfSymbol>? symbols, out _) ? symbols.Where(s => s.Binding != ElfSymbolBinding.Local) : [];

    /// <summary>Sections that take memory must add up: anything that was removed, renamed or merged would be in the parts and not in the whole.</summary>
    private static string FindDifference(ElfFile whole, IReadOnlyList<ElfFile> parts)
    {
        var groups = new HashSet<string>(StringComparer.Ordinal);
        var sizes = new Dictionary<string, ulong>(StringComparer.Ordinal);
        foreach (ElfFile part in parts)
        {
            var dropped = new HashSet<int>();
            if (part.TryReadSectionGroups(out IReadOnlyList<ElfSectionGroup>? found, out _))
            {
                // Of groups with one signature only the first one stays (gABI: Section Groups).
                foreach (ElfSectionGroup group in found.Where(g => g.IsComdat && !groups.Add(g.Signature))) dropped.UnionWith(group.Members);
            }

            foreach (ElfSection section in part.Sections.Where(s => IsCompared(s) && !dropped.Contains(s.Index)))
            {
                sizes.TryGetValue(section.Name, out ulong size);
                ulong alignment = Math.Max(1, section.Alignment);
                sizes[section.Name] = ((size + alignment - 1) / alignment * alignment) + section.Size;
            }
        }

        foreach (IGrouping<string, ElfSection> section in whole.Sections.Where(IsCompared).GroupBy(s => s.Name, StringComparer.Ordinal))
        {
            ulong size = section.Aggregate(0UL, (sum, s) => sum + s.Size);
            sizes.TryGetValue(section.Key, out ulong expected);
            if (size != expected) return FormattableString.Invariant($"its section '{section.Key}' has {size} bytes, and those of its parts have {expected}");
            sizes.Remove(section.Key);
        }

        string? lost = sizes.Where(s => s.Value > 0).Select(s => s.Key).OrderBy(n => n, StringComparer.Ordinal).FirstOrDefault();
        return lost is null ? "" : $"it lacks the section '{lost}' of its parts";
    }

    /// <summary>The linker makes one property note of all, and it may join records for unwinding.</summary>
    private static bool IsCompared(ElfSection section) => section.IsAllocated && section.Size > 0 && section.Type != ElfSectionType.Note && section.Name != ".eh_frame";
}
