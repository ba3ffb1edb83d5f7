using LayoutDsl.Tests.Support;

namespace LayoutDsl.Tests.Binding;

public sealed class ManyMistakesTests
{
    /// <summary>Each mistake is of another kind, and none hides or causes another.</summary>
    [Fact]
    public void Bind_TwelveMistakes_GivesTwelveDiagnosticsAtTheirPlaces() => Layouts.AssertBinding("""
        layout Test.Fleet;
        [LAY0003|libary|] alloc { objects "alloc.o"; }
        target x86_64 { page 4[LAY0007|KB|]; entry _start; }
        region ram (rwx) { origin 1MiB; length 63MiB; }
        region [LAY1006|rom|] (r) { origin 128MiB; }
        section text (rx) { ".text" ".text.*" }
        section data ([LAY1008|rwx|]) { ".data" }
        section [LAY1023|none|] (r) { }
        library boot { objects "boot.o[LAY0002|"|]
        }
        library zlib { [LAY1004|archiv|] "libz.a"; objects "z.o"; }
        image app { uses boot, [LAY1003|zlb|], zlib, alloc; objects "app.o"; }
        image [LAY1002|app|] { objects "b.o"; }
        align { *.text: [LAY1011|48|]; }
        const low = 1 [LAY1009|-|] 2;
        place libraries in ram from [LAY0001|;|]
        """);
}
