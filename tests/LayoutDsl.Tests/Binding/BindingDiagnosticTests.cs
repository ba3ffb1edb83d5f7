using LayoutDsl.Tests.Support;

namespace LayoutDsl.Tests.Binding;

/// <summary>Each diagnostic of binding, at exactly the marked text.</summary>
public sealed class BindingDiagnosticTests
{
    [Fact]
    public void MissingLayoutName_NoHeader_IsOfTheFile() => Layouts.AssertBinding(Layouts.FrameAndImage.Replace("layout Test.Fleet;", ""), "LAY1001");

    [Theory]
    [InlineData("[LAY1002|layout Other;|]")]
    [InlineData("target [LAY1002|arm|] { }")]
    [InlineData("region [LAY1002|ram|] (r) { origin 1; length 1; }")]
    [InlineData("section [LAY1002|text|] (r) { \".text\" }")]
    [InlineData("library a { objects \"a.o\"; } library [LAY1002|a|] { objects \"b.o\"; } image i { uses a; objects \"i.o\"; }")]
    [InlineData("image [LAY1002|app|] { objects \"b.o\"; }")]
    [InlineData("const a = 1; const [LAY1002|a|] = 2;")]
    [InlineData("symbol a = 1; symbol [LAY1002|a|] = 2;")]
    [InlineData("section t (r) { \".t\" table bounds a b } symbol [LAY1002|b|] = 2;")]
    [InlineData("section [LAY1002|t|] (r) { \".t\" table bounds a a }")]
    [InlineData("place libraries from 2MiB; place [LAY1002|libraries|] from 3MiB;")]
    [InlineData("library a { objects \"a.o\"; } image [LAY1002|a|] { uses a; objects \"b.o\"; }")]
    [InlineData("image fn[10..20] { objects \"{n}.o\"; } image [LAY1002|fn12|] { objects \"c.o\"; }")]
    [InlineData("image fn[10..20] { uses fn12; objects \"{n}.o\"; } library [LAY1002|fn12|] { objects \"c.o\"; }")]
    [InlineData("image fn[10..20] { objects \"{n}.o\"; } image [LAY1002|fn1|][0..9] { objects \"{n}.x.o\"; }")]
    public void DuplicateDeclaration_SecondOfAName_IsItsName(string marked) => AssertInLayout(marked, frameFirst: true);

    [Theory]
    [InlineData("image a { uses [LAY1003|zlib|], [LAY1003|x|]; objects \"a.o\"; }")]
    [InlineData("align { [LAY1003|zlib|].text: 4; *.[LAY1003|texxt|]: 4; }")]
    [InlineData("const a = 1 + [LAY1003|b|] * [LAY1003|c|];")]
    [InlineData("place [LAY1003|library|] from 2MiB;")]
    [InlineData("place libraries after [LAY1003|app|];")]
    [InlineData("place libraries in [LAY1003|flash|];")]
    [InlineData("symbol a = endof([LAY1003|flash|]);")]
    [InlineData("symbol a = sizeof([LAY1003|zlib|].text);")]
    [InlineData("symbol a = addressof(app.[LAY1003|txt|]);")]
    [InlineData("const a = origin([LAY1003|flash|]);")]
    [InlineData("symbol a = align(endof(images), [LAY1003|b|]);")]
    public void UnknownName_NothingDeclared_IsTheName(string marked) => AssertInLayout(marked);

    [Theory]
    [InlineData("image a { [LAY1004|use|] b; objects \"a.o\"; }")]
    [InlineData("library a { [LAY1004|object|] \"a.o\"; objects \"a.o\"; } image i { uses a; objects \"i.o\"; }")]
    public void UnknownProperty_InABlock_IsItsName(string marked) => AssertInLayout(marked);

    [Theory]
    [InlineData("image a { instances 1; [LAY1005|instances|] 2; objects \"a.o\"; }")]
    [InlineData("library l { objects \"l.o\"; } image a { uses l, [LAY1005|l|]; objects \"a.o\"; }")]
    [InlineData("section s (r) { keep \".s\" [LAY1005|keep|] }")]
    [InlineData("place libraries from 2MiB [LAY1005|from|] 3MiB;")]
    public void DuplicateProperty_SecondTime_IsItsName(string marked) => AssertInLayout(marked);

