using System.Linq;
using LayoutDsl.Model;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Tests.Parsing;

public sealed class ExpressionTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("1_000_000", 1_000_000)]
    [InlineData("0x1F", 31)]
    [InlineData("0XffFF", 65535)]
    [InlineData("0x_ff", 255)]
    [InlineData("0b1010", 10)]
    [InlineData("0b1111_0000", 240)]
    [InlineData("0xFFFFFFFFFFFFFFFF", ulong.MaxValue)]
    [InlineData("18446744073709551615", ulong.MaxValue)]
    [InlineData("7B", 7)]
    [InlineData("0B", 0)]
    [InlineData("0x1B", 27)]
    [InlineData("4KiB", 4096)]
    [InlineData("0x10KiB", 16384)]
    [InlineData("2MiB", 2 << 20)]
    [InlineData("1GiB", 1 << 30)]
    [InlineData("3TiB", 3UL << 40)]
    [InlineData("1 + 2 * 3", 7)]
    [InlineData("(1 + 2) * 3", 9)]
    [InlineData("10 - 2 - 3", 5)]
    [InlineData("100 / 7 / 2", 7)]
    [InlineData("1 << 4 + 1", 32)]
    [InlineData("0xFF & 0x0F | 0x100", 0x10F)]
    [InlineData("1 | 2 & 4", 1)]
    [InlineData("256 >> 4", 16)]
    [InlineData("1 << 63", 1UL << 63)]
    [InlineData("align(4097, 4096)", 8192)]
    [InlineData("align(4096, page)", 4096)]
    [InlineData("min(3, 4) + max(3, 4)", 7)]
    [InlineData("page", 4096)]
    [InlineData("origin(ram) + length(ram)", 64 << 20)]
    [InlineData("((((1))))", 1)]
    public void Expression_ValidText_HasTheValue(string expression, ulong expected)
    {
        BoundLayout layout = Layouts.BindClean($"const x = {expression};" + Layouts.FrameAndImage);
        Assert.Equal(expected, Assert.Single(layout.Constants).Value);
    }

    [Fact]
    public void Text_Escapes_AreResolved()
    {
        BoundLayout layout = Layouts.BindClean("""library l { objects "a\\b.o"; } image i { uses l; objects "i.o"; }""" + Layouts.Frame);
        Assert.Equal("a/b.o", layout.Libraries.Single().Inputs.Single().Pattern);
    }
}
