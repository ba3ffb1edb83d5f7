namespace LayoutDsl.ObjectFiles.Tests;

public sealed class ArchiveWriterTests
{
    [Fact]
    public void Write_Objects_AreReadBackWithTheirSymbols()
    {
        byte[] none = ArchiveWriter.Write([]);
        Assert.Empty(ArchiveFile.Read(none, "none.a").Members);
        byte[] bytes = System.IO.File.ReadAllBytes("/usr/lib/x86_64-linux-gnu/crt1.o");
        var file = ElfFile.Read(bytes, "crt1.o");
        var archive = ArchiveFile.Read(ArchiveWriter.Write([file, file]), "made.a");
        Assert.Equal(2, archive.Members.Count);
        Assert.Contains(archive.SymbolIndex, s => s.Name == "_start");
        Assert.DoesNotContain(archive.SymbolIndex, s => s.Name == "main");
        Assert.All(archive.Members, m => Assert.Contains(archive.SymbolIndex, s => archive.Members[s.MemberIndex] == m));
    }
}
