using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Model;
using LayoutDsl.Text;

namespace LayoutDsl.Binding;

/// <summary>
/// Sections for what the linker and the compiler make. Those of the linker have no room: linking with content in them fails with a message that asks for a table of one's own
/// (<c>table reserve 4KiB ".got"</c>), since at a place that floats they would make every page that refers to them private. A layout that declares a
/// section with one of their patterns replaces the built-in one.
/// </summary>
internal static class BuiltInSections
{
    /// <summary>Those that images of a machine can have.</summary>
    public static IEnumerable<BoundSection> For(Architecture? architecture) => All.Where(s => s.Name != ArmGlue || architecture?.Name == "arm");

    /// <summary>Changes between the instruction sets of Arm, and detours around faults of its processors.</summary>
    private const string ArmGlue = "linker_glue";

    public static IReadOnlyList<BoundSection> All { get; } = new[]
    {
        Make("linker_got", Permissions.Read | Permissions.Write, ".got", ".got.plt", ".igot", ".igot.plt"),
        Make("linker_plt", Permissions.Read | Permissions.Execute, ".plt", ".plt.got", ".plt.sec", ".iplt"),
        Make(ArmGlue, Permissions.Read | Permissions.Execute, ".glue_7", ".glue_7t", ".vfp11_veneer", ".v4_bx"),
        Make("linker_rela", Permissions.Read, ".rela*", ".rel.*"),
        Make("linker_function_stubs", Permissions.Read | Permissions.Execute, SectionRole.FunctionStubs, isTable: false),
        Make("linker_function_words", Permissions.Read | Permissions.Write, SectionRole.FunctionWords, isTable: false),
        Make("linker_function_table", Permissions.Read, SectionRole.FunctionTable, isTable: true),
        Make("linker_indirect_stubs", Permissions.Read | Permissions.Execute, SectionRole.IndirectStubs, isTable: true),
        Make("linker_unwind_table", Permissions.Read, SectionRole.UnwindTable, isTable: true),
    };

    private static BoundSection Make(string name, Permissions permissions, params string[] patterns) =>
        Make(name, permissions, SectionRole.Ordinary, isTable: true, patterns);

    private static BoundSection Make(string name, Permissions permissions, SectionRole role, bool isTable, params string[] patterns) => new(
        name,
        permissions,
        patterns.Select(p => new BoundPattern(p, false, SourceLocation.OfFile(""))).ToEquatableArray(),
        IsZero: false,
        IsTable: isTable,
        Keep: false,
        Bounds: null,
        BoundsPadded: false,
        Reserve: 0,
        Role: role,
        IsBuiltIn: true,
        Documentation: role == SectionRole.Ordinary ? "Made by the linker." : "Made by the compiler.",
        SourceLocation.OfFile(""));
}
