using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Syntax;
using LayoutDsl.Text;
using Sprache;

namespace LayoutDsl.Parsing;

/// <summary>The declarations. Each parser reads one whole declaration, keyword and end included.</summary>
internal static class LayoutGrammar
{
    private static readonly Parser<TextSpan> End = Combinators.StatementEnd;

    private static readonly Parser<NameSyntax> NameOrStar = Lexemes.Name
        .XOr(Lexemes.Symbol("*").Select(span => new NameSyntax("*", span)));

    private static readonly Parser<NameSyntax> Permissions =
        from open in Lexemes.Symbol("(")
        from permissions in Lexemes.NameThat("permissions such as 'rx'", _ => true)
        from close in Lexemes.Symbol(")")
        select permissions;

    private static readonly Parser<ComparisonSyntax> ParameterComparison =
        from name in Lexemes.Name
        from sign in Lexemes.Symbol("==").Select(_ => "==").XOr(Lexemes.Symbol("!=").Select(_ => "!="))
        from value in ExpressionGrammar.Expression
        select new ComparisonSyntax(name, sign, value);

    private static readonly Parser<ConditionSyntax?> When =
        (from word in Lexemes.Keyword("when")
         from comparisons in ParameterComparison.XDelimitedBy(Lexemes.Keyword("and"))
         select new ConditionSyntax(comparisons.ToEquatableArray())).XOptional().Select(c => c.IsDefined ? c.Get() : null);

    private static readonly Parser<PropertySyntax> Property =
        (from name in Lexemes.Name
         from values in ExpressionGrammar.Expression.XDelimitedBy(Lexemes.Symbol(","))
         from condition in When
         from end in End
         select (name, values, condition)).Spanned().Select(p => new PropertySyntax(p.Value.name, p.Value.values.ToEquatableArray(), p.Span) { Condition = p.Value.condition });

    private static readonly Parser<EquatableArray<PropertySyntax>> Properties = Combinators.Block(Property);

    /// <summary><c>seed 42;</c> or <c>seed from "a build property";</c>, and the others.</summary>
    private static readonly Parser<PropertySyntax> AslrProperty =
        (from name in Lexemes.Name
         from word in Lexemes.Keyword("from").XOptional()
         from values in ExpressionGrammar.Expression.XDelimitedBy(Lexemes.Symbol(","))
         from condition in When
         from end in End
         select (name, word, values, condition)).Spanned().Select(p => new PropertySyntax(p.Value.name, p.Value.values.ToEquatableArray(), p.Span)
         {
             Condition = p.Value.condition,
             From = p.Value.word.GetOrDefault(),
         });

    private static readonly Parser<EquatableArray<PropertySyntax>> AslrProperties =
        Combinators.Block(AslrProperty).XOr(End.Select(_ => default(EquatableArray<PropertySyntax>)));

    private static readonly Parser<FamilyRangeSyntax> FamilyRange =
        (from open in Lexemes.Symbol("[")
         from first in ExpressionGrammar.Expression
         from dots in Lexemes.Symbol("..")
         from last in ExpressionGrammar.Expression
         from close in Lexemes.Symbol("]")
         select (first, last)).Spanned().Select(p => new FamilyRangeSyntax(p.Value.first, p.Value.last, p.Span));

    private static readonly Parser<AlignmentRuleSyntax> AlignmentRule =
        (from owner in NameOrStar
         from dot in Lexemes.Symbol(".")
         from section in NameOrStar
         from colon in Lexemes.Symbol(":")
         from value in ExpressionGrammar.Expression
         from end in End
         select (owner, section, value)).Spanned().Select(p => new AlignmentRuleSyntax(p.Value.owner, p.Value.section, p.Value.value, p.Span));

    private static readonly Parser<SectionEntrySyntax> PlainPattern =
        Lexemes.String.Select(s => (SectionEntrySyntax)new SectionPatternSyntax(s, null, s.Span));

    private static readonly Parser<SectionEntrySyntax> SortedPattern =
        (from sort in Lexemes.Keyword("sort")
         from open in Lexemes.Symbol("(")
         from pattern in Lexemes.String
         from close in Lexemes.Symbol(")")
         select (sort, pattern)).Spanned().Select(p => (SectionEntrySyntax)new SectionPatternSyntax(p.Value.pattern, p.Value.sort, p.Span));

