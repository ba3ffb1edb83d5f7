using System;
using CsCheck;
using LayoutDsl.Tests.Support;
using LayoutDsl.Text;

namespace LayoutDsl.Tests.Text;

public sealed class AlignmentTests
{
    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(3, false)]
    [InlineData(4096, true)]
    [InlineData(1UL << 63, true)]
    [InlineData(ulong.MaxValue, false)]
    public void IsPowerOfTwo_Value_SaysWhetherItCanBeAnAlignment(ulong value, bool expected) => Assert.Equal(expected, Alignment.IsPowerOfTwo(value));

    [Fact]
    public void TryAlignUp_AnyValue_GivesTheLowestMultipleNotBelow()
    {
        Property.Holds(Gen.Select(Gen.ULong, Gen.Int[0, 63]), 3000, c =>
        {
            ulong alignment = 1UL << c.Item2;
            UInt128 expected = ((UInt128)c.Item1 + alignment - 1) / alignment * alignment;
            bool fits = Alignment.TryAlignUp(c.Item1, alignment, out ulong aligned);
            Assert.Equal(expected <= ulong.MaxValue, fits);
            if (fits) Assert.Equal((ulong)expected, aligned);
            else Assert.Throws<OverflowException>(() => Alignment.AlignUp(c.Item1, alignment));
            Assert.Equal(c.Item1 / alignment * alignment, Alignment.AlignDown(c.Item1, alignment));
        });
    }
}
