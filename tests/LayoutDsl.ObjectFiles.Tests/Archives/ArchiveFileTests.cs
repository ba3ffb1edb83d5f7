using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace LayoutDsl.ObjectFiles.Tests;

public sealed class ArchiveFileTests : IDisposable
{
    private const string LongName = "a_name_of_more_than_fifteen_bytes.o";

    private readonly TemporaryFolder _folder = new();

    public ArchiveFileTests()
    {
        Assemble("one.o", ".globl alpha, beta\nalpha: nop\nbeta: nop\n");
        Assemble(LongName, ".globl gamma\ngamma: nop\n");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_ArchiveOfAr_GivesMembersAndIndex()
    {
        Ar("rc", "lib.a", "one.o", LongName);
        ArchiveFile archive = Read("lib.a");
        Assert.False(archive.IsThin);
        Assert.Equal(["one.o", LongName], archive.Members.Select(member => member.Name));
        Assert.Equal(["alpha:0", "beta:0", "gamma:1"], archive.SymbolIndex.Select(symbol => $"{symbol.Name}:{symbol.MemberIndex}"));
        Assert.All(archive.Members, member => Assert.Equal(_folder.Read(member.Name), member.Data.ToArray()));
        Assert.All(archive.Members, member => Assert.Same(member, archive.FindMember(member.HeaderOffset)));
        Assert.Null(archive.FindMember(archive.Members[0].HeaderOffset + 1));
        Assert.Equal("lib.a(one.o)", archive.Members[0].QualifiedName);
        Assert.Equal(ElfMachine.X86_64, ElfFile.Read(archive.Members[1].Data, archive.Members[1].QualifiedName).Machine);
    }

    [Fact]
    public void Read_ThinArchive_NamesTheFiles()
    {
        Ar("rcT", "thin.a", "one.o", LongName);
        ArchiveFile archive = Read("thin.a");
        Assert.True(archive.IsThin);
        Assert.Equal(["one.o", LongName], archive.Members.Select(member => member.Name));
        Assert.Equal([0, 0, 1], archive.SymbolIndex.Select(symbol => symbol.MemberIndex));
        Assert.All(archive.Members, member => Assert.True(member.Data.IsEmpty));
        Assert.All(archive.Members, member => Assert.Equal((ulong)_folder.Read(member.Name).Length, member.Size));
        Assert.All(archive.Members, member => Assert.Null(member.NestedOffset));
    }

    [Fact]
    public void Read_ThinArchiveOfAnArchive_PointsIntoIt()
    {
        Ar("rc", "inner.a", "one.o", LongName);
        Ar("rcT", "outer.a", "inner.a");
        ArchiveFile outer = Read("outer.a");
        ArchiveFile inner = Read("inner.a");
        Assert.Equal(["inner.a", "inner.a"], outer.Members.Select(member => member.Name));
        Assert.Equal(["one.o", LongName], outer.Members.Select(member => inner.FindMember(member.NestedOffset!.Value)?.Name));
        Assert.StartsWith("outer.a(inner.a:", outer.Members[0].QualifiedName, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_IndexOf64Bits_IsRead()
    {
        byte[] index = [.. Big(2), .. Big(Offset(1)), .. Big(Offset(1)), .. "one\0two\0"u8];
        ulong Offset(int members) => 8 + 60 + (3 * 8) + 8 + (60ul * (ulong)(members - 1));
        byte[] data = Archive(("/SYM64/", index), ("a.o/", [1, 2, 3]));
        ArchiveFile archive = ArchiveFile.Read(data, "lib.a");
        Assert.Equal(["one:0", "two:0"], archive.SymbolIndex.Select(symbol => $"{symbol.Name}:{symbol.MemberIndex}"));
    }

    [Fact]
    public void Read_NamesOfBsd_AreRead()
    {
        byte[] data = Archive(
            ("#1/20", "__.SYMDEF SORTED\0\0\0\0\0\0\0\0"u8.ToArray()),
            ("#1/24", "a name with spaces.o\0\0\0\0content"u8.ToArray()),
            ("old_style.o", [1]));
        ArchiveFile archive = ArchiveFile.Read(data, "lib.a");
        Assert.Equal(["a name with spaces.o", "old_style.o"], archive.Members.Select(member => member.Name));
        Assert.Equal("content", Encoding.ASCII.GetString(archive.Members[0].Data.Span));
        Assert.Equal(7ul, archive.Members[0].Size);
    }

    [Fact]
    public void Read_EmptyArchive_HasNoMembers()
    {
        Assert.Empty(ArchiveFile.Read("!<arch>\n"u8.ToArray(), "empty.a").Members);
        Assert.Empty(ArchiveFile.Read("!<thin>\n"u8.ToArray(), "empty.a").Members);
    }

    [Fact]
    public void Read_OddMemberWithoutPaddingAtTheEnd_IsFine()
    {
        byte[] data = Archive(("a/", [1, 2, 3]));
        Assert.Single(ArchiveFile.Read(data.AsMemory(0, data.Length - 1), "lib.a").Members);
    }

    [Fact]
    public void TryRead_EachTruncation_IsAnErrorOrAShorterArchive()
    {
        Ar("rc", "lib.a", "one.o", LongName);
        byte[] data = _folder.Read("lib.a");
        int complete = 0;
        for (int length = 0; length < data.Length; length++)
        {
            complete += ArchiveFile.TryRead(data.AsMemory(0, length), "cut.a", out _, out ObjectFileError? error) ? 1 : 0;
            Assert.True(error is null || error.Offset <= (ulong)data.Length);
        }

        // The bare magic is an empty archive; all other cuts lose a member that the index names, or part of one.
        Assert.Equal(1, complete);
    }

    [Theory]
    [InlineData("a.o/", "12x", ObjectFileErrorCode.BadArchiveHeader)]
    [InlineData("a.o/", "", ObjectFileErrorCode.BadArchiveHeader)]
    [InlineData("a.o/", "-1", ObjectFileErrorCode.BadArchiveHeader)]
    [InlineData("a.o/", "9999999999", ObjectFileErrorCode.MemberOutOfBounds)]
    [InlineData("a.o/", "5", ObjectFileErrorCode.MemberOutOfBounds)]
    [InlineData("", "4", ObjectFileErrorCode.BadArchiveHeader)]
    [InlineData("/unknown/", "4", ObjectFileErrorCode.BadArchiveHeader)]
    [InlineData("/0", "4", ObjectFileErrorCode.BadStringOffset)]
    [InlineData("/99999999999999", "4", ObjectFileErrorCode.BadStringOffset)]
    [InlineData("#1/5", "4", ObjectFileErrorCode.BadArchiveHeader)]
    [InlineData("#1/x", "4", ObjectFileErrorCode.BadArchiveHeader)]
    [InlineData("#1/4", "4", ObjectFileErrorCode.BadArchiveHeader)]
    [InlineData("/SYM64/", "4", ObjectFileErrorCode.BadArchiveIndex)]
    public void TryRead_BadMemberHeader_IsTold(string name, string size, ObjectFileErrorCode code)
    {
        byte[] data = [.. "!<arch>\n"u8, .. Header(name, size), 0, 0, 0, 0];
        Assert.False(ArchiveFile.TryRead(data, "bad.a", out ArchiveFile? archive, out ObjectFileError? error));
        Assert.Null(archive);
        Assert.Equal(code, error.Code);
        Assert.Equal("bad.a", error.File);
        Assert.Equal(code, Assert.Throws<ObjectFileException>(() => ArchiveFile.Read(data, "bad.a")).Error.Code);
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 0, 1, 0, 0, 0, 9, (byte)'a', 0 }, "where no member begins")]
    [InlineData(new byte[] { 0, 0, 0, 1, 0, 0, 0, 8, (byte)'a', (byte)'b' }, "does not end with NUL")]
    [InlineData(new byte[] { 255, 255, 255, 255, 0, 0, 0, 8, (byte)'a', 0 }, "announces 4294967295 symbols but has room for no more than 1")]
    [InlineData(new byte[] { 0, 0 }, "ends in its count")]
    public void TryRead_BadIndex_IsTold(byte[] index, string expected)
    {
        Assert.False(ArchiveFile.TryRead(Archive(("/", index), ("a.o/", [1])), "bad.a", out _, out ObjectFileError? error));
        Assert.Equal(ObjectFileErrorCode.BadArchiveIndex, error.Code);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TryRead_LongNamesWithoutEnd_AreTold()
    {
        Assert.False(ArchiveFile.TryRead(Archive(("//", "no end"u8.ToArray()), ("/0", [1])), "bad.a", out _, out ObjectFileError? error));
        Assert.Equal(ObjectFileErrorCode.BadStringOffset, error.Code);
    }

    [Fact]
    public void TryRead_NamesLargerThanTheFileAllows_AreTooLarge()
    {
        byte[] names = [.. Enumerable.Repeat((byte)'x', 1 << 20), (byte)'\n'];
        (string, byte[])[] members = [("//", names), .. Enumerable.Repeat(("/0", Array.Empty<byte>()), 20)];
        Assert.False(ArchiveFile.TryRead(Archive(members), "bad.a", out _, out ObjectFileError? error));
        Assert.Equal(ObjectFileErrorCode.TooLarge, error.Code);
    }

    [Fact]
    public void TryRead_FileThatIsNoArchive_IsTold()
    {
        Assert.False(ArchiveFile.TryRead("!<what>\n"u8.ToArray(), "bad.a", out _, out ObjectFileError? error));
        Assert.Equal(ObjectFileErrorCode.NotArchive, error.Code);
    }

    private static byte[] Big(ulong value)
    {
        byte[] bytes = BitConverter.GetBytes(value);
        Array.Reverse(bytes);
        return bytes;
    }

    private static byte[] Header(string name, string size) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{name,-16}{0,-12}{0,-6}{0,-6}{644,-8}{size,-10}`\n"));

    private static byte[] Archive(params (string Name, byte[] Content)[] members)
    {
        var data = new List<byte>("!<arch>\n"u8.ToArray());
        foreach ((string name, byte[] content) in members)
        {
            data.AddRange(Header(name, content.Length.ToString(CultureInfo.InvariantCulture)));
            data.AddRange(content);
            if (content.Length % 2 != 0)
            {
                data.Add((byte)'\n');
            }
        }

        return [.. data];
    }

    private void Assemble(string name, string text)
    {
        _folder.Write("input.s", text);
        Tool.Run(_folder.FullPath, "as", "input.s", "-o", name);
    }

    private void Ar(params string[] arguments) => Tool.Run(_folder.FullPath, "ar", arguments);

    private ArchiveFile Read(string name) => ArchiveFile.Read(_folder.Read(name), name);
}
