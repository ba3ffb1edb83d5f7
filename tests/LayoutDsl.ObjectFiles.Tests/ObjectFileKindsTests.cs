using System;
using System.Text;

namespace LayoutDsl.ObjectFiles.Tests;

public sealed class ObjectFileKindsTests
{
    [Theory]
    [InlineData("\u007fELF", ObjectFileKind.Elf)]
    [InlineData("!<arch>\n", ObjectFileKind.Archive)]
    [InlineData("!<thin>\n", ObjectFileKind.ThinArchive)]
    [InlineData("!<arch>", ObjectFileKind.Unknown)]
    [InlineData("\u007fEL", ObjectFileKind.Unknown)]
    [InlineData("int main", ObjectFileKind.Unknown)]
    [InlineData("", ObjectFileKind.Unknown)]
    public void Detect_FirstBytes_TellsTheKind(string start, ObjectFileKind kind) =>
        Assert.Equal(kind, ObjectFileKinds.Detect(Encoding.Latin1.GetBytes(start)));

    [Fact]
    public void Exception_OfAnError_CarriesItAndItsText()
    {
        var error = new ObjectFileError(ObjectFileErrorCode.BadSymbol, "a.o", 0x40, "symbol 3 is odd");
        var exception = new ObjectFileException(error);
        Assert.Same(error, exception.Error);
        Assert.Equal("a.o: at 0x40: symbol 3 is odd", exception.Message);
        Assert.Throws<ArgumentNullException>(() => new ObjectFileException((ObjectFileError)null!));
    }
}
