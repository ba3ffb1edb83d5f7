using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Analysis.Resolution;

namespace LayoutDsl.Analysis.Tests.Resolution;

/// <summary>Members that more images need are linked first.</summary>
public sealed class MemberOrderTests
{
    private const int Members = 24;

    [Fact]
    public void Order_IsByTheNumberOfImagesAndThenThatOfTheArchive()
    {
        using LinkCase link = Make();

        // Image n needs those from n on: the first member has one user, the last ones have all.
        string[] lines = [.. Enumerable.Range(0, 6).Select(n => $"start.o {string.Join(' ', Enumerable.Range(n, Members - n).Where(m => m % 3 == 0).Select(m => $"-u m{m}"))} lib.a")];
        UnionArchive archive = Compute(link, lines);
        Assert.Equal([6, 9, 12, 15, 18, 21, 3, 0], archive.Members.Select(m => m.Index));
        Assert.Equal([6, 6, 6, 6, 6, 6, 4, 1], archive.Members.Select(m => m.NeededBy.Count));

        // The other way round: the archive's first members are what all need.
        lines = [.. Enumerable.Range(0, 6).Select(n => $"start.o {string.Join(' ', Enumerable.Range(0, 9 - n).Select(m => $"-u m{m}"))} lib.a")];
        archive = Compute(link, lines);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8], archive.Members.Select(m => m.Index));
        Assert.Equal([6, 6, 6, 6, 5, 4, 3, 2, 1], archive.Members.Select(m => m.NeededBy.Count));
    }

    [Fact]
    public void Order_OfMembersThatRunAtTheStart_IsWithThoseOfAllImages()
    {
        using LinkCase link = Make()
            .C("begins", "int begun; void m100(void) {} __attribute__((constructor)) static void begin(void) { begun = 1; }")
            .C("chooses", "static void (*choose(void))(void) { return 0; } void m101(void) __attribute__((ifunc(\"choose\")));")
            .Archive("lib.a", [.. Names(), "begins.o", "chooses.o"]);
        UnionArchive archive = Compute(link, "start.o -u m0 -u m1 -u m100 -u m101 lib.a", "start.o -u m1 -u m2 lib.a", "start.o -u m1 lib.a");
        Assert.Equal([1, Members, Members + 1, 0, 2], archive.Members.Select(m => m.Index));
    }

    /// <summary>One more image moves few members against each other: their pages stay as they are.</summary>
    [Theory]
    [InlineData(40)]
    [InlineData(200)]
    public void Order_WithOneImageMore_IsAlmostTheSame(int images)
    {
        using LinkCase link = Make();
        var random = new Random(5);
        double[] shares = [.. Enumerable.Range(0, Members).Select(_ => Math.Pow(random.NextDouble(), 3))];
        string[] lines = [.. Enumerable.Range(0, images + 1).Select(_ => $"start.o {string.Join(' ', Enumerable.Range(0, Members).Where(m => random.NextDouble() < shares[m]).Select(m => $"-u m{m}"))} lib.a")];
        int[] before = [.. Compute(link, lines[..^1]).Members.Select(m => m.Index)];
        int[] after = [.. Compute(link, lines).Members.Select(m => m.Index).Where(before.Contains)];
        Assert.Equal(before.Order(), after.Order());
        int moved = Pairs(before).Except(Pairs(after)).Count();
        Assert.InRange(moved, 0, before.Length * (before.Length - 1) / 2 / 20);
    }

    private static IEnumerable<(int, int)> Pairs(int[] order) => order.SelectMany((a, i) => order.Skip(i + 1).Select(b => (a, b)));

    private static string[] Names() => [.. Enumerable.Range(0, Members).Select(m => $"m{m}.o")];

    private static LinkCase Make()
    {
        LinkCase link = new LinkCase().C("start", "int _start(void) { return 0; }");
        for (int m = 0; m < Members; m++) link = link.C($"m{m}", $"void m{m}(void) {{}}");
        return link.Archive("lib.a", Names());
    }

    private static UnionArchive Compute(LinkCase link, params string[] lines)
    {
        var files = new LinkFiles(link.Read);
        return ArchiveUnion.Compute(files, [.. lines.Select((line, i) =>
        {
            CommandLine parsed = new CommandLine(files, ResolutionOptions.GnuDefault).Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            return new FleetImage($"image{i}", parsed.Inputs, parsed.Options);
        })]).Archives.Single();
    }
}
