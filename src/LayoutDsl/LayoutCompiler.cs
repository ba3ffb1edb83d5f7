using System;
using System.Collections.Generic;
using LayoutDsl.Adopting;
using LayoutDsl.Binding;
using LayoutDsl.Diagnostics;
using LayoutDsl.Emit;
using LayoutDsl.Emit.Scripts;
using LayoutDsl.Facts;
using LayoutDsl.Formatting;
using LayoutDsl.Importing;
using LayoutDsl.Locking;
using LayoutDsl.Model;
using LayoutDsl.Parsing;
using LayoutDsl.Planning;
using LayoutDsl.Syntax;
using LayoutDsl.Text;

namespace LayoutDsl;

/// <summary>
/// The compiler, stage by stage. The generator, the MSBuild tasks and the command line all call these functions and nothing behind them, so that they never
/// disagree. Every function is pure: it gives the same result for the same input and reads nothing else.
/// </summary>
public static class LayoutCompiler
{
    /// <summary>Reads the text of one file.</summary>
    public static FileSyntax Parse(SourceText text) => LayoutParser.ParseFile(text);

    /// <summary>The texts of a file's declarations, in their order: what is parsed on its own.</summary>
    public static IReadOnlyList<string> Cut(SourceText text) => LayoutParser.Cut(text);

    /// <summary>Reads one declaration of <see cref="Cut"/>.</summary>
    public static ParsedDeclaration ParseDeclaration(string text) => LayoutParser.ParseDeclaration(text);

    /// <summary>Puts a file together from its declarations: the same as <see cref="Parse"/>.</summary>
    /// <param name="text">The file.</param>
    /// <param name="parse">Gives the parsed form of each text of <see cref="Cut"/>.</param>
    public static FileSyntax Assemble(SourceText text, Func<string, ParsedDeclaration> parse) => LayoutParser.Assemble(text, parse);

    /// <summary>The text of a file in its usual form; null when it has syntax errors, which are the diagnostics.</summary>
    public static Result<string> Format(FileSyntax file) => LayoutFormatter.Format(file);

    /// <summary>Resolves names and computes constants, over a root file and what it includes.</summary>
    /// <param name="root">The file with the <c>layout</c> declaration.</param>
    /// <param name="resolve">Gives an included file by its path, or null when there is none.</param>
    /// <param name="given">Values of parameters from outside, which win over those of the layout.</param>
    public static Result<BoundLayout> Bind(FileSyntax root, Func<string, FileSyntax?> resolve, EquatableArray<LayoutParameter> given = default) => LayoutBinder.Bind(root, resolve, given);

    /// <summary>Reads a facts file; the value is null when it is damaged, which a diagnostic says.</summary>
    public static Result<FactsFile> ReadFacts(SourceText text)
    {
        var bag = new DiagnosticBag();
        FactsFile? facts = FactsText.Read(text.Content, out string? error);
        if (error is not null) bag.ReportBadFacts(SourceLocation.OfFile(text.Path), error);
        return new Result<FactsFile>(facts, bag.ToSortedArray());
    }

    /// <summary>Reads a lock; the value is null when it is damaged or has merge conflicts, which diagnostics say.</summary>
    public static Result<LockFile> ReadLock(SourceText text) => LockText.Read(text);

    /// <summary>Gives everything its address.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="facts">What was measured; without it every slot is empty.</param>
    /// <param name="locked">Where things were; without it nothing has been placed before.</param>
    /// <param name="progress">Watches and stops long runs; may be null.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Result<LayoutPlan> Plan(BoundLayout layout, FactsFile? facts, LockFile? locked = null, PlanProgress? progress = null)
    {
        var bag = new DiagnosticBag();
        if (locked is not null) LockChecker.CheckOverlaps(layout, locked, bag);
        return bag.HasErrors ? new Result<LayoutPlan>(null, bag.ToSortedArray()) : LayoutPlanner.Plan(layout, facts, new PlanLock(locked, IsPart: false), progress ?? PlanProgress.None);
    }

    /// <summary>
    /// Gives some images of a fleet their addresses, without the others: what there is to know of those is in the lock. This costs what the images and the libraries cost, however many
    /// images the fleet has. Places are those that <see cref="Plan"/> gives the images in the whole fleet with the lock that holds this plan too.
    /// </summary>
    /// <param name="layout">The layout; it may have other images.</param>
    /// <param name="facts">What was measured of the images and of all libraries.</param>
    /// <param name="locked">Where the fleet is.</param>
    /// <param name="images">Names of the images, families or members of families that are planned.</param>
    /// <param name="progress">Watches and stops long runs; may be null.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Result<LayoutPlan> PlanImages(BoundLayout layout, FactsFile facts, LockFile locked, IReadOnlyCollection<string> images, PlanProgress? progress = null) =>
        PartPlanner.Plan(layout, facts, locked, images, progress ?? PlanProgress.None);