    [Theory]
    [InlineData("region [LAY1006|flash|] (rx) { origin 128MiB; }")]
    [InlineData("region [LAY1006|[LAY1006|flash|]|] (rx) { }")]
    [InlineData("library [LAY1006|a|] { } image i { uses a; objects \"i.o\"; }")]
    [InlineData("image [LAY1006|a|] { }")]
    public void MissingProperty_OfADeclaration_IsItsName(string marked) => AssertInLayout(marked);

    [Fact]
    public void MissingProperty_OfTheLayout_IsOfTheFile() => Layouts.AssertBinding("layout A;", "LAY1006", "LAY1006", "LAY1006");

    [Theory]
    [InlineData("library a { objects [LAY1007|a|], [LAY1007|4|]; } image i { uses a; objects \"i.o\"; }")]
    [InlineData("library a { objects \"a.o\"; headroom [LAY1007|25|]; } image i { uses a; objects \"i.o\"; }")]
    [InlineData("image a { objects \"a.o\"; uses [LAY1007|\"zlib\"|]; instances [LAY1007|\"2\"|]; }")]
    [InlineData("image a { objects \"a.o\"; instances 1, [LAY1007|2|]; }")]
    [InlineData("const a = [LAY1007|\"1\"|]; const b = [LAY1007|25%|]; const c = [LAY1007|a.b|];")]
    [InlineData("const [LAY1007|page|] = 1;")]
    [InlineData("place libraries in [LAY1007|4|];")]
    [InlineData("place libraries after [LAY1007|5|];")]
    [InlineData("section s (r) { \".s\" [LAY1007|bounds a b|] }")]
    [InlineData("section [LAY1007|linker_got|] (rw) { \".s\" }")]
    public void WrongValue_OtherKind_IsTheValue(string marked) => AssertInLayout(marked);

    [Theory]
    [InlineData("[LAY1007|\"a b\"|]")]
    [InlineData("[LAY1007|\"1st\"|]")]
    [InlineData("[LAY1007|4|]")]
    public void WrongValue_EntryThatIsNoSymbol_IsTheValue(string entry) => Layouts.AssertBinding(Layouts.FrameAndImage.Replace("entry _start", "entry " + entry));

    [Theory]
    [InlineData("section s ([LAY1008|w|]) { \".s\" }")]
    [InlineData("section s ([LAY1008|rwx|]) { \".s\" }")]
    [InlineData("section s ([LAY1008|xy|]) { \".s\" }")]
    [InlineData("section s ([LAY1008|rr|]) { \".s\" }")]
    [InlineData("region s ([LAY1008|all|]) { origin 0; length 1; }")]
    public void BadPermissions_ThatCannotBe_IsTheLetters(string marked) => AssertInLayout(marked);

    [Theory]
    [InlineData("const a = 0xFFFFFFFFFFFFFFFF [LAY1009|+|] 1;")]
    [InlineData("const a = 1 [LAY1009|-|] 2 + 5;")]
    [InlineData("const a = 1GiB [LAY1009|*|] 1TiB * 2;")]
    [InlineData("const a = 1 [LAY1009|/|] (2 - 2);")]
    [InlineData("const a = 1 [LAY1009|<<|] 64; const b = 1 [LAY1009|>>|] 64; const c = 3 [LAY1009|<<|] 63;")]
    [InlineData("const a = [LAY1009|align|](0xFFFFFFFFFFFFFFFF, 16);")]
    public void BadArithmetic_OutOf64Bits_IsTheOperator(string marked) => AssertInLayout(marked);

    [Theory]
    [InlineData("const [LAY1010|a|] = a + 1;")]
    [InlineData("const a = b; const b = c; const [LAY1010|c|] = a;")]
    [InlineData("const a = min(1, b); const [LAY1010|b|] = (a);")]
    public void CyclicConstant_DependsOnItself_IsOneOfTheCircle(string marked) => AssertInLayout(marked);

    [Fact]
    public void CyclicConstant_PageThatNeedsThePage_IsTheName() =>
        Layouts.AssertBinding(Layouts.FrameAndImage.Replace("page 4KiB", "page p") + "const p = [LAY1010|page|] * 2;");

