using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Resolution;

/// <summary>Defines what the linker makes itself when it is referenced and nothing else defines it.</summary>
internal sealed class LinkerSymbols(SymbolNameTable names, GlobalSymbolTable symbols, IReadOnlyList<LinkedObject> objects, ResolutionOptions options)
{
    public void Define()
    {
        var known = new HashSet<int>(options.LinkerSymbols.Select(n => names.Add(n)));
        for (int slot = 0; slot < symbols.Count; slot++)
        {
            if (!symbols[slot].IsUndefined) continue;
            int name = symbols[slot].Name;
            if (known.Contains(name) || IsOfSection(names.Bytes(name).Span)) symbols.DefineByScript(name, GlobalState.Linker);
        }
    }

    /// <summary>
    /// "__start_NAME" and "__stop_NAME" of a section whose name is a C identifier (ld manual: Input Section Example; binutils:
    /// lang_init_start_stop), ".startof.NAME" and ".sizeof.NAME" of any.
    /// </summary>
    private bool IsOfSection(ReadOnlySpan<byte> symbol)
    {
        if (After(symbol, "__start_"u8, out ReadOnlySpan<byte> section) || After(symbol, "__stop_"u8, out section))
        {
            foreach (byte c in section)
            {
                bool isWord = c is (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'0' and <= (byte)'9') or (byte)'_';
                if (!isWord) return false;
            }

            return Exists(section);
        }

        return (After(symbol, ".startof."u8, out section) || After(symbol, ".sizeof."u8, out section)) && Exists(section);
    }

    private static bool After(ReadOnlySpan<byte> name, ReadOnlySpan<byte> prefix, out ReadOnlySpan<byte> rest)
    {
        bool starts = name.Length > prefix.Length && name.StartsWith(prefix);
        rest = starts ? name.Slice(prefix.Length) : default;
        return starts;
    }

    private bool Exists(ReadOnlySpan<byte> section)
    {
        if (options.OutputSections is { } sections) return sections.Contains(Encoding.UTF8.GetString(section.ToArray()));
        foreach (LinkedObject linked in objects)
        {
            foreach (ElfSection candidate in linked.File.Sections)
            {
                if (candidate.NameBytes.Span.SequenceEqual(section) && linked.IsKept(candidate.Index)) return true;
            }
        }

        return false;
    }
}
