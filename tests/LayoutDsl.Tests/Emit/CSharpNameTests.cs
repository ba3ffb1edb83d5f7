using System.Linq;
using LayoutDsl.Emit;

namespace LayoutDsl.Tests.Emit;

public sealed class CSharpNameTests
{
    [Theory]
    [InlineData("zlib", "Zlib")]
    [InlineData("ram_fs", "RamFs")]
    [InlineData("ram__fs_", "RamFs")]
    [InlineData("nolibC", "NolibC")]
    [InlineData("x86_64", "X8664")]
    [InlineData("_", "_")]
    [InlineData("_1st", "_1st")]
    [InlineData("class", "Class")]
    [InlineData("name", "Name_")]
    [InlineData("libraries", "Libraries_")]
    [InlineData("to_string", "ToString_")]
    public void ToIdentifier_AnyName_IsPascalCaseAndFree(string name, string expected) => Assert.Equal(expected, CSharpNames.ToIdentifier(name));

    [Theory]
    [InlineData("Demo.Libraries", "Libraries")]
    [InlineData("Images", "Images")]
    [InlineData("System", "System.CodeDom.Compiler.GeneratedCodeAttribute")]
    [InlineData("Demo.Fleet", null)]
    [InlineData("Libraries.Fleet", null)]
    public void FindReservedFor_LayoutName_IsWhatItWouldHide(string layout, string? expected)
    {
        string? reserved = CSharpNames.FindReservedFor(layout);
        Assert.True(expected is null ? reserved is null : reserved is not null && expected.Split('|').Contains(reserved), reserved);
    }
}
