using System;
using LayoutDsl.Text;

namespace LayoutDsl.Tests.Text;

public sealed class EquatableArrayTests
{
    [Fact]
    public void Equals_EqualElements_IsTrueWithOneHash()
    {
        var left = EquatableArray.Of("a", "b");
        var right = EquatableArray.Of("a", "b");
        Assert.True(left == right);
        Assert.Equal(left.GetHashCode(), right.GetHashCode());
        Assert.True(left != EquatableArray.Of("b", "a"));
    }

    [Fact]
    public void Default_NoArray_IsAnEmptyList()
    {
        EquatableArray<string> array = default;
        Assert.True(array == EquatableArray.Of<string>());
        Assert.Empty(array);
        Assert.Throws<ArgumentOutOfRangeException>(() => array[0]);
    }
}