    /// <summary>The layout with these images alone; null when it has not all of them.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="images">Names of images, families or members of families.</param>
    public static BoundLayout? Select(BoundLayout layout, IReadOnlyCollection<string> images) => PartPlanner.Select(layout, images);

    /// <summary>What a plan has otherwise than the lock that it was made with: slots that moved, and whether the lock has to be written anew.</summary>
    public static EquatableArray<Diagnostic> CompareLock(BoundLayout layout, LayoutPlan plan, LockFile locked) => LockChecker.Compare(layout, plan, locked);

    /// <summary>The linker script of an image.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="image">The image.</param>
    /// <param name="kind">The linker that will read it: each has its own ways.</param>
    public static string EmitLinkerScript(LayoutPlan plan, ImagePlan image, LinkerKind kind = LinkerKind.Gnu)
    {
        LayoutPlan own = plan.At(image);
        return LinkerScriptEmitter.Emit(own, own.GetImage(image.Name), kind);
    }

    /// <summary>The linker's other arguments for an image, as a response file.</summary>
    public static string EmitResponseFile(LayoutPlan plan, ImagePlan image) => LinkCommandEmitter.EmitResponseFile(plan, image);

    /// <summary>The GNU ld script, or the fragment of one, that a <c>script</c> or <c>fragment</c> declaration becomes.</summary>
    public static string EmitScript(BoundScript script) => ScriptEmitter.Emit(script);

    /// <summary>What a layout asks of a linker that it cannot do.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="plan">Its plan; null when only what the layout says itself is of interest.</param>
    /// <param name="kind">The linker.</param>
    public static EquatableArray<Diagnostic> CheckLinker(BoundLayout layout, LayoutPlan? plan, LinkerKind kind) => LinkerCheck.Check(layout, plan, kind);

    /// <summary>What is wrong between an overlay and the script that it is put into.</summary>
    /// <param name="overlay">The overlay.</param>
    /// <param name="script">The script that it names.</param>
    public static EquatableArray<Diagnostic> CheckOverlay(BoundOverlay overlay, SourceText script) => OverlayCheck.Check(overlay, script);

    /// <summary>Turns an existing GNU ld script into a layout that emits an equivalent one.</summary>
    /// <param name="text">The script.</param>
    /// <param name="name">Name of the script in the layout.</param>
    /// <param name="resolve">Gives a file that the script includes by its name, or null when it stays an <c>include</c>.</param>
    public static Result<ImportedScript> ImportScript(SourceText text, string name, Func<string, SourceText?> resolve) => ScriptImporter.Import(text, name, resolve);

    /// <summary>Reads a linker script that a captured link used; the value is null when it is none.</summary>
    /// <param name="text">The script.</param>
    /// <param name="resolve">Gives a file that the script includes by its name, or null when it stays an <c>INCLUDE</c>.</param>
    public static Result<CapturedScript> ReadCapturedScript(SourceText text, Func<string, SourceText?> resolve) => CapturedScript.Read(text, resolve);

    /// <summary>A script of a captured link with the slots of an image.</summary>
    /// <param name="script">The whole script of the link, or one that is put into that.</param>
    /// <param name="whole">The whole script of the link.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="image">The image.</param>
    public static string WeaveScript(CapturedScript script, CapturedScript whole, LayoutPlan plan, ImagePlan image) => ScriptWeaver.Weave(script, whole, plan, image);

    /// <summary>The typed plan in C#.</summary>
    public static string EmitCSharp(LayoutPlan plan, BoundLayout layout) => EmitCSharp(plan, CSharpOptions.Of(layout), layout.Path).Value!;

    /// <summary>The typed plan in C#, from what it depends on alone; null when the plan is too large for the version of C#, which a diagnostic says.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="options">Documentation, scripts, version of C#.</param>
    /// <param name="path">Path of the layout's root file, for the diagnostic.</param>
    public static Result<string> EmitCSharp(LayoutPlan plan, CSharpOptions options, string path)
    {
        var bag = new DiagnosticBag();
        string? text = CSharpEmitter.Emit(plan, options);
        if (text is null) bag.ReportLanguageTooOld(SourceLocation.OfFile(path), plan.Images.Count, options.LanguageVersion);
        return new Result<string>(text, bag.ToSortedArray());
    }
}
