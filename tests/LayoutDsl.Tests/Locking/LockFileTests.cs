using System.Linq;
using LayoutDsl.Locking;

namespace LayoutDsl.Tests.Locking;

public sealed class LockFileTests
{
    private static readonly LockedSlot Zlib = new("zlib", "text", "", "ram", 0x200000, 0x3000, "ab");
    private static readonly LockedSlot Kv = new("kv", "text", "", "ram", 0x204000, 0x1000, "cd");
    private static readonly LockedSlot Images = new("", "images.rx", "", "ram", 0x400000, 0x5000, "");

    [Fact]
    public void Update_SlotThatIsGone_KeepsItsLine() =>
        Assert.Equal(LockFile.Of([Zlib, Kv]), LockFile.Of([Zlib, Kv]).Update(LockFile.Of([Zlib])));

    [Fact]
    public void Update_SlotThatMoved_TakesItsNewPlace()
    {
        LockedSlot moved = Kv with { Address = 0x300000 };
        Assert.Equal(LockFile.Of([Zlib, moved]), LockFile.Of([Zlib, Kv]).Update(LockFile.Of([Zlib, moved])));
    }

    [Fact]
    public void Update_LargestImageGone_KeepsItsRoom()
    {
        Assert.Equal(LockFile.Of([Images]), LockFile.Of([Images]).Update(LockFile.Of([Images with { Reserved = 0x100 }])));
        Assert.Equal(LockFile.Of([Images with { Reserved = 0x9000 }]), LockFile.Of([Images]).Update(LockFile.Of([Images with { Reserved = 0x9000 }])));
    }

    [Theory]
    [InlineData(0x200000, 0x3000, "ab", null, false)]
    [InlineData(0x200000, 0x3000, "xx", LockChangeKind.Updated, false)]
    [InlineData(0x200000, 0x3001, "xx", LockChangeKind.Grown, true)]
    [InlineData(0x200000, 0x2fff, "ab", LockChangeKind.Shrunk, true)]
    [InlineData(0x201000, 0x3000, "ab", LockChangeKind.Moved, true)]
    public void Diff_OfOneSlot_SaysWhatChanged(ulong address, ulong reserved, string content, LockChangeKind? kind, bool changesPlan)
    {
        LockChange? change = LockDiff.Between(LockFile.Of([Zlib, Kv]), LockFile.Of([Zlib with { Address = address, Reserved = reserved, Content = content }, Kv])).SingleOrDefault();
        Assert.Equal(kind, change?.Kind);
        Assert.Equal(changesPlan, change?.ChangesPlan ?? false);
    }

    [Fact]
    public void Diff_NewAndGone_AreSaidInOrder()
    {
        LockChange[] changes = LockDiff.Between(LockFile.Of([Zlib, Images]), LockFile.Of([Kv, Images with { Reserved = 1 }])).ToArray();
        Assert.Equal([("kv", LockChangeKind.New, true), ("zlib", LockChangeKind.Gone, false)], changes.Select(c => (c.Slot.Owner, c.Kind, c.ChangesPlan)));
    }
}
