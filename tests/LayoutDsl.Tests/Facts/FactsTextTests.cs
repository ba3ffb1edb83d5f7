using System.Linq;
using CsCheck;
using LayoutDsl.Facts;
using LayoutDsl.Model;
using LayoutDsl.Tests.Support;
using LayoutDsl.Text;

namespace LayoutDsl.Tests.Facts;

public sealed class FactsTextTests
{
    private static readonly string[] Damage = ["\n", "\"", " ", "0", "3", "object \"x\"", "file \"y\"\n", "18446744073709551616", "-1", "\\u12", "section", "\0", "common \"c\" 1 1\n"];

    private static readonly Gen<string> Names = Gen.String[Gen.OneOf(Gen.Char['a', 'z'], Gen.OneOf('"', '\\', '\n', ' ', '\0', 'é', '/', '.')), 0, 8];

    private static readonly Gen<SectionFacts> Sections =
        Gen.Select(Names, Gen.UInt, Gen.ULong, Gen.ULong, Gen.Int[0, 63], (name, type, flags, size, bits) => new SectionFacts(name, type, flags, size, 1UL << bits));

    private static readonly Gen<ObjectFacts> Objects = Gen.Select(
        Names,
        Names,
        Gen.Int[0, int.MaxValue],
        Sections.Array[0, 3],
        Gen.Select(Names, Gen.ULong, Gen.Int[0, 63], (name, size, bits) => new CommonFacts(name, size, 1UL << bits)).Array[0, 2],
        (path, member, machine, sections, commons) =>
            new ObjectFacts(path, member.Length == 0 ? null : member, machine, "c0de", new EquatableArray<SectionFacts>(sections), new EquatableArray<CommonFacts>(commons)));

    private static readonly Gen<FactsFile> Any = Gen.Select(
        Gen.Select(Names, Gen.Enum<InputKind>(), Names.Array[0, 3], Gen.Int[0, int.MaxValue].Array[3], (pattern, kind, files, needs) =>
            new InputFacts(pattern, kind, new EquatableArray<string>(files)) { Needs = kind == InputKind.Members ? needs.Take(files.Length).ToEquatableArray() : default }).Array[0, 3],
        Objects.Array[0, 4],
        Names.Array[0, 2],
        (inputs, objects, missing) => new FactsFile(new EquatableArray<InputFacts>(inputs), new EquatableArray<ObjectFacts>(objects)) { Missing = new EquatableArray<string>(missing) });

    [Fact]
    public void Read_WrittenFacts_GivesEqualFacts() => Property.Holds(Any, 1000, facts =>
    {
        FactsFile? read = FactsText.Read(FactsText.Write(facts), out string? error);
        Assert.Null(error);
        Assert.Equal(facts, read);
    });

    [Fact]
    public void Plan_DamagedFacts_IsAPlanOrDiagnostics()
    {
        RandomFleet fleet = Property.Pick(RandomFleet.Any, 9);
        var mutations = new Mutations(FactsText.Write(fleet.Facts), Damage);
        int readable = 0;
        for (int i = 0; i < 1500; i++)
        {
            FactsFile? facts = FactsText.Read(mutations.Next(i), out string? error);
            Assert.True((facts is null) != (error is null));
            if (facts is null) continue;
            readable++;
            Assert.True(Layouts.Plan(fleet.Text, facts) is { } plan && plan.HasErrors == plan.Value is null);
        }

        Assert.InRange(readable, 50, 1450);
    }

    [Theory]
    [InlineData("", "line 2: 'layoutdsl-facts' is expected")]
    [InlineData("layoutdsl-facts 2", "line 1: the facts are of another version")]
    [InlineData("layoutdsl-facts 1\nfile \"a\"", "line 2: 'file' is not expected here")]
    [InlineData("layoutdsl-facts 1\nobject \"a\" \"\" 62 \"00\"\nsection \".text\" 1 6 10 3", "line 3: an alignment is not a power of two")]
    [InlineData("layoutdsl-facts 1\nobject \"a\" \"\" 62 \"00\"\nsection \".text\" 1 6 10", "line 3: 'section' lacks a field")]
    [InlineData("layoutdsl-facts 1\nobject \"a\" \"\" 4294967296 \"00\"", "line 2: a number is too large")]
    [InlineData("layoutdsl-facts 1\ninput \"a", "line 2: the line is damaged")]
    public void Read_DamagedText_SaysTheLineAndWhatIsWrong(string text, string expected)
    {
        Assert.Null(FactsText.Read(text, out string? error));
        Assert.Equal(expected, error);
    }

    [Fact]
    public void DisplayName_OfAMember_HasArchiveAndMember() =>
        Assert.Equal("lib.a(m.o)", new Measured().Member("lib.a", "m.o").ToFacts().Objects.Single().DisplayName);
}
