using LayoutDsl.Diagnostics;
using LayoutDsl.Emit;
using LayoutDsl.Facts;
using LayoutDsl.Locking;
using LayoutDsl.Model;
using LayoutDsl.Parsing;
using LayoutDsl.Planning;
using LayoutDsl.Syntax;
using LayoutDsl.Text;

namespace LayoutDsl.Generator;

/// <summary>A text of the build.</summary>
/// <param name="Path">Its path as the build gave it, for diagnostics.</param>
/// <param name="Text">The text, under its normalized path.</param>
internal sealed record GivenText(string Path, SourceText Text);

/// <summary>The text of one declaration.</summary>
/// <param name="Path">Path of its file.</param>
/// <param name="Text">The text.</param>
internal sealed record SliceText(string Path, string Text);

/// <summary>One declaration, read on its own; null after a bug of ours.</summary>
internal sealed record ParsedSlice(SliceText Slice, ParsedDeclaration? Declaration);

/// <summary>The text of a file that belongs to a layout: its facts, or its lock.</summary>
/// <param name="Root">Normalized path of the root file of the layout.</param>
/// <param name="File">The text.</param>
internal sealed record CompanionText(string Root, GivenText File);

/// <summary>A layout's files.</summary>
/// <param name="Root">The file with the <c>layout</c> declaration.</param>
/// <param name="Included">The files that it includes, directly or not.</param>
/// <param name="Clash">Set when the generated code would collide with that of another layout.</param>
internal sealed record LayoutUnit(FileSyntax Root, EquatableArray<FileSyntax> Included, Diagnostic? Clash);

/// <summary>A layout with names resolved.</summary>
/// <param name="Path">Path of its root file.</param>
/// <param name="Result">The layout, or null, and the diagnostics so far.</param>
internal sealed record BoundUnit(string Path, Result<BoundLayout> Result);

/// <summary>What a file that belongs to a layout says.</summary>
/// <param name="Root">Path of the root file of the layout.</param>
/// <param name="Path">Path of the file.</param>
/// <param name="Result">The facts or the lock, or null when the file is damaged.</param>
internal sealed record Companion<T>(string Root, string Path, Result<T> Result)
    where T : class;

/// <summary>A layout with its facts, null when it was not measured, and its lock, null when it has none.</summary>
internal sealed record MeasuredLayout(BoundUnit Unit, Companion<FactsFile>? Facts, Companion<LockFile>? Locked);

/// <summary>A layout with everything placed.</summary>
/// <param name="Path">Path of its root file.</param>
/// <param name="Options">What else the generated code says.</param>
/// <param name="Plan">The plan, or null when there are errors.</param>
/// <param name="Diagnostics">Of all stages up to here.</param>
internal sealed record PlannedLayout(string Path, CSharpOptions Options, LayoutPlan? Plan, EquatableArray<Diagnostic> Diagnostics);

/// <summary>What the generated code depends on: no position in the file, so that an edit which only moves things emits nothing.</summary>
/// <param name="Path">Path of the root file.</param>
/// <param name="HintName">Name of the generated file.</param>
/// <param name="Options">What else it says, and the version of C#.</param>
/// <param name="Plan">The plan, or null when there are errors.</param>
internal sealed record EmissionInput(string Path, string HintName, CSharpOptions Options, LayoutPlan? Plan);

/// <summary>The generated code of a layout, null when there are errors.</summary>
internal sealed record EmittedLayout(string HintName, string? Source, EquatableArray<Diagnostic> Diagnostics);
