using System;
using System.Linq;
using CsCheck;
using LayoutDsl.Model;
using LayoutDsl.Planning;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Tests.Binding;

public sealed class OrderTests
{
    private static readonly string[] Declarations =
    [
        "layout Test.Fleet;", "const base = 2MiB;", "const top = base + page;", "target x86_64 { page 4KiB; }",
        "region ram (rwx) { origin 1MiB; length 30MiB; }", "region high (rw) { origin 64MiB; length 1MiB; }",
        "section text (rx) { \".text\" \".text.*\" }", "section rodata (r) { \".rodata\" \".rodata.*\" }", "section data (rw) { \".data\" }",
        "section inits (r) { table \".inits\" bounds s e }", "discard \".junk.*\", \".trash\";", "discard \".dirt\";",
        "library a { objects \"a.o\"; headroom 10%; }", "library b { objects \"b.o\", \"b2.o\"; }", "library c { archive \"c.a\"; }",
        "image one { uses c, a; objects \"one.o\"; }", "image two { uses a, b; objects \"two.o\"; instances 3; }", "image fn[1..3] { uses c, b; objects \"fn{n}.o\"; }",
        "align { *.text: 64; a.text: 128; }", "align { c.*: 32; }", "place libraries in ram from base;", "place images in ram after libraries;",
        "symbol e2 = endof(images);", "symbol s2 = sizeof(a.text) + top;",
    ];

    [Fact]
    public void Plan_DeclarationsInAnyOrder_IsEqual()
    {
        LayoutPlan expected = Plan(Declarations);
        Property.Holds(Gen.Shuffle(Declarations), 60, shuffled => Assert.Equal(expected, Plan(shuffled)));
    }

    [Fact]
    public void Bind_DeclarationsInAnyOrder_IsEqualButForPlaces()
    {
        string expected = WithoutPlaces(Declarations);
        Property.Holds(Gen.Shuffle(Declarations), 60, shuffled => Assert.Equal(expected, WithoutPlaces(shuffled)));
    }

    private static LayoutPlan Plan(string[] declarations)
    {
        var facts = new Measured();
        foreach (string file in new[] { "a.o", "b.o", "b2.o", "one.o", "two.o", "fn1.o", "fn2.o", "fn3.o" })
        {
            facts.Object(file, Measured.Code((ulong)file[0] * 10), Measured.ReadOnly(100, ".rodata.x"), Measured.Data(8), Measured.ReadOnly(8, ".inits"), Measured.Data(1, ".junk.a"), Measured.Data(1, ".trash"), Measured.Data(1, ".dirt"));
        }

        facts.Member("c.a", "c1.o", Measured.Code(5000)).Member("c.a", "c2.o", Measured.Code(3));
        return Layouts.PlanClean(string.Join("\n", declarations), facts);
    }

    private static string WithoutPlaces(string[] declarations)
    {
        BoundLayout b = Layouts.BindClean(string.Join("\n", declarations));
        return string.Join("\n", new[] { $"{b.Namespace} {b.TypeName} {b.Target.Page} {b.Target.Entry}" }
            .Concat(b.Regions.Select(r => $"{r.Name} {r.Permissions} {r.Origin} {r.Length}"))
            .Concat(b.Sections.Select(s => $"{s.Name} {s.Permissions} {s.IsTable} {s.Bounds} {string.Join(" ", s.Patterns.Select(p => p.Text))}"))
            .Concat(b.Libraries.Select(l => $"{l.Name} {l.HeadroomPercent} {string.Join(" ", l.Inputs.Select(i => i.Pattern))}"))
            .Concat(b.Images.Select(i => $"{i.Name} {i.Family} {i.Instances} {string.Join(" ", i.Libraries)} {string.Join(" ", i.Inputs.Select(x => x.Pattern))}"))
            .Concat(b.Alignments.Select(a => $"{a.Owner}.{a.Section} {a.Bytes}"))
            .Concat(b.Placements.Select(p => FormattableString.Invariant($"{p.Subject} {p.Region} {p.From} {p.After}")))
            .Concat(b.Symbols.Select(s => s.Name))
            .Concat(b.Constants.Select(c => $"{c.Name} {c.Value}"))
            .Concat(b.Discards.Select(d => d.Text)));
    }
}
