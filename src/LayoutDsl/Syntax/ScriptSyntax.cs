using LayoutDsl.Text;

namespace LayoutDsl.Syntax;

/// <summary><c>script kernel { ... }</c> is a whole linker script; <c>fragment vectors { ... }</c> is a part of one, for <c>INCLUDE</c>.</summary>
/// <param name="Name">Its name, and that of the file it becomes.</param>
/// <param name="IsFragment">Whether it is a fragment.</param>
/// <param name="Statements">What it says, in order: the order of a script has a meaning.</param>
/// <param name="Span">The whole declaration.</param>
public sealed record ScriptSyntax(NameSyntax Name, bool IsFragment, EquatableArray<ScriptStatementSyntax> Statements, TextSpan Span) : DeclarationSyntax(Span);

/// <summary><c>overlay "kernel.lds" { after ".bss"; }</c>, or <c>overlay default { ... }</c> for the linker's own script.</summary>
/// <param name="Base">The quoted path, or the name <c>default</c>.</param>
/// <param name="Properties">Where the libraries go.</param>
/// <param name="Span">The whole declaration.</param>
public sealed record OverlaySyntax(ExpressionSyntax Base, EquatableArray<PropertySyntax> Properties, TextSpan Span) : DeclarationSyntax(Span);

/// <summary>A statement of a script. It means what the statement of GNU ld means that it becomes (ld manual, Linker Scripts).</summary>
public abstract record ScriptStatementSyntax(TextSpan Span);

/// <summary>A word with arguments: <c>entry _start;</c>, <c>byte 0x90;</c>, <c>search "/usr/lib";</c></summary>
public sealed record ScriptCommandSyntax(NameSyntax Word, EquatableArray<ExpressionSyntax> Arguments, TextSpan Span) : ScriptStatementSyntax(Span);

/// <summary><c>symbol _end = here;</c>, <c>provide hidden symbol etext = here;</c>, <c>here += 4;</c></summary>
/// <param name="Kind">What the symbol is.</param>
/// <param name="Target">A name, a quoted name, or <c>here</c>.</param>
/// <param name="Operator"><c>=</c>, <c>+=</c> and their kin.</param>
/// <param name="Value">The value.</param>
/// <param name="Span">The whole statement.</param>
public sealed record ScriptAssignmentSyntax(ScriptSymbolKind Kind, ExpressionSyntax Target, string Operator, ExpressionSyntax Value, TextSpan Span) : ScriptStatementSyntax(Span);

/// <summary>How a script defines a symbol.</summary>
public enum ScriptSymbolKind
{
    /// <summary><c>symbol</c>: always.</summary>
    Plain,

    /// <summary><c>hidden symbol</c>: always, and not seen by other modules.</summary>
    Hidden,

    /// <summary><c>provide symbol</c>: when it is used and nothing else defines it.</summary>
    Provide,

    /// <summary><c>provide hidden symbol</c>: both.</summary>
    ProvideHidden,
}

/// <summary><c>region flash (rx) { origin 0; length 256KiB; }</c></summary>
/// <param name="Name">Its name.</param>
/// <param name="Attributes">Letters as in GNU ld's <c>MEMORY</c>, such as <c>rx</c> or <c>rw!x</c>; empty for none.</param>
/// <param name="Origin">First address.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Span">The whole statement.</param>
public sealed record ScriptRegionSyntax(NameSyntax Name, string Attributes, ExpressionSyntax Origin, ExpressionSyntax Length, TextSpan Span) : ScriptStatementSyntax(Span);

/// <summary><c>header text load filehdr phdrs flags 5;</c></summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">A word such as <c>load</c>, or a number.</param>
/// <param name="Clauses"><c>filehdr</c>, <c>phdrs</c>, <c>at</c>, <c>flags</c>.</param>
/// <param name="Span">The whole statement.</param>
public sealed record ScriptHeaderSyntax(NameSyntax Name, ExpressionSyntax Type, EquatableArray<ScriptClauseSyntax> Clauses, TextSpan Span) : ScriptStatementSyntax(Span);

/// <summary>A word of a head with its values: <c>at 1MiB</c>, <c>in ram</c>, <c>noload</c>.</summary>
public sealed record ScriptClauseSyntax(NameSyntax Word, EquatableArray<ExpressionSyntax> Values);

