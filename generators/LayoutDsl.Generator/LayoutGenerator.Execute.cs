using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using System.Threading;
using LayoutDsl.Diagnostics;
using LayoutDsl.Emit;
using LayoutDsl.Facts;
using LayoutDsl.Locking;
using LayoutDsl.Model;
using LayoutDsl.Parsing;
using LayoutDsl.Planning;
using LayoutDsl.Syntax;
using LayoutDsl.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Diagnostic = LayoutDsl.Diagnostics.Diagnostic;

namespace LayoutDsl.Generator;

public sealed partial class LayoutGenerator
{
    /// <summary>The work of the steps: calls of the compiler, each guarded against our own bugs.</summary>
    internal static class Execute
    {
        private static readonly CSharpOptions NoOptions = new("");

        private const string LayoutExtension = ".layout";
        private const string FactsExtension = ".layout.facts";
        private const string LockExtension = ".layout.lock";
        private const string RootMetadata = "build_metadata.AdditionalFiles.LayoutRoot";

        public static bool IsLayout(string path) => path.EndsWith(LayoutExtension, StringComparison.OrdinalIgnoreCase);

        public static bool IsFacts(string path) => path.EndsWith(FactsExtension, StringComparison.OrdinalIgnoreCase);

        public static bool IsLock(string path) => path.EndsWith(LockExtension, StringComparison.OrdinalIgnoreCase);

        public static GivenText ReadText(AdditionalText file, CancellationToken cancellation) => new(
            file.Path,
            new SourceText(LayoutPath.Normalize(file.Path), file.GetText(cancellation)?.ToString() ?? ""));

        public static IEnumerable<SliceText> Cut(SourceText text) =>
            Guard(text.Path, () => new Result<IReadOnlyList<string>>(LayoutCompiler.Cut(text), default)).Value?.Select(s => new SliceText(text.Path, s)) ?? Array.Empty<SliceText>();

        /// <summary>A bug of ours in one declaration is reported when its file is put together, which tries again.</summary>
        public static ParsedSlice ParseDeclaration(SliceText slice) => new(slice, Guard(slice.Path, () => new Result<ParsedDeclaration>(LayoutCompiler.ParseDeclaration(slice.Text), default)).Value);

        public static IEnumerable<FileSyntax> Assemble(ImmutableArray<GivenText> texts, ImmutableArray<ParsedSlice> declarations)
        {
            var known = new Dictionary<string, ParsedDeclaration>(StringComparer.Ordinal);
            foreach (ParsedSlice declaration in declarations.Where(d => d.Declaration is not null)) known[declaration.Slice.Text] = declaration.Declaration!;
            return texts.Select(given => Assemble(given.Text, text => known.TryGetValue(text, out ParsedDeclaration? parsed) ? parsed : LayoutCompiler.ParseDeclaration(text)));
        }

        private static FileSyntax Assemble(SourceText text, Func<string, ParsedDeclaration> parse)
        {
            Result<FileSyntax> result = Guard(text.Path, () => new Result<FileSyntax>(LayoutCompiler.Assemble(text, parse), default));
            return result.Value ?? new FileSyntax(text, default, result.Diagnostics);
        }

        public static BoundUnit Bind(LayoutUnit unit, EquatableArray<LayoutParameter> parameters)
        {
            var included = unit.Included.ToDictionary(f => f.Text.Path, StringComparer.Ordinal);
            Result<BoundLayout> result = Guard(
                unit.Root.Text.Path,
                () => LayoutCompiler.Bind(unit.Root, path => included.TryGetValue(path, out FileSyntax? file) ? file : null, parameters));
            if (unit.Clash is not { } clash) return new BoundUnit(unit.Root.Text.Path, result);
            return new BoundUnit(unit.Root.Text.Path, new Result<BoundLayout>(null, result.Diagnostics.Append(clash).ToEquatableArray()));
        }

        /// <summary>Reads the text of facts and finds the layout that they belong to: the one that the build names, else the one beside them.</summary>
        public static CompanionText ReadFactsText(AdditionalText file, AnalyzerConfigOptions options, CancellationToken cancellation)
        {
            bool isNamed = options.TryGetValue(RootMetadata, out string? root) && root.Length > 0;
            return new CompanionText(isNamed ? LayoutPath.Normalize(root!) : RootBeside(file, FactsExtension), ReadText(file, cancellation));
        }

        /// <summary>Reads the text of a lock, which is always beside its layout.</summary>
        public static CompanionText ReadLockText(AdditionalText file, CancellationToken cancellation) => new(RootBeside(file, LockExtension), ReadText(file, cancellation));

        public static Companion<T> Read<T>(CompanionText source, Func<SourceText, Result<T>> read)
            where T : class
        {
            SourceText text = source.File.Text;
            return new Companion<T>(source.Root, text.Path, Guard(text.Path, () => read(text)));
        }

        /// <summary>The facts or lock of a layout; the first in ordinal order when there are several, so that their order in the project does not matter.</summary>
        public static Companion<T>? Find<T>(string root, ImmutableArray<Companion<T>> all)
            where T : class => all
            .Where(f => string.Equals(f.Root, root, StringComparison.Ordinal))
            .OrderBy(f => f.Path, StringComparer.Ordinal)
            .FirstOrDefault();