    [Theory]
    [InlineData("align { *.text: [LAY1011|3|]; *.data: [LAY1011|0|]; }")]
    [InlineData("const a = align(5, [LAY1011|6|]);")]
    public void NotAPowerOfTwo_Alignment_IsTheValue(string marked) => AssertInLayout(marked);

    [Theory]
    [InlineData("page [LAY1011|3000|]")]
    [InlineData("page [LAY1011|0|]")]
    [InlineData("page [LAY1011|1 - 1|]")]
    [InlineData("page [LAY1012|128|]")]
    [InlineData("page [LAY1012|2GiB|]")]
    [InlineData("page [LAY1007|\"4096\"|]")]
    public void Page_ThatNoMachineHas_IsTheValue(string page) => Layouts.AssertBinding(Layouts.FrameAndImage.Replace("page 4KiB", page));

    [Theory]
    [InlineData("align { *.text: [LAY1012|2GiB|]; }")]
    [InlineData("image a { objects \"a.o\"; instances [LAY1012|0|]; }")]
    [InlineData("image a { objects \"a.o\"; instances [LAY1012|1000000001|]; }")]
    [InlineData("library a { objects \"a.o\"; headroom [LAY1012|10001%|]; } image i { uses a; objects \"i.o\"; }")]
    [InlineData("region [LAY1012|far|] (r) { origin 0xFFFFFFFFFFFFFFFF; length 2; }")]
    [InlineData("region near (r) { origin 0; length [LAY1012|0|]; }")]
    public void ValueOutOfRange_TooLargeOrSmall_IsTheValueOrName(string marked) => AssertInLayout(marked);

    [Fact]
    public void ValueOutOfRange_RegionBeyond32Bits_IsItsName() =>
        Layouts.AssertBinding(Layouts.FrameAndImage.Replace("x86_64", "arm") + "region [LAY1012|high|] (r) { origin 0xFFFFFFFF; length 2; } region top (r) { origin 0xFFFFFFFF; length 1; }");

    [Fact]
    public void ValueOutOfRange_TooManyImages_IsTheOneThatIsTooMuch() =>
        AssertInLayout("image a[1..150000] { objects \"{n}.o\"; } image [LAY1012|b|][1..100000] { objects \"{n}.o\"; } image c { objects \"c.o\"; }");

    [Theory]
    [InlineData("align { *.text: 4; [LAY1013|*.text|]: 8; } align { [LAY1013|*.text|]: 4; }")]
    public void DuplicateAlignmentRule_SameSelector_IsTheSelector(string marked) => AssertInLayout(marked);

    [Theory]
    [InlineData("include [LAY1014|\"none.layout\"|];")]
    [InlineData("include [LAY1014|\"\"|];")]
    public void IncludeNotFound_NoFile_IsThePath(string marked) => AssertInLayout(marked);

    [Theory]
    [InlineData("include [LAY1015|\"fleet.layout\"|];")]
    [InlineData("include [LAY1015|\"./x/../fleet.layout\"|];")]
    public void IncludeCycle_Itself_IsThePath(string marked) => AssertInLayout(marked);

    [Fact]
    public void UnknownArchitecture_Target_IsItsName() => Layouts.AssertBinding(Layouts.FrameAndImage.Replace("x86_64", "[LAY1016|amd64|]"));

    [Theory]
    [InlineData("image a[LAY1017|[2..1]|] { objects \"{n}.o\"; }")]
    [InlineData("image a[LAY1017|[0..0x80000000]|] { objects \"{n}.o\"; }")]
    [InlineData("image a[LAY1017|[1..999999999]|] { objects \"{n}.o\"; }")]
    public void BadFamilyRange_NoMembersOrTooMany_IsTheRange(string marked) => AssertInLayout(marked);

    [Theory]
    [InlineData("image a { objects [LAY1018|\"{n}.o\"|]; }")]
    [InlineData("image a[1..2] { objects \"{n}.o\", [LAY1018|\"{m}.o\"|], [LAY1018|\"{n\"|]; }")]
    [InlineData("library a { archive [LAY1018|\"{n}.a\"|]; } image i { uses a; objects \"i.o\"; }")]
    public void BadPlaceholder_WhereItMeansNothing_IsThePath(string marked) => AssertInLayout(marked);

