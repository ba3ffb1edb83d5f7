using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Model;
using LayoutDsl.Text;

namespace LayoutDsl.Emit;

/// <summary>Sections without <c>SHF_ALLOC</c> that compilers and assemblers write.</summary>
internal static class UnallocatedSections
{
    /// <summary>Debug information (DWARF 2 to 5, stabs) and attributes of the machine.</summary>
    public static IReadOnlyList<string> Kept { get; } = new[]
    {
        ".comment", ".note.stapsdt", ".gnu.build.attributes", ".gnu.attributes", ".ARM.attributes", ".riscv.attributes", ".stab", ".stabstr",
        ".debug_abbrev", ".debug_addr", ".debug_aranges", ".debug_cu_index", ".debug_frame", ".debug_funcnames", ".debug_gnu_pubnames", ".debug_gnu_pubtypes",
        ".debug_info", ".debug_line", ".debug_line_str", ".debug_loc", ".debug_loclists", ".debug_macinfo", ".debug_macro", ".debug_names", ".debug_pubnames",
        ".debug_pubtypes", ".debug_ranges", ".debug_rnglists", ".debug_str", ".debug_str_offsets", ".debug_sup", ".debug_tu_index", ".debug_types",
        ".debug_typenames", ".debug_varnames", ".debug_weaknames",
    };

    /// <summary>What a linker wants a place for: lld asks also for those that it writes itself.</summary>
    public static IEnumerable<string> GetKept(LinkerKind kind) => kind == LinkerKind.Lld ? Kept.Concat(new[] { ".symtab", ".strtab", ".shstrtab" }) : Kept;

    /// <summary>What is left out: gold adds a note of its own.</summary>
    public static IEnumerable<string> GetDropped(LinkerKind kind) => kind == LinkerKind.Gold ? Dropped.Concat(new[] { ".note.gnu.gold-version" }) : Dropped;

    /// <summary>Whether a pattern matches one of these sections, which facts do not have.</summary>
    public static bool MayMatch(string pattern) => Kept.Concat(Dropped).Any(name => Glob.IsMatch(pattern, name) || Glob.IsMatch(name, pattern));

    /// <summary>Notes to the linker, of no use in an image.</summary>
    public static IReadOnlyList<string> Dropped { get; } = new[] { ".note.GNU-stack", ".note.GNU-split-stack", ".gnu_debuglink", ".gnu.lto_*", ".gnu.warning.*" };
}
