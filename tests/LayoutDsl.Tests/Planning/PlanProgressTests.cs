using System;
using System.Collections.Generic;
using System.Threading;
using LayoutDsl.Facts;
using LayoutDsl.Planning;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Tests.Planning;

public sealed class PlanProgressTests
{
    private const int Images = 200;

    private static readonly string Layout = Layouts.Frame + $"\nimage fn[1..{Images}] {{ objects \"fn{{n}}.o\"; }}";

    [Fact]
    public void Plan_ManyImages_SaysHowFarItIs()
    {
        var said = new List<(string What, int Done, int All)>();
        Assert.NotNull(LayoutCompiler.Plan(Layouts.BindClean(Layout), Facts(), null, new PlanProgress((what, done, all) => said.Add((what, done, all)), default)).Value);
        Assert.Contains(said, s => s.What == "gathered");
        Assert.Contains(said, s => s.What == "placed");
        Assert.All(said, s => Assert.True(s.Done <= s.All && s.All == Images));
    }

    [Theory]
    [InlineData("gathered")]
    [InlineData("placed")]
    public void Plan_StoppedAtAnyStage_Ends(string stage)
    {
        using var stop = new CancellationTokenSource();
        var progress = new PlanProgress((what, _, _) => { if (what == stage) stop.Cancel(); }, stop.Token);
        Assert.Throws<OperationCanceledException>(() => LayoutCompiler.Plan(Layouts.BindClean(Layout), Facts(), null, progress));
    }

    private static FactsFile Facts()
    {
        var facts = new Measured();
        for (int i = 1; i <= Images; i++) facts.Object($"fn{i}.o", Measured.Code(8));
        return facts;
    }
}
