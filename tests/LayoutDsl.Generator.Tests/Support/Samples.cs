using LayoutDsl.Facts;
using LayoutDsl.Model;
using LayoutDsl.Text;

namespace LayoutDsl.Generator.Tests.Support;

/// <summary>A layout and its facts.</summary>
internal static class Samples
{
    /// <summary>A small fleet: two libraries, an image and a family.</summary>
    public const string Fleet = """
        /// The demo fleet.
        layout Demo.Fleet;
        target x86_64 { page 4KiB; entry _start; }
        region ram (rwx) { origin 1MiB; length 63MiB; }
        section text (rx) { ".text" ".text.*" }
        section rodata (r) { ".rodata" ".rodata.*" }
        section data (rw) { ".data" ".data.*" }
        section bss (rw) { zero ".bss" ".bss.*" "COMMON" }
        // Libraries.
        library boot { objects "build/boot.o"; }
        /// Compression & more.
        library zlib { archive "libz.a"; headroom 25%; }
        /// Says hello.
        image hello { uses boot; objects "hello.o"; instances 200; }
        image fn[1..3] { uses boot, zlib; objects "fn{n}.o"; }
        place libraries in ram from 2MiB;
        place images after libraries;
        """;

    /// <summary>What a measurement of the fleet gives.</summary>
    public static FactsFile Facts { get; } = Measure(5000, "build/boot.o", "libz.a(inflate.o)", "hello.o", "fn1.o", "fn2.o", "fn3.o");

    /// <summary>Facts with objects of equal sizes; <c>lib.a(member.o)</c> is an archive's member.</summary>
    public static FactsFile Measure(ulong textSize, params string[] objects)
    {
        var inputs = new InputFacts[objects.Length];
        var measured = new ObjectFacts[objects.Length];
        for (int i = 0; i < objects.Length; i++)
        {
            string[] parts = objects[i].TrimEnd(')').Split('(');
            string? member = parts.Length > 1 ? parts[1] : null;
            inputs[i] = new InputFacts(parts[0], member is not null ? InputKind.Archive : InputKind.Objects, EquatableArray.Of(parts[0]));
            measured[i] = new ObjectFacts(parts[0], member, 62, "00", Sections(textSize), default);
        }

        return new FactsFile(new EquatableArray<InputFacts>(inputs), new EquatableArray<ObjectFacts>(measured));
    }

    private static EquatableArray<SectionFacts> Sections(ulong textSize) => EquatableArray.Of(
        new SectionFacts(".text", 1, 6, textSize, 16),
        new SectionFacts(".rodata.str1.1", 1, 0x32, 100, 1),
        new SectionFacts(".data", 1, 3, 8, 8),
        new SectionFacts(".bss", 8, 3, 100, 32));
}
