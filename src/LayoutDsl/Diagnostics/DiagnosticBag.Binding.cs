using System;
using System.Collections.Generic;
using LayoutDsl.Text;

namespace LayoutDsl.Diagnostics;

public sealed partial class DiagnosticBag
{
    /// <summary>A root file without its name.</summary>
    public void ReportMissingLayoutName(SourceLocation location) =>
        Report(DiagnosticDescriptors.MissingLayoutName, location, "the file has no 'layout' declaration", "start it with 'layout Namespace.Name;'");

    /// <summary>A name declared a second time.</summary>
    public void ReportDuplicateDeclaration(SourceLocation location, string what, SourceLocation first) =>
        Report(DiagnosticDescriptors.DuplicateDeclaration, location, $"{what} is already declared", "rename or remove one of them", new RelatedLocation(first, "the first declaration"));

    /// <summary>A name that stands for nothing.</summary>
    public void ReportUnknownName(SourceLocation location, string kind, string name, IReadOnlyCollection<string> known)
    {
        if (!UnreadNames.Contains(name)) Report(DiagnosticDescriptors.UnknownName, location, $"there is no {kind} '{name}'", Suggestions.DidYouMean(name, known));
    }

    /// <summary>A property that the declaration does not have.</summary>
    public void ReportUnknownProperty(SourceLocation location, string owner, string name, IReadOnlyCollection<string> known) =>
        Report(DiagnosticDescriptors.UnknownProperty, location, $"{(owner[0] == 'i' ? "an" : "a")} {owner} has no property '{name}'", Suggestions.DidYouMean(name, known));

    /// <summary>A property that may stand once only.</summary>
    public void ReportDuplicateProperty(SourceLocation location, string name, SourceLocation first) =>
        Report(DiagnosticDescriptors.DuplicateProperty, location, $"'{name}' is already given", "keep one of them", new RelatedLocation(first, "the first one"));

    /// <summary>A property or declaration that must be there.</summary>
    /// <param name="location">The name of what is incomplete.</param>
    /// <param name="owner">What is incomplete.</param>
    /// <param name="missing">What it lacks.</param>
    /// <param name="example">What could be added.</param>
    public void ReportMissingProperty(SourceLocation location, string owner, string missing, string example) =>
        Report(DiagnosticDescriptors.MissingProperty, location, $"{owner} has no {missing}", $"add '{example}'");

    /// <summary>A value of another kind than the place needs.</summary>
    public void ReportWrongValue(SourceLocation location, string expected) =>
        Report(DiagnosticDescriptors.WrongValue, location, $"{expected} is expected here");

    /// <summary>Permissions that do not exist or break W^X.</summary>
    public void ReportBadPermissions(SourceLocation location, string text, string hint) =>
        Report(DiagnosticDescriptors.BadPermissions, location, $"'{text}' are not permissions that can stand here", hint);

    /// <summary>Arithmetic that leaves the range of 64 bits.</summary>
    public void ReportBadArithmetic(SourceLocation location, string problem) =>
        Report(DiagnosticDescriptors.BadArithmetic, location, problem, "values are whole numbers from 0 to 2^64-1");

    /// <summary>A constant that needs itself.</summary>
    public void ReportCyclicConstant(SourceLocation location, string name) =>
        Report(DiagnosticDescriptors.CyclicConstant, location, $"the value of '{name}' depends on itself", "give one of the constants in the circle a number");

    /// <summary>An alignment or page size that no machine has.</summary>
    public void ReportNotAPowerOfTwo(SourceLocation location, ulong value) =>
        Report(DiagnosticDescriptors.NotAPowerOfTwo, location, FormattableString.Invariant($"{value} is not a power of two"));

    /// <summary>A value outside what the place accepts.</summary>
    public void ReportValueOutOfRange(SourceLocation location, string problem, string hint) =>
        Report(DiagnosticDescriptors.ValueOutOfRange, location, problem, hint);

    /// <summary>Two rules for the same selector.</summary>
    public void ReportDuplicateAlignmentRule(SourceLocation location, string selector, SourceLocation first) =>
        Report(DiagnosticDescriptors.DuplicateAlignmentRule, location, $"'{selector}' already has an alignment", "keep one of them", new RelatedLocation(first, "the first rule"));

    /// <summary>An included file that is not there.</summary>
    public void ReportIncludeNotFound(SourceLocation location, string path) =>
        Report(DiagnosticDescriptors.IncludeNotFound, location, $"the included file '{path}' is not there", "paths are relative to the file that includes");

