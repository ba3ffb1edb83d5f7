using LayoutDsl.Generator.Tests.Support;
using LayoutDsl.Locking;

namespace LayoutDsl.Generator.Tests;

public sealed class LockTests
{
    [Fact]
    public void Lock_BesideTheLayout_GivesTheAddresses()
    {
        TestProject project = TestProject.Of(Samples.Fleet).With("fleet.layout.lock", Lock(0x900000));
        GeneratedProject generated = project.Generate("fleet.layout(3,8): warning LAY2035");
        Assert.Equal(0x900000UL, generated.Constant("Demo.Fleet+Libraries+Zlib+Text", "Address"));
    }

    [Fact]
    public void Lock_WithAMergeConflict_IsReportedAtItsLine() =>
        TestProject.Of(Samples.Fleet).With("fleet.layout.lock", Lock(0x900000) + "<<<<<<< HEAD\n").Generate("fleet.layout.lock(4,1): error LAY2031");

    [Fact]
    public void Lock_OfAnotherLayout_ChangesNothing()
    {
        object? address = TestProject.Of(Samples.Fleet).Generate().Constant("Demo.Fleet+Libraries+Zlib+Text", "Address");
        Assert.Equal(address, TestProject.Of(Samples.Fleet).With("other.layout.lock", Lock(0x900000)).Generate().Constant("Demo.Fleet+Libraries+Zlib+Text", "Address"));
    }

    private static string Lock(ulong address) => LockText.Write(LockFile.Of([new LockedSlot("zlib", "text", "", "ram", address, 0x100000, "")]));
}
