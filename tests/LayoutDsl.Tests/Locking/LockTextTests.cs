using System.Linq;
using LayoutDsl.Diagnostics;
using LayoutDsl.Locking;
using LayoutDsl.Text;

namespace LayoutDsl.Tests.Locking;

public sealed class LockTextTests
{
    private static readonly LockFile Sample = LockFile.Of(
    [
        new LockedSlot("zlib", "text", "", "ram", 0x200000, 0x3000, "ab"),
        new LockedSlot("", "inits", "", "ram", 0x400000, 0x40, ""),
        new LockedSlot("zlib", "text", "2", "ram", 0x208000, 0x1000, "cd"),
        new LockedSlot("odd \"name\"\n", "data", "", "r", ulong.MaxValue - 1, 1, ""),
    ],
    [new LockedRank(LockedOrder.Library, "zlib", 3)],
    [new LockedPiece("zlib", "build/{image}/zlib.a", "deflate.o", ".text", "2"), new LockedPiece("zlib", "build/{image}/zlib.a", "deflate.o", "", "2")]);

    [Fact]
    public void Text_OfAnyLock_ReadsBackEqual() => Assert.Equal(Sample, Read(LockText.Write(Sample)).Value);

    [Fact]
    public void Text_LinesInAnotherOrder_AreTheSameLock()
    {
        string[] lines = LockText.Write(Sample).Split('\n');
        Assert.Equal(Sample, Read(string.Join('\n', lines.Take(1).Concat(lines.Skip(1).Reverse()))).Value);
    }

    [Fact]
    public void Text_LineTwice_IsOneSlot()
    {
        string[] lines = LockText.Write(Sample).Split('\n');
        Assert.Equal(Sample, Read(string.Join('\n', lines.Concat(lines.Skip(2)))).Value);
    }

    [Fact]
    public void Text_SlotAdded_AddsOneLine()
    {
        string before = LockText.Write(Sample);
        string after = LockText.Write(LockFile.Of(Sample.Slots.Append(new LockedSlot("kv", "text", "", "ram", 1, 2, "x")), Sample.Ranks, Sample.Pieces));
        Assert.Equal(["slot \"kv\" \"text\" \"\" \"ram\" 0x1 0x2 \"x\""], after.Split('\n').Except(before.Split('\n')));
        Assert.Equal(after.Split('\n').Length, before.Split('\n').Length + 1);
    }

    [Theory]
    [InlineData("", 1, "LAY2030")]
    [InlineData("layoutdsl-lock 2\n", 1, "LAY2030")]
    [InlineData("layoutdsl-lock 1\nslot \"a\"\n", 2, "LAY2030")]
    [InlineData("layoutdsl-lock 1\nslot \"a\" \"t\" \"\" \"r\" 0x1 x \"\"\n", 2, "LAY2030")]
    [InlineData("layoutdsl-lock 1\nslot \"a\" \"t\" \"\" \"r\" 0xffffffffffffffff 2 \"\"\n", 2, "LAY2030")]
    [InlineData("layoutdsl-lock 1\n\nblot \"a\"\n", 3, "LAY2030")]
    [InlineData("layoutdsl-lock 1\nslot \"a\" \"t\" \"\" \"r\" 0x1 1 \"\"\nslot \"a\" \"t\" \"\" \"r\" 0x2 1 \"\"\n", 3, "LAY2032")]
    [InlineData("layoutdsl-lock 1\npiece \"a\" \"a.o\"\n", 2, "LAY2030")]
    [InlineData("layoutdsl-lock 1\npiece \"a\" \"a.o\" \"\" \".text\" \"\"\n", 2, "LAY2030")]
    [InlineData("layoutdsl-lock 1\npiece \"a\" \"a.o\" \"\" \".text\" \"1\"\npiece \"a\" \"a.o\" \"\" \".text\" \"2\"\n", 3, "LAY2032")]
    [InlineData("layoutdsl-lock 1\n<<<<<<< HEAD\n=======\n>>>>>>> x\n", 2, "LAY2031")]
    [InlineData("layoutdsl-lock 1\r\n# fine\r\n>>>>>>> x\r\n", 3, "LAY2031")]
    public void Text_Damaged_IsReportedAtItsLine(string text, int line, string id)
    {
        Result<LockFile> read = Read(text);
        Assert.Null(read.Value);
        Diagnostic diagnostic = Assert.Single(read.Diagnostics);
        Assert.Equal((id, line), (diagnostic.Id, diagnostic.Location.Lines.Start.Line + 1));
        Assert.NotNull(diagnostic.Hint);
    }

    [Fact]
    public void Text_DamagedAnywhere_NeverThrows()
    {
        var mutations = new Support.Mutations(LockText.Write(Sample), "\"", "\\", "\n", "0x", "slot", "=======");
        for (int i = 0; i < 3000; i++)
        {
            Result<LockFile> read = Read(mutations.Next(i));
            Assert.Equal(read.HasErrors, read.Value is null);
        }
    }

    private static Result<LockFile> Read(string text) => LayoutCompiler.ReadLock(new SourceText("fleet.layout.lock", text));
}