    [Theory]
    [InlineData("image [LAY1019|a|][1..2] { objects \"a.o\"; }")]
    public void FamilyWithoutPlaceholder_SeveralMembers_IsItsName(string marked) => AssertInLayout(marked);

    [Fact]
    public void FamilyWithoutPlaceholder_OneMember_IsFine() => AssertInLayout("image a[1..1] { objects \"a.o\"; }");

    [Theory]
    [InlineData("library [LAY1020|a|] { objects \"a.o\"; }")]
    public void UnusedLibrary_InNoImage_IsItsName(string marked) => AssertInLayout(marked);

    [Theory]
    [InlineData("const a = [LAY1021|round|](1, 2);")]
    [InlineData("const a = [LAY1021|align|](1); const b = [LAY1021|min|](1, 2, 3);")]
    [InlineData("const a = [LAY1021|origin|](1);")]
    [InlineData("region b (r) { origin [LAY1021|origin|](ram); length 1; }")]
    [InlineData("symbol a = [LAY1021|sizeof|](images); symbol b = [LAY1021|endof|](1); symbol c = [LAY1021|addressof|](1, 2);")]
    [InlineData("symbol a = sizeof([LAY1021|fn.text|]); image fn[1..2] { objects \"{n}.o\"; }")]
    [InlineData("symbol a = sizeof([LAY1021|app.inits|]); section inits (r) { table \".inits\" }")]
    public void BadCall_FunctionOrArguments_IsTheCall(string marked) => AssertInLayout(marked);

    [Theory]
    [InlineData("image a { objects [LAY1022|\" \"|], [LAY1022|\"\"|]; }")]
    [InlineData("image a { objects [LAY1022|\"a\tb\"|]; }")]
    [InlineData("image a { objects [LAY1022|\"a\\\"b\"|]; }")]
    [InlineData("section s (r) { [LAY1022|\".a b\"|] [LAY1022|\"\"|] [LAY1022|\".a)\"|] }")]
    [InlineData("discard [LAY1022|\".é\"|];")]
    public void BadPath_ThatCannotBe_IsTheText(string marked) => AssertInLayout(marked);

    [Theory]
    [InlineData("section [LAY1023|s|] (r) { keep }")]
    [InlineData("section [LAY1023|s|] (r) { }")]
    public void EmptySection_NoPatterns_IsItsName(string marked) => AssertInLayout(marked);

    [Theory]
    [InlineData("section a (r) { \".a\" [LAY1024|\".a\"|] } section b (r) { [LAY1024|\".a\"|] }")]
    [InlineData("section a (r) { \".a\" } discard [LAY1024|\".a\"|];")]
    [InlineData("discard \".a\", [LAY1024|\".a\"|];")]
    public void DuplicatePattern_SecondOfIt_IsThePattern(string marked) => AssertInLayout(marked);

    [Theory]
    [InlineData("section s (rw) { [LAY1007|thread|] table \".t\" }")]
    [InlineData("section s (rw) { [LAY1007|unwind|] reserve 8 \".t\" }")]
    [InlineData("section s (rw) { [LAY1007|padded|] \".t\" }")]
    public void Section_WordsThatExcludeEachOther_IsTheWord(string marked) => AssertInLayout(marked);

    [Theory]
    [InlineData("indirect f, [LAY1002|f|];")]
    public void Indirection_Twice_IsTheSecond(string marked) => AssertInLayout(marked);

    [Theory]
    [InlineData("indirect auto, [LAY1030|none|];")]
    [InlineData("indirect [LAY1030|none|], f; indirect auto;")]
    public void Indirection_AutomaticAndNot_IsNone(string marked) => AssertInLayout(marked);

    [Fact]
    public void Unwind_OnAMachineWithoutTables_IsTheWord() =>
        Layouts.AssertBinding("section u (r) { [LAY1012|unwind|] \".eh_frame\" }" + Layouts.FrameAndImage.Replace("x86_64", "aarch64"));

    [Fact]
    public void Headers_NotOnAPage_IsTheAddress() =>
        Layouts.AssertBinding(Layouts.FrameAndImage.Replace("target x86_64 {", "target x86_64 { headers [LAY1012|100|];"));

