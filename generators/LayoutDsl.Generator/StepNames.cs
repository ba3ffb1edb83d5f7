using System.Collections.Generic;

namespace LayoutDsl.Generator;

/// <summary>Names of the generator's steps, under which Roslyn tracks what each reran.</summary>
internal static class StepNames
{
    /// <summary>Build properties that the generator reads.</summary>
    public const string Options = "LayoutOptions";

    /// <summary>The text of each <c>.layout</c> file.</summary>
    public const string Texts = "LayoutTexts";

    /// <summary>The text of each declaration of each file.</summary>
    public const string Slices = "LayoutSlices";

    /// <summary>Each declaration, read on its own.</summary>
    public const string Declarations = "LayoutDeclarations";

    /// <summary>Values that the build gives to parameters.</summary>
    public const string Parameters = "LayoutParameters";

    /// <summary>The declarations of each file.</summary>
    public const string Syntax = "LayoutSyntax";

    /// <summary>All files, sorted into layouts.</summary>
    public const string Set = "LayoutSet";

    /// <summary>Each root file with the files that it includes.</summary>
    public const string Units = "LayoutUnits";

    /// <summary>Each layout with names resolved.</summary>
    public const string Bound = "BoundLayouts";

    /// <summary>The text of each facts file.</summary>
    public const string FactsTexts = "LayoutFactsTexts";

    /// <summary>What each facts file says.</summary>
    public const string Facts = "LayoutFacts";

    /// <summary>The text of each lock.</summary>
    public const string LockTexts = "LayoutLockTexts";

    /// <summary>What each lock says.</summary>
    public const string Locks = "LayoutLocks";

    /// <summary>Each layout with its facts and its lock.</summary>
    public const string Measured = "MeasuredLayouts";

    /// <summary>The plan of each layout.</summary>
    public const string Plans = "LayoutPlans";

    /// <summary>The version of C#.</summary>
    public const string Language = "LayoutLanguage";

    /// <summary>What of each plan the generated code depends on.</summary>
    public const string EmissionInputs = "LayoutEmissionInputs";

    /// <summary>The generated code of each layout.</summary>
    public const string Sources = "LayoutSources";

    /// <summary>Everything that is to be reported.</summary>
    public const string Diagnostics = "LayoutDiagnostics";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Options, Parameters, Texts, Slices, Declarations, Syntax, Set, Units, Bound, FactsTexts, Facts, LockTexts, Locks, Measured, Plans, Language, EmissionInputs, Sources, Diagnostics];
}