    private static readonly Parser<SectionEntrySyntax> Bounds =
        (from word in Lexemes.Keyword("bounds")
         from first in Lexemes.Name
         from last in Lexemes.Name
         select (word, first, last)).Spanned().Select(p => Modifier(p.Value.word, p.Span, p.Value.first, p.Value.last));

    private static readonly Parser<SectionEntrySyntax> Numbered =
        (from word in Lexemes.NameThat("'reserve' or 'fill'", text => text is "reserve" or "fill")
         from size in ExpressionGrammar.Expression
         select (word, size)).Spanned().Select(p => Modifier(p.Value.word, p.Span, p.Value.size));

    private static readonly Parser<SectionEntrySyntax> PlainModifier =
        Lexemes.NameThat("a word", text => text is "keep" or "zero" or "relro" or "noload" or "table" or "padded" or "thread" or "unwind")
            .Select(word => Modifier(word, word.Span));

    private static readonly Parser<SectionEntrySyntax> SectionEntry =
        from entry in Combinators.Expecting(
            "a quoted pattern, 'keep', 'zero', 'relro', 'noload', 'table', 'padded', 'thread', 'unwind', 'sort', 'bounds', 'reserve' or 'fill'",
            PlainPattern.XOr(SortedPattern).XOr(Bounds).XOr(Numbered).XOr(PlainModifier))
        from end in Lexemes.Symbol(";").XOptional()
        select entry;

    private static readonly Parser<PlaceClauseSyntax> LoadClause =
        from keyword in Lexemes.Keyword("load")
        from other in Lexemes.Keyword("in")
        from value in ExpressionGrammar.Expression
        select new PlaceClauseSyntax(keyword, value);

    private static readonly Parser<PlaceClauseSyntax> PlaceClause = LoadClause.XOr(
        from keyword in Lexemes.NameThat("'in', 'from' or 'after'", text => text is "in" or "from" or "after")
        from value in ExpressionGrammar.Expression
        select new PlaceClauseSyntax(keyword, value));

    private static readonly Parser<string> Comparison = new[] { "<=", ">=", "==", "!=", "<", ">" }
        .Select(sign => Lexemes.Symbol(sign).Select(_ => sign))
        .Aggregate((left, right) => left.XOr(right));

    private static readonly Parser<(NameSyntax Name, ExpressionSyntax Value)> Definition =
        from name in Lexemes.Name
        from sign in Lexemes.Symbol("=")
        from value in ExpressionGrammar.Expression
        from end in End
        select (name, value);