    [Theory]
    [InlineData("file [LAY1007|small|];")]
    [InlineData("file [LAY1007|4KiB|];")]
    [InlineData("headers 4MiB; file [LAY3060|packed|];")]
    [InlineData("headers 4MiB; file mapped;")]
    [InlineData("file packed;")]
    public void File_OfATarget_IsMappedOrPacked(string marked) => Layouts.AssertBinding(Layouts.FrameAndImage.Replace("target x86_64 {", "target x86_64 { " + marked));

    [Theory]
    [InlineData("unreached [LAY1007|maybe|];")]
    [InlineData("unreached [LAY1007|4KiB|];")]
    [InlineData("unreached [LAY1007|\"dropped\"|];")]
    [InlineData("unreached dropped;")]
    [InlineData("unreached kept;")]
    public void Unreached_OfATarget_IsKeptOrDropped(string marked) => Layouts.AssertBinding(Layouts.FrameAndImage.Replace("target x86_64 {", "target x86_64 { " + marked));

    [Theory]
    [InlineData("aarch64", "unreached [LAY3061|dropped|];")]
    [InlineData("arm", "unreached [LAY3061|dropped|];")]
    [InlineData("riscv64", "unreached [LAY3061|dropped|];")]
    [InlineData("aarch64", "unreached kept;")]
    public void Unreached_OnAnotherMachine_IsTheWord(string machine, string marked) => Layouts.AssertBinding(Layouts.FrameAndImage.Replace("target x86_64 {", $"target {machine} {{ " + marked));

    [Theory]
    [InlineData("unreached [LAY3061|dropped|];")]
    [InlineData("unreached kept;")]
    public void Unreached_InAnotherScript_IsTheWord(string marked) => Layouts.AssertBinding("overlay \"k.lds\" { after \".bss\"; headers own; }" + Layouts.FrameAndImage.Replace("target x86_64 {", "target x86_64 { " + marked));

    [Theory]
    [InlineData("place [LAY1025|libraries|] from 2MiB after images;")]
    [InlineData("place [LAY1025|libraries|] from 4KiB;")]
    [InlineData("place [LAY1025|images|] in ram from 64MiB;")]
    [InlineData("place [LAY1025|images|] from 2MiB + 1;")]
    [InlineData("place [LAY1025|images|] after images;")]
    [InlineData("place [LAY1025|libraries|] after images; place [LAY1025|images|] after libraries;")]
    public void BadPlacement_Contradiction_IsTheSubject(string marked) => AssertInLayout(marked);

    [Theory]
    [InlineData("image aB { objects \"a.o\"; } image [LAY1026|a_b|] { objects \"b.o\"; }")]
    [InlineData("section [LAY1026|text_|] (r) { \".t\" }")]
    [InlineData("library l { objects \"l.o\"; } library [LAY1026|l_|] { objects \"m.o\"; } image i { uses l, l_; objects \"i.o\"; }")]
    public void NameCollision_OneNameInCSharp_IsTheOneThatSortsLast(string marked) => AssertInLayout(marked, frameFirst: true);

    [Theory]
    [InlineData("[LAY1026|layout Demo.Libraries;|]")]
    [InlineData("[LAY1026|layout Images;|]")]
    [InlineData("[LAY1026|layout Demo.Plan;|]")]
    [InlineData("[LAY1026|layout System;|]")]
    public void NameCollision_LayoutWithTheNameOfAMember_IsTheHeader(string header) => Layouts.AssertBinding(Layouts.FrameAndImage.Replace("layout Test.Fleet;", header));

    [Theory]
    [InlineData("const a = 4 + [LAY1027|endof|](images);")]
    [InlineData("library l { objects \"l.o\"; } image i { uses l; objects \"i.o\"; instances [LAY1027|sizeof|](l.text); }")]
    public void PlanValueInConstant_WhereAConstantIsNeeded_IsTheCall(string marked) => AssertInLayout(marked);

    private static void AssertInLayout(string marked, bool frameFirst = false) =>
        Layouts.AssertBinding(frameFirst ? Layouts.FrameAndImage + marked : marked + Layouts.FrameAndImage);
}
