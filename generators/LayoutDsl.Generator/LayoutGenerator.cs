using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using LayoutDsl.Facts;
using LayoutDsl.Locking;
using LayoutDsl.Model;
using LayoutDsl.Syntax;
using LayoutDsl.Text;
using Microsoft.CodeAnalysis;
using Diagnostic = LayoutDsl.Diagnostics.Diagnostic;

namespace LayoutDsl.Generator;

/// <summary>
/// Turns the <c>.layout</c> files of a project into typed layout plans. This file is the pipeline, <c>LayoutGenerator.Execute.cs</c> the work. Every step
/// has a name, and what flows between steps is compared by value, so that an edit reruns only what depends on it.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed partial class LayoutGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValueProvider<BuildOptions> options = context.AnalyzerConfigOptionsProvider
            .Select(static (provider, _) => BuildOptions.Read(provider))
            .WithTrackingName(StepNames.Options);

        IncrementalValuesProvider<GivenText> texts = context.AdditionalTextsProvider
            .Where(static file => Execute.IsLayout(file.Path))
            .Select(Execute.ReadText)
            .WithTrackingName(StepNames.Texts);
        IncrementalValueProvider<EquatableArray<LayoutParameter>> parameters = options
            .Select(static (options, _) => options.Parameters)
            .WithTrackingName(StepNames.Parameters);

        // A declaration that an edit leaves alone is not read again, wherever the edit has moved it to.
        IncrementalValueProvider<ImmutableArray<ParsedSlice>> declarations = texts
            .SelectMany(static (text, _) => Execute.Cut(text.Text))
            .WithTrackingName(StepNames.Slices)
            .Select(static (slice, _) => Execute.ParseDeclaration(slice))
            .WithTrackingName(StepNames.Declarations)
            .Collect();
        IncrementalValueProvider<ImmutableArray<FileSyntax>> files = texts
            .Collect()
            .Combine(declarations)
            .SelectMany(static (pair, _) => Execute.Assemble(pair.Left, pair.Right))
            .WithTrackingName(StepNames.Syntax)
            .Collect();
        IncrementalValueProvider<LayoutSet> set = files
            .Select(static (files, _) => LayoutSet.Sort(files))
            .WithTrackingName(StepNames.Set);

        IncrementalValuesProvider<CompanionText> factsTexts = context.AdditionalTextsProvider
            .Where(static file => Execute.IsFacts(file.Path))
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Select(static (pair, cancellation) => Execute.ReadFactsText(pair.Left, pair.Right.GetOptions(pair.Left), cancellation))
            .WithTrackingName(StepNames.FactsTexts);
        IncrementalValueProvider<ImmutableArray<Companion<FactsFile>>> facts = factsTexts
            .Select(static (text, _) => Execute.Read(text, LayoutCompiler.ReadFacts))
            .WithTrackingName(StepNames.Facts)
            .Collect();

        IncrementalValuesProvider<CompanionText> lockTexts = context.AdditionalTextsProvider
            .Where(static file => Execute.IsLock(file.Path))
            .Select(Execute.ReadLockText)
            .WithTrackingName(StepNames.LockTexts);
        IncrementalValueProvider<ImmutableArray<Companion<LockFile>>> locks = lockTexts
            .Select(static (text, _) => Execute.Read(text, LayoutCompiler.ReadLock))
            .WithTrackingName(StepNames.Locks)
            .Collect();

        IncrementalValuesProvider<PlannedLayout> plans = set
            .SelectMany(static (set, _) => set.Units)
            .WithTrackingName(StepNames.Units)
            .Combine(parameters)
            .Select(static (pair, _) => Execute.Bind(pair.Left, pair.Right))
            .WithTrackingName(StepNames.Bound)
            .Combine(facts.Combine(locks))
            .Select(static (pair, _) => new MeasuredLayout(pair.Left, Execute.Find(pair.Left.Path, pair.Right.Left), Execute.Find(pair.Left.Path, pair.Right.Right)))
            .WithTrackingName(StepNames.Measured)
            .Select(static (measured, _) => Execute.Plan(measured))
            .WithTrackingName(StepNames.Plans);

        IncrementalValueProvider<int> language = context.ParseOptionsProvider
            .Select(static (parse, _) => Execute.GetLanguageVersion(parse))
            .WithTrackingName(StepNames.Language);
        IncrementalValuesProvider<EmittedLayout> emitted = plans
            .Combine(options.Combine(language))
            .Select(static (pair, _) => Execute.SelectEmissionInput(pair.Left, pair.Right.Left, pair.Right.Right))
            .WithTrackingName(StepNames.EmissionInputs)
            .Select(static (input, _) => Execute.Emit(input))
            .WithTrackingName(StepNames.Sources);
        context.RegisterSourceOutput(emitted, Execute.AddSource);

        IncrementalValueProvider<ImmutableArray<EquatableArray<Diagnostic>>> found = plans
            .Select(static (plan, _) => plan.Diagnostics)
            .Collect()
            .Combine(emitted.Select(static (layout, _) => layout.Diagnostics).Collect())
            .Select(static (pair, _) => pair.Left.AddRange(pair.Right));
        IncrementalValueProvider<ImmutableArray<GivenText>> given = texts.Collect()
            .Combine(factsTexts.Select(static (text, _) => text.File).Collect())
            .Combine(lockTexts.Select(static (text, _) => text.File).Collect())
            .Select(static (all, _) => all.Left.Left.AddRange(all.Left.Right).AddRange(all.Right));
        context.RegisterSourceOutput(SelectDiagnostics(files, set, found, given, options), Execute.Report);
    }

    private static IncrementalValueProvider<EquatableArray<Diagnostic>> SelectDiagnostics(
        IncrementalValueProvider<ImmutableArray<FileSyntax>> files,
        IncrementalValueProvider<LayoutSet> set,
        IncrementalValueProvider<ImmutableArray<EquatableArray<Diagnostic>>> found,
        IncrementalValueProvider<ImmutableArray<GivenText>> given,
        IncrementalValueProvider<BuildOptions> options) => files
        .Combine(set)
        .Combine(found)
        .Combine(given)
        .Combine(options)
        .Select(static (all, _) =>
        {
            ((((var files, LayoutSet set), var found), var given), BuildOptions options) = all;
            IEnumerable<Diagnostic> everything = files.SelectMany(f => f.Diagnostics).Concat(set.Diagnostics).Concat(found.SelectMany(d => d));
            return Execute.SelectDiagnostics(everything, given, options);
        })
        .WithTrackingName(StepNames.Diagnostics);
}
