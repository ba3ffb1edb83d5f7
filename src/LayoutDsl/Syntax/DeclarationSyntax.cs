using LayoutDsl.Text;

namespace LayoutDsl.Syntax;

/// <summary>A top-level declaration. Spans inside count from its start, so that moving it in the file changes nothing in it.</summary>
/// <param name="Span">The whole declaration.</param>
public abstract record DeclarationSyntax(TextSpan Span);

/// <summary><c>layout Demo.Fleet;</c></summary>
public sealed record LayoutHeaderSyntax(EquatableArray<NameSyntax> Parts, TextSpan Span) : DeclarationSyntax(Span);

/// <summary><c>include "shared.layout";</c> or <c>include "trace.layout" when trace == "on";</c></summary>
public sealed record IncludeSyntax(StringSyntax Path, ConditionSyntax? Condition, TextSpan Span) : DeclarationSyntax(Span);

/// <summary><c>param slots = 4;</c> or <c>param trace = "off";</c></summary>
public sealed record ParamSyntax(NameSyntax Name, ExpressionSyntax Value, TextSpan Span) : DeclarationSyntax(Span);

/// <summary><c>set slots = 8;</c></summary>
public sealed record SetSyntax(NameSyntax Name, ExpressionSyntax Value, TextSpan Span) : DeclarationSyntax(Span);

/// <summary><c>group base = boot, console;</c></summary>
public sealed record GroupSyntax(NameSyntax Name, EquatableArray<NameSyntax> Members, TextSpan Span) : DeclarationSyntax(Span);

/// <summary><c>when configuration == "Debug" and slots != 4</c>: all comparisons hold.</summary>
public sealed record ConditionSyntax(EquatableArray<ComparisonSyntax> Comparisons);

/// <summary>A parameter compared with a value.</summary>
public sealed record ComparisonSyntax(NameSyntax Parameter, string Operator, ExpressionSyntax Value);

/// <summary><c>const page_size = 4KiB;</c></summary>
public sealed record ConstSyntax(NameSyntax Name, ExpressionSyntax Value, TextSpan Span) : DeclarationSyntax(Span);

/// <summary><c>symbol _end = endof(images);</c>, with <c>provide</c> or <c>hidden</c> before it.</summary>
public sealed record SymbolSyntax(EquatableArray<NameSyntax> Words, NameSyntax Name, ExpressionSyntax Value, TextSpan Span) : DeclarationSyntax(Span);

/// <summary><c>assert endof(heap) &lt;= endof(ram), "the heap is too large";</c></summary>
public sealed record AssertSyntax(ExpressionSyntax Left, string Operator, ExpressionSyntax Right, StringSyntax Message, TextSpan Span) : DeclarationSyntax(Span);

/// <summary><c>target x86_64 { page 4KiB; entry _start; }</c></summary>
public sealed record TargetSyntax(NameSyntax Architecture, EquatableArray<PropertySyntax> Properties, TextSpan Span) : DeclarationSyntax(Span);

/// <summary><c>aslr none;</c> or <c>aslr shuffle { seed 42; }</c></summary>
public sealed record AslrSyntax(NameSyntax Mode, EquatableArray<PropertySyntax> Properties, TextSpan Span) : DeclarationSyntax(Span);

/// <summary><c>region ram (rwx) { origin 1MiB; length 63MiB; }</c></summary>
public sealed record RegionSyntax(NameSyntax Name, NameSyntax Permissions, EquatableArray<PropertySyntax> Properties, TextSpan Span) : DeclarationSyntax(Span);

/// <summary><c>section text (rx) { ".text" ".text.*" }</c></summary>
public sealed record SectionSyntax(NameSyntax Name, NameSyntax Permissions, EquatableArray<SectionEntrySyntax> Entries, TextSpan Span) : DeclarationSyntax(Span);

/// <summary><c>library zlib { archive "libz.a"; }</c></summary>
public sealed record LibrarySyntax(NameSyntax Name, EquatableArray<PropertySyntax> Properties, TextSpan Span) : DeclarationSyntax(Span);

/// <summary><c>image store { uses zlib; objects "store.o"; }</c>, or a family: <c>image fn[1..1000] { ... }</c></summary>
public sealed record ImageSyntax(NameSyntax Name, FamilyRangeSyntax? Family, EquatableArray<PropertySyntax> Properties, TextSpan Span) : DeclarationSyntax(Span);

/// <summary>The numbers of a family: <c>[1..1000]</c>.</summary>
public sealed record FamilyRangeSyntax(ExpressionSyntax First, ExpressionSyntax Last, TextSpan Span);

/// <summary><c>align { *.text: page; crypto.text: 64; }</c></summary>
public sealed record AlignSyntax(EquatableArray<AlignmentRuleSyntax> Rules, TextSpan Span) : DeclarationSyntax(Span);

/// <summary><c>headroom { *.text: 10%; }</c></summary>
public sealed record HeadroomSyntax(EquatableArray<AlignmentRuleSyntax> Rules, TextSpan Span) : DeclarationSyntax(Span);

/// <summary><c>zlib.text: 64;</c> where either name may be <c>*</c>.</summary>
public sealed record AlignmentRuleSyntax(NameSyntax Owner, NameSyntax Section, ExpressionSyntax Value, TextSpan Span);

/// <summary><c>place libraries in ram from 2MiB;</c>, <c>place images after libraries;</c> or <c>place data, tables in ram load in flash;</c></summary>
public sealed record PlaceSyntax(EquatableArray<NameSyntax> Subjects, EquatableArray<PlaceClauseSyntax> Clauses, TextSpan Span) : DeclarationSyntax(Span);

/// <summary>One of <c>in REGION</c>, <c>from ADDRESS</c>, <c>after SUBJECT</c>, <c>load in REGION</c> (then the keyword is <c>load</c>).</summary>
public sealed record PlaceClauseSyntax(NameSyntax Keyword, ExpressionSyntax Value);

/// <summary><c>discard ".comment", ".note.gnu.*";</c></summary>
public sealed record DiscardSyntax(EquatableArray<StringSyntax> Patterns, TextSpan Span) : DeclarationSyntax(Span);

/// <summary><c>indirect main, on_event;</c></summary>
public sealed record IndirectSyntax(EquatableArray<NameSyntax> Symbols, TextSpan Span) : DeclarationSyntax(Span);

/// <summary>A property in a block: <c>objects "a.o", "b.o";</c></summary>
public sealed record PropertySyntax(NameSyntax Name, EquatableArray<ExpressionSyntax> Values, TextSpan Span)
{
    /// <summary>When it counts; null for always.</summary>
    public ConditionSyntax? Condition { get; init; }

    /// <summary>The word <c>from</c> before the value of a <c>seed</c>; else null.</summary>
    public NameSyntax? From { get; init; }
}

/// <summary>One entry in the body of a section.</summary>
public abstract record SectionEntrySyntax(TextSpan Span);

/// <summary>A pattern for names of input sections.</summary>
/// <param name="Pattern">The quoted pattern.</param>
/// <param name="Sort">The <c>sort</c> word around it, or null.</param>
/// <param name="Span">Pattern and sort.</param>
public sealed record SectionPatternSyntax(StringSyntax Pattern, NameSyntax? Sort, TextSpan Span) : SectionEntrySyntax(Span);

/// <summary>A word such as <c>keep</c>, <c>zero</c>, <c>table</c>, with its arguments (<c>bounds __start __end</c>, <c>reserve 4KiB</c>).</summary>
public sealed record SectionModifierSyntax(NameSyntax Word, EquatableArray<ExpressionSyntax> Arguments, TextSpan Span) : SectionEntrySyntax(Span);
