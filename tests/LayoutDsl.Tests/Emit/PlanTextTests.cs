using System;
using System.IO;
using System.Linq;
using LayoutDsl.Emit;
using LayoutDsl.Planning;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Tests.Emit;

public sealed class PlanTextTests
{
    private static readonly string[] Damage = ["\n", "\"", " ", "0", "slot", "image \"x\"", "18446744073709551616", "-1", "\\u12", "uses \"nobody\"\n", "input \"a\"\n", "\0", "section \"s\" \"q\""];

    [Fact]
    public void Read_WrittenPlan_GivesAnEqualPlan() => Property.Holds(RandomFleet.Any, 150, fleet =>
    {
        LayoutPlan plan = Layouts.Plan(fleet.Text, fleet.Facts).Value!;
        Assert.Equal(plan, PlanText.Read(PlanText.Write(plan)));
        Assert.Equal(PlanText.Write(plan), PlanText.Write(PlanText.Read(PlanText.Write(plan))));
    });

    [Fact]
    public void Read_WrittenPlanOfMembers_SaysThatWhatIsNotReachedIsDropped() => Property.Holds(RandomFleet.Any, 50, fleet =>
    {
        RandomFleet members = fleet.WithMembers();
        LayoutPlan plan = Layouts.Plan(members.Text, members.Facts).Value!;
        LayoutPlan read = PlanText.Read(PlanText.Write(plan));
        Assert.Equal(plan, read);
        Assert.True(read.DropsUnreached);
        Assert.NotEqual(plan, plan with { DropsUnreached = false });
        Assert.False(PlanText.Read(PlanText.Write(plan with { DropsUnreached = false })).DropsUnreached);
        Assert.All(read.Libraries.SelectMany(l => l.Files), f => Assert.True(f.IsMember));
        Assert.All(read.Images.SelectMany(i => i.Files), f => Assert.False(f.IsMember));
    });

    [Fact]
    public void Read_DamagedText_IsAPlanOrAnError()
    {
        RandomFleet fleet = Property.Pick(RandomFleet.Any, 5);
        var mutations = new Mutations(PlanText.Write(Layouts.Plan(fleet.Text, fleet.Facts).Value!), Damage);
        int errors = 0;
        for (int i = 0; i < 5000; i++)
        {
            LayoutPlan? plan = PlanText.Read(mutations.Next(i), out string? error);
            Assert.True((plan is null) != (error is null));
            if (error is not null) errors++;
        }

        Assert.True(errors > 1000);
    }

    [Theory]
    [InlineData("")]
    [InlineData("layoutdsl-facts 1")]
    [InlineData("layoutdsl-plan 2 \"A\" \"x86_64\" 4096 \"_start\"")]
    [InlineData("layoutdsl-plan 1 \"A\"")]
    [InlineData("layoutdsl-plan 1 \"A\" \"x86_64\" 4096 \"_start\"\nslot")]
    public void Read_OtherText_Throws(string text) => Assert.Throws<InvalidDataException>(() => PlanText.Read(text));

    [Fact]
    public void GetImage_UnknownName_Throws() =>
        Assert.Throws<System.Collections.Generic.KeyNotFoundException>(() => Layouts.Plan(Layouts.FrameAndImage, null).Value!.GetImage("none"));

    [Fact]
    public void Read_TextWithWindowsLineEnds_GivesAnEqualPlan()
    {
        LayoutPlan plan = Layouts.Plan(Layouts.FrameAndImage, null).Value!;
        Assert.Equal(plan, PlanText.Read(PlanText.Write(plan).Replace("\n", "\r\n", StringComparison.Ordinal)));
    }
}