/// <summary><c>sections { ... }</c>, or <c>sections after ".bss" { ... }</c>, which adds to another script.</summary>
/// <param name="Relation"><c>after</c>, <c>before</c> or null.</param>
/// <param name="Anchor">The output section of the other script, or null.</param>
/// <param name="Statements">Output sections, assignments and commands.</param>
/// <param name="Span">The whole statement.</param>
public sealed record ScriptSectionsSyntax(NameSyntax? Relation, StringSyntax? Anchor, EquatableArray<ScriptStatementSyntax> Statements, TextSpan Span) : ScriptStatementSyntax(Span);

/// <summary><c>section ".data" in ram load in flash align 8 { ... }</c>; <c>discard { ... }</c> has the name <see cref="Discard"/>.</summary>
public sealed record ScriptOutputSyntax(StringSyntax Name, EquatableArray<ScriptClauseSyntax> Clauses, EquatableArray<ScriptStatementSyntax> Statements, TextSpan Span) : ScriptStatementSyntax(Span)
{
    /// <summary>GNU ld's name of the output section that is thrown away.</summary>
    public const string Discard = "/DISCARD/";
}

/// <summary><c>overlay at 0x1000 { section ".a" { ... } section ".b" { ... } }</c>: sections that run at one address.</summary>
public sealed record ScriptOverlaySyntax(EquatableArray<ScriptClauseSyntax> Clauses, EquatableArray<ScriptStatementSyntax> Sections, TextSpan Span) : ScriptStatementSyntax(Span);

/// <summary><c>keep ".init" sort_by_name(".init.*") from "*crt1.o";</c></summary>
/// <param name="Keep">Kept when sections are garbage-collected.</param>
/// <param name="Flags">Section flags such as <c>SHF_MERGE</c> or <c>!SHF_WRITE</c> that are asked for.</param>
/// <param name="Sections">Patterns of section names; empty for all sections of the file.</param>
/// <param name="File">Pattern of file names; null for any file.</param>
/// <param name="Span">The whole statement.</param>
public sealed record ScriptInputSyntax(bool Keep, EquatableArray<StringSyntax> Flags, EquatableArray<ScriptPatternSyntax> Sections, ScriptPatternSyntax? File, TextSpan Span) : ScriptStatementSyntax(Span);

/// <summary>A pattern with what is around it: <c>sort_by_name(exclude("*crtend.o") ".ctors.*")</c>.</summary>
/// <param name="Text">The pattern.</param>
/// <param name="Functions">The words around it, the outermost first.</param>
/// <param name="Excluded">Patterns of files that are left out.</param>
public sealed record ScriptPatternSyntax(StringSyntax Text, EquatableArray<NameSyntax> Functions, EquatableArray<StringSyntax> Excluded);

/// <summary><c>version "LIB_2" after "LIB_1" { global "open"; local "*"; }</c>; without a name for an unversioned list.</summary>
public sealed record ScriptVersionSyntax(StringSyntax? Name, EquatableArray<StringSyntax> Bases, EquatableArray<ScriptVersionItemSyntax> Items, TextSpan Span) : ScriptStatementSyntax(Span);

/// <summary>Symbols of a version: <c>global "a", "b";</c>, <c>local extern "C++" "n::*";</c></summary>
/// <param name="Scope"><c>global</c> or <c>local</c>.</param>
/// <param name="Language">The language of the names, or null.</param>
/// <param name="Patterns">Patterns; inside <c>literal(...)</c> a name as it is.</param>
public sealed record ScriptVersionItemSyntax(NameSyntax Scope, StringSyntax? Language, EquatableArray<ScriptPatternSyntax> Patterns);

/// <summary>A comment of an imported script, or what could not be carried over. Only the importer makes it.</summary>
public sealed record ScriptCommentSyntax(string Text, TextSpan Span) : ScriptStatementSyntax(Span);

/// <summary>A sign and its operand: <c>-1</c>, <c>~x</c>, <c>!x</c>. In scripts only.</summary>
public sealed record UnarySyntax(string Operator, ExpressionSyntax Operand, TextSpan Span) : ExpressionSyntax(Span);

/// <summary><c>a ? b : c</c>. In scripts only.</summary>
public sealed record ConditionalSyntax(ExpressionSyntax Condition, ExpressionSyntax Then, ExpressionSyntax Else, TextSpan Span) : ExpressionSyntax(Span);