    /// <summary>Files that include each other without end, under ever other paths.</summary>
    public void ReportIncludesTooDeep(SourceLocation location, int limit) =>
        Report(DiagnosticDescriptors.IncludeCycle, location, FormattableString.Invariant($"includes nest deeper than {limit} files"), "include the files from the root file");

    /// <summary>Files that include each other.</summary>
    public void ReportIncludeCycle(SourceLocation location, string path) =>
        Report(DiagnosticDescriptors.IncludeCycle, location, $"'{path}' includes itself, directly or through other files", "move what both need into a third file");

    /// <summary>A machine that is not known.</summary>
    public void ReportUnknownArchitecture(SourceLocation location, string name, IReadOnlyCollection<string> known) =>
        Report(DiagnosticDescriptors.UnknownArchitecture, location, $"'{name}' is not an architecture", Suggestions.DidYouMean(name, known));

    /// <summary>A family's numbers that make no sense.</summary>
    public void ReportBadFamilyRange(SourceLocation location, string problem) =>
        Report(DiagnosticDescriptors.BadFamilyRange, location, problem, "write the first and the last number: [1..1000]");

    /// <summary><c>{n}</c> or another placeholder where it means nothing.</summary>
    public void ReportBadPlaceholder(SourceLocation location, string hint) =>
        Report(DiagnosticDescriptors.BadPlaceholder, location, "a placeholder in braces means nothing here", hint);

    /// <summary>A family whose members link the same objects.</summary>
    public void ReportFamilyWithoutPlaceholder(SourceLocation location, string name) =>
        Report(DiagnosticDescriptors.FamilyWithoutPlaceholder, location, $"all members of '{name}' have the same objects", "use {n}, the number of the member, in a path, or 'instances' instead of a family");

    /// <summary>A library in no image.</summary>
    public void ReportUnusedLibrary(SourceLocation location, string name) =>
        Report(DiagnosticDescriptors.UnusedLibrary, location, $"no image uses the library '{name}'", $"add 'uses {name};' to an image, or remove it");

    /// <summary>A function that does not exist or has other arguments.</summary>
    public void ReportBadCall(SourceLocation location, string problem, string? hint) =>
        Report(DiagnosticDescriptors.BadCall, location, problem, hint);

    /// <summary>A path or pattern that cannot be used.</summary>
    public void ReportBadPath(SourceLocation location, string problem) =>
        Report(DiagnosticDescriptors.BadPath, location, problem);

    /// <summary>A section that can match nothing.</summary>
    public void ReportEmptySection(SourceLocation location, string name) =>
        Report(DiagnosticDescriptors.EmptySection, location, $"the section '{name}' has no patterns", $"name input sections, such as \".{name}\" \".{name}.*\"");

    /// <summary>One pattern in two sections.</summary>
    public void ReportDuplicatePattern(SourceLocation location, string pattern, string owner, SourceLocation first) =>
        Report(DiagnosticDescriptors.DuplicatePattern, location, $"{owner} already has the pattern \"{pattern}\"", "an input section has one place: keep one of them", new RelatedLocation(first, "the first one"));

    /// <summary>A placement that contradicts itself or another one.</summary>
    public void ReportBadPlacement(SourceLocation location, string problem, string hint) =>
        Report(DiagnosticDescriptors.BadPlacement, location, problem, hint);

    /// <summary>Two names that become one in C#.</summary>
    public void ReportNameCollision(SourceLocation location, string name, string other, SourceLocation first) =>
        Report(DiagnosticDescriptors.NameCollision, location, $"'{name}' and '{other}' have the same name in the generated C#", "rename one of them", new RelatedLocation(first, $"'{other}'"));

    /// <summary>A layout whose type would hide what the generated C# needs.</summary>
    public void ReportReservedName(SourceLocation location, string name, string reserved) =>
        Report(DiagnosticDescriptors.NameCollision, location, $"a layout cannot be named '{name}': the generated C# needs the name '{reserved}'", "give it another name");

    /// <summary>A value that only the plan has, where a constant is needed.</summary>
    public void ReportPlanValueInConstant(SourceLocation location, string function) =>
        Report(DiagnosticDescriptors.PlanValueInConstant, location, $"'{function}' is known only when the layout is planned", "use it in a 'symbol' declaration");

    /// <summary>A file of the project that is neither a layout nor part of one.</summary>
    public void ReportUnusedFile(SourceLocation location) =>
        Report(DiagnosticDescriptors.UnusedFile, location, "the file has no 'layout' declaration, and no layout includes it", "start it with 'layout Namespace.Name;', include it, or take it out of the project");
}
