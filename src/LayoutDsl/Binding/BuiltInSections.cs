using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Model;
using LayoutDsl.Text;

namespace LayoutDsl.Binding;

/// <summary>
/// Sections for what the linker itself makes. They have no room: linking with content in them fails with a message that asks for a table of one's own
/// (<c>table reserve 4KiB ".got"</c>), since at a place that floats they would make every page that refers to them private. A layout that declares a
/// section with one of their patterns replaces the built-in one.
/// </summary>
internal static class BuiltInSections
{
    public static IReadOnlyList<BoundSection> All { get; } = new[]
    {
        Make("linker_got", Permissions.Read | Permissions.Write, ".got", ".got.plt", ".igot", ".igot.plt"),
        Make("linker_plt", Permissions.Read | Permissions.Execute, ".plt", ".plt.got", ".plt.sec", ".iplt"),
        Make("linker_rela", Permissions.Read, ".rela.*", ".rel.*"),
    };

    private static BoundSection Make(string name, Permissions permissions, params string[] patterns) => new(
        name,
        permissions,
        patterns.Select(p => new BoundPattern(p, false, SourceLocation.OfFile(""))).ToEquatableArray(),
        IsZero: false,
        IsTable: true,
        Keep: false,
        Bounds: null,
        BoundsPadded: false,
        Reserve: 0,
        IsBuiltIn: true,
        Documentation: "Made by the linker.",
        SourceLocation.OfFile(""));
}