        public static PlannedLayout Plan(MeasuredLayout measured)
        {
            BoundUnit unit = measured.Unit;
            Result<FactsFile>? facts = measured.Facts?.Result;
            Result<LockFile>? locked = measured.Locked?.Result;
            IEnumerable<Diagnostic> diagnostics = unit.Result.Diagnostics;
            if (facts is not null) diagnostics = diagnostics.Concat(facts.Diagnostics);
            if (locked is not null) diagnostics = diagnostics.Concat(locked.Diagnostics);
            LayoutPlan? plan = null;
            if (unit.Result.Value is { } layout && facts is not { HasErrors: true } && locked is not { HasErrors: true })
            {
                Result<LayoutPlan> result = Guard(unit.Path, () => PlanAndCompare(layout, facts?.Value, locked?.Value));
                diagnostics = diagnostics.Concat(result.Diagnostics);
                plan = result.Value;
            }

            return new PlannedLayout(unit.Path, plan is null ? NoOptions : CSharpOptions.Of(unit.Result.Value!), plan, diagnostics.ToEquatableArray());
        }

        private static Result<LayoutPlan> PlanAndCompare(BoundLayout layout, FactsFile? facts, LockFile? locked)
        {
            Result<LayoutPlan> result = LayoutCompiler.Plan(layout, facts, locked);

            // Without facts every slot is empty, which says nothing about the lock.
            if (result.Value is not { } plan || facts is null || locked is null) return result;
            return result with { Diagnostics = result.Diagnostics.Concat(LayoutCompiler.CompareLock(layout, plan, locked)).ToEquatableArray() };
        }

        private static string RootBeside(AdditionalText file, string extension) =>
            LayoutPath.Normalize(file.Path.Substring(0, file.Path.Length - extension.Length + LayoutExtension.Length));

        public static EmissionInput SelectEmissionInput(PlannedLayout planned, BuildOptions options, int language) =>
            new(planned.Path, HintNames.Of(options.ProjectDirectory, planned.Path), planned.Options with { LanguageVersion = language }, planned.Plan);

        /// <summary>The version of C#: 8 for 8.0, 7 for 7.3; the compiler numbers those before 7.1 otherwise.</summary>
        public static int GetLanguageVersion(ParseOptions options)
        {
            int version = (int)((CSharpParseOptions)options).LanguageVersion;
            return version >= 100 ? version / 100 : version;
        }

        public static EmittedLayout Emit(EmissionInput input)
        {
            if (input.Plan is null) return new EmittedLayout(input.HintName, null, default);
            Result<string> result = Guard(input.Path, () => LayoutCompiler.EmitCSharp(input.Plan, input.Options, input.Path));
            return new EmittedLayout(input.HintName, result.Value, result.Diagnostics);
        }

        public static void AddSource(SourceProductionContext context, EmittedLayout layout)
        {
            if (layout.Source is not null) context.AddSource(layout.HintName, Microsoft.CodeAnalysis.Text.SourceText.From(layout.Source, Encoding.UTF8));
        }

        /// <summary>What is reported: each diagnostic once, also when two layouts include the file that it is about, under the path that the build gave.</summary>
        public static EquatableArray<Diagnostic> SelectDiagnostics(IEnumerable<Diagnostic> all, ImmutableArray<GivenText> texts, BuildOptions options)
        {
            var bag = new DiagnosticBag();

            // A design-time build measures nothing, so there is nothing that its user could do about it.
            bag.AddRange(options.IsDesignTimeBuild ? all.Where(d => d.Descriptor != DiagnosticDescriptors.NotMeasured) : all);
            var given = texts.Where(t => t.Path != t.Text.Path).GroupBy(t => t.Text.Path, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Path, StringComparer.Ordinal);
            if (given.Count == 0) return bag.ToSortedArray();
            return bag.ToSortedArray().Select(d => d with
            {
                Location = Restore(d.Location),
                Related = d.Related.Select(r => r with { Location = Restore(r.Location) }).ToEquatableArray(),
            }).ToEquatableArray();

            SourceLocation Restore(SourceLocation location) => given.TryGetValue(location.Path, out string? path) ? location with { Path = path } : location;
        }

        public static void Report(SourceProductionContext context, EquatableArray<Diagnostic> diagnostics)
        {
            foreach (Diagnostic diagnostic in diagnostics) context.ReportDiagnostic(RoslynDiagnostics.Create(diagnostic));
        }

        /// <summary>Turns an exception, which is a bug of ours, into a diagnostic: a generator that throws takes all other layouts with it.</summary>
        public static Result<T> Guard<T>(string path, Func<Result<T>> work)
            where T : class
        {
            try
            {
                return work();
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                var bag = new DiagnosticBag();
                bag.ReportInternalError(SourceLocation.OfFile(path), $"{e.GetType().Name}: {e.Message.Replace('\r', ' ').Replace('\n', ' ')}");
                return new Result<T>(null, bag.ToSortedArray());
            }
        }
    }
}