    private static readonly Dictionary<string, Parser<DeclarationSyntax>> Declarations = new(StringComparer.Ordinal)
    {
        ["layout"] = Declaration(
            from name in Lexemes.Name.XDelimitedBy(Lexemes.Symbol("."))
            from end in End
            select name.ToEquatableArray(),
            (parts, span) => new LayoutHeaderSyntax(parts, span)),
        ["include"] = Declaration(
            from path in Lexemes.String from condition in When from end in End select (path, condition),
            (d, span) => new IncludeSyntax(d.path, d.condition, span)),
        ["param"] = Declaration(Definition, (d, span) => new ParamSyntax(d.Name, d.Value, span)),
        ["set"] = Declaration(Definition, (d, span) => new SetSyntax(d.Name, d.Value, span)),
        ["group"] = Declaration(
            from name in Lexemes.Name
            from sign in Lexemes.Symbol("=")
            from members in Lexemes.Name.XDelimitedBy(Lexemes.Symbol(","))
            from end in End
            select (name, members),
            (d, span) => new GroupSyntax(d.name, d.members.ToEquatableArray(), span)),
        ["const"] = Declaration(Definition, (d, span) => new ConstSyntax(d.Name, d.Value, span)),
        ["symbol"] = Symbol(),
        ["provide"] = Symbol(),
        ["hidden"] = Symbol(),
        ["assert"] = Declaration(
            from left in ExpressionGrammar.Expression
            from sign in Comparison
            from right in ExpressionGrammar.Expression
            from comma in Lexemes.Symbol(",")
            from message in Lexemes.String
            from end in End
            select (left, sign, right, message),
            (d, span) => new AssertSyntax(d.left, d.sign, d.right, d.message, span)),
        ["target"] = Declaration(
            from name in Lexemes.Name from properties in Properties select (name, properties),
            (d, span) => new TargetSyntax(d.name, d.properties, span)),
        ["region"] = Declaration(
            from name in Lexemes.Name from permissions in Permissions from properties in Properties select (name, permissions, properties),
            (d, span) => new RegionSyntax(d.name, d.permissions, d.properties, span)),
        ["section"] = Declaration(
            from name in Lexemes.Name from permissions in Permissions from entries in Combinators.Block(SectionEntry) select (name, permissions, entries),
            (d, span) => new SectionSyntax(d.name, d.permissions, d.entries, span)),
        ["library"] = Declaration(
            from name in Lexemes.Name from properties in Properties select (name, properties),
            (d, span) => new LibrarySyntax(d.name, d.properties, span)),
        ["align"] = Declaration(Combinators.Block(AlignmentRule), (rules, span) => new AlignSyntax(rules, span)),
        ["headroom"] = Declaration(Combinators.Block(AlignmentRule), (rules, span) => new HeadroomSyntax(rules, span)),
        ["image"] = Declaration(
            from name in Lexemes.Name from family in FamilyRange.XOptional() from properties in Properties select (name, family, properties),
            (d, span) => new ImageSyntax(d.name, d.family.GetOrDefault(), d.properties, span)),
        ["place"] = Declaration(
            from subjects in Lexemes.Name.XDelimitedBy(Lexemes.Symbol(","))
            from clauses in PlaceClause.XMany()
            from end in End.AlsoExpecting("'in'", "'from'", "'after'", "'load in'")
            select (subjects, clauses),
            (d, span) => new PlaceSyntax(d.subjects.ToEquatableArray(), d.clauses.ToEquatableArray(), span)),
        ["discard"] = Declaration(
            from patterns in Lexemes.String.XDelimitedBy(Lexemes.Symbol(",")) from end in End select patterns.ToEquatableArray(),
            (patterns, span) => new DiscardSyntax(patterns, span)),
        ["indirect"] = Declaration(
            from symbols in Lexemes.Name.XDelimitedBy(Lexemes.Symbol(",")) from end in End select symbols.ToEquatableArray(),
            (symbols, span) => new IndirectSyntax(symbols, span)),
        ["aslr"] = Declaration(
            from mode in Lexemes.Name from properties in AslrProperties select (mode, properties),
            (d, span) => new AslrSyntax(d.mode, d.properties, span)),
        ["overlay"] = Declaration(
            (from script in Lexemes.Keyword("captured") from end in End select ((ExpressionSyntax)script, default(EquatableArray<PropertySyntax>)))
            .XOr(from script in Lexemes.Keyword("default").Select(n => (ExpressionSyntax)n).XOr(Lexemes.String) from properties in Properties select (script, properties)),
            (d, span) => new OverlaySyntax(d.Item1, d.Item2, span)),
        ["script"] = ScriptGrammar.Declaration(isFragment: false),
        ["fragment"] = ScriptGrammar.Declaration(isFragment: true),
    };

    /// <summary>The parser of the declaration that starts with a keyword, or null when the word starts none.</summary>
    public static Parser<DeclarationSyntax>? Find(string keyword) => Declarations.TryGetValue(keyword, out Parser<DeclarationSyntax>? parser) ? parser : null;

    private static Parser<DeclarationSyntax> Declaration<T>(Parser<T> rest, Func<T, TextSpan, DeclarationSyntax> make) =>
        (from keyword in Lexemes.Name
         from body in rest
         select body).Spanned().Select(p => make(p.Value, p.Span));

    /// <summary>A symbol, whichever of its words comes first.</summary>
    private static Parser<DeclarationSyntax> Symbol() =>
        (from words in Lexemes.NameThat("'provide' or 'hidden'", text => text is "provide" or "hidden").XMany()
         from keyword in Lexemes.Keyword("symbol")
         from definition in Definition
         select (words, definition)).Spanned().Select(p => (DeclarationSyntax)new SymbolSyntax(p.Value.words.ToEquatableArray(), p.Value.definition.Name, p.Value.definition.Value, p.Span));

    private static SectionEntrySyntax Modifier(NameSyntax word, TextSpan span, params ExpressionSyntax[] arguments) =>
        new SectionModifierSyntax(word, new EquatableArray<ExpressionSyntax>(arguments), span);
}
