using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace LayoutDsl.Diagnostics;

/// <summary>Every kind of diagnostic that the compiler has. Ids are never reused; each has a page in <c>docs/diagnostics</c>.</summary>
public static partial class DiagnosticDescriptors
{
    /// <summary>LAY0001: Unexpected token.</summary>
    public static readonly DiagnosticDescriptor UnexpectedToken = Error("LAY0001", "Unexpected token");
    /// <summary>LAY0002: Missing token.</summary>
    public static readonly DiagnosticDescriptor MissingToken = Error("LAY0002", "Missing token");
    /// <summary>LAY0003: Unknown declaration.</summary>
    public static readonly DiagnosticDescriptor UnknownDeclaration = Error("LAY0003", "Unknown declaration");
    /// <summary>LAY0004: Quoted text does not end.</summary>
    public static readonly DiagnosticDescriptor UnterminatedString = Error("LAY0004", "Quoted text does not end");
    /// <summary>LAY0005: Unknown escape.</summary>
    public static readonly DiagnosticDescriptor BadEscape = Error("LAY0005", "Unknown escape");
    /// <summary>LAY0006: Number too large.</summary>
    public static readonly DiagnosticDescriptor NumberTooLarge = Error("LAY0006", "Number too large");
    /// <summary>LAY0007: Unknown unit.</summary>
    public static readonly DiagnosticDescriptor UnknownUnit = Error("LAY0007", "Unknown unit");
    /// <summary>LAY0008: Nesting too deep.</summary>
    public static readonly DiagnosticDescriptor NestingTooDeep = Error("LAY0008", "Nesting too deep");
    /// <summary>LAY0009: File too large.</summary>
    public static readonly DiagnosticDescriptor FileTooLarge = Error("LAY0009", "File too large");
    /// <summary>LAY0010: Not UTF-8 text.</summary>
    public static readonly DiagnosticDescriptor NotText = Error("LAY0010", "Not UTF-8 text");
    /// <summary>LAY0011: Too many syntax errors.</summary>
    public static readonly DiagnosticDescriptor TooManySyntaxErrors = Error("LAY0011", "Too many syntax errors");
    /// <summary>LAY0012: Comment does not end.</summary>
    public static readonly DiagnosticDescriptor UnterminatedComment = Error("LAY0012", "Comment does not end");

    /// <summary>LAY0020: Not a linker script.</summary>
    public static readonly DiagnosticDescriptor NotAScript = Error("LAY0020", "Not a linker script");
    /// <summary>LAY0021: Linker script too large.</summary>
    public static readonly DiagnosticDescriptor ScriptTooLarge = Error("LAY0021", "Linker script too large");
    /// <summary>LAY0022: Not carried over from a linker script.</summary>
    public static readonly DiagnosticDescriptor NotCarriedOver = Warning("LAY0022", "Not carried over from a linker script");

    /// <summary>LAY1001: No layout declaration.</summary>
    public static readonly DiagnosticDescriptor MissingLayoutName = Error("LAY1001", "No layout declaration");
    /// <summary>LAY1002: Declared twice.</summary>
    public static readonly DiagnosticDescriptor DuplicateDeclaration = Error("LAY1002", "Declared twice");
    /// <summary>LAY1003: Unknown name.</summary>
    public static readonly DiagnosticDescriptor UnknownName = Error("LAY1003", "Unknown name");
    /// <summary>LAY1004: Unknown property.</summary>
    public static readonly DiagnosticDescriptor UnknownProperty = Error("LAY1004", "Unknown property");
    /// <summary>LAY1005: Property given twice.</summary>
    public static readonly DiagnosticDescriptor DuplicateProperty = Error("LAY1005", "Property given twice");
    /// <summary>LAY1006: Missing property.</summary>
    public static readonly DiagnosticDescriptor MissingProperty = Error("LAY1006", "Missing property");
    /// <summary>LAY1007: Wrong kind of value.</summary>
    public static readonly DiagnosticDescriptor WrongValue = Error("LAY1007", "Wrong kind of value");
    /// <summary>LAY1008: Bad permissions.</summary>
    public static readonly DiagnosticDescriptor BadPermissions = Error("LAY1008", "Bad permissions");
    /// <summary>LAY1009: Result out of range.</summary>
    public static readonly DiagnosticDescriptor BadArithmetic = Error("LAY1009", "Result out of range");
    /// <summary>LAY1010: Constant depends on itself.</summary>
    public static readonly DiagnosticDescriptor CyclicConstant = Error("LAY1010", "Constant depends on itself");
    /// <summary>LAY1011: Not a power of two.</summary>
    public static readonly DiagnosticDescriptor NotAPowerOfTwo = Error("LAY1011", "Not a power of two");
    /// <summary>LAY1012: Value out of range.</summary>
    public static readonly DiagnosticDescriptor ValueOutOfRange = Error("LAY1012", "Value out of range");
    /// <summary>LAY1013: Alignment rule given twice.</summary>
    public static readonly DiagnosticDescriptor DuplicateAlignmentRule = Error("LAY1013", "Alignment rule given twice");
    /// <summary>LAY1014: Included file not found.</summary>
    public static readonly DiagnosticDescriptor IncludeNotFound = Error("LAY1014", "Included file not found");
    /// <summary>LAY1015: Include cycle.</summary>
    public static readonly DiagnosticDescriptor IncludeCycle = Error("LAY1015", "Include cycle");
    /// <summary>LAY1016: Unknown architecture.</summary>
    public static readonly DiagnosticDescriptor UnknownArchitecture = Error("LAY1016", "Unknown architecture");
    /// <summary>LAY1017: Bad family range.</summary>
    public static readonly DiagnosticDescriptor BadFamilyRange = Error("LAY1017", "Bad family range");
    /// <summary>LAY1018: Placeholder outside a family.</summary>
    public static readonly DiagnosticDescriptor BadPlaceholder = Error("LAY1018", "Placeholder outside a family");
    /// <summary>LAY1019: Family members are all alike.</summary>
    public static readonly DiagnosticDescriptor FamilyWithoutPlaceholder = Warning("LAY1019", "Family members are all alike");
    /// <summary>LAY1020: Unused library.</summary>
    public static readonly DiagnosticDescriptor UnusedLibrary = Warning("LAY1020", "Unused library");
    /// <summary>LAY1021: Bad function call.</summary>
    public static readonly DiagnosticDescriptor BadCall = Error("LAY1021", "Bad function call");
    /// <summary>LAY1022: Bad path or pattern.</summary>
    public static readonly DiagnosticDescriptor BadPath = Error("LAY1022", "Bad path or pattern");
    /// <summary>LAY1023: Section without patterns.</summary>
    public static readonly DiagnosticDescriptor EmptySection = Error("LAY1023", "Section without patterns");
    /// <summary>LAY1024: Pattern in two sections.</summary>
    public static readonly DiagnosticDescriptor DuplicatePattern = Error("LAY1024", "Pattern in two sections");
    /// <summary>LAY1025: Bad placement.</summary>
    public static readonly DiagnosticDescriptor BadPlacement = Error("LAY1025", "Bad placement");
    /// <summary>LAY1026: Names collide in the generated C#.</summary>
    public static readonly DiagnosticDescriptor NameCollision = Error("LAY1026", "Names collide in the generated C#");
    /// <summary>LAY1027: Value is known only after planning.</summary>
    public static readonly DiagnosticDescriptor PlanValueInConstant = Error("LAY1027", "Value is known only after planning");
    /// <summary>LAY1028: File belongs to no layout.</summary>
    public static readonly DiagnosticDescriptor UnusedFile = Warning("LAY1028", "File belongs to no layout");

    /// <summary>LAY1030: Automatic indirection both on and off.</summary>
    public static readonly DiagnosticDescriptor IndirectionContradiction = Error("LAY1030", "Automatic indirection both on and off");
    /// <summary>LAY1035: Statement in the wrong place of a script.</summary>
    public static readonly DiagnosticDescriptor MisplacedStatement = Error("LAY1035", "Statement in the wrong place of a script");
    /// <summary>LAY1036: Bad clause in a script.</summary>
    public static readonly DiagnosticDescriptor BadClause = Error("LAY1036", "Bad clause in a script");
    /// <summary>LAY1037: Bad arguments in a script.</summary>
    public static readonly DiagnosticDescriptor BadScriptArguments = Error("LAY1037", "Bad arguments in a script");
    /// <summary>LAY1038: Text that a linker script cannot hold.</summary>
    public static readonly DiagnosticDescriptor UnwritableScriptText = Error("LAY1038", "Text that a linker script cannot hold");

    /// <summary>LAY2001: Objects not measured.</summary>
    public static readonly DiagnosticDescriptor NotMeasured = Warning("LAY2001", "Objects not measured");
    /// <summary>LAY2002: Input matches no file.</summary>
    public static readonly DiagnosticDescriptor InputNotFound = Error("LAY2002", "Input matches no file");
    /// <summary>LAY2003: Input section without a place.</summary>
    public static readonly DiagnosticDescriptor UnplacedSection = Error("LAY2003", "Input section without a place");
    /// <summary>LAY2004: Input section needs more permissions.</summary>
    public static readonly DiagnosticDescriptor PermissionMismatch = Error("LAY2004", "Input section needs more permissions");
    /// <summary>LAY2005: Content in a zero section.</summary>
    public static readonly DiagnosticDescriptor ContentInZeroSection = Error("LAY2005", "Content in a zero section");
    /// <summary>LAY2006: Pattern matches nothing.</summary>
    public static readonly DiagnosticDescriptor PatternMatchesNothing = Warning("LAY2006", "Pattern matches nothing");
    /// <summary>LAY2007: Region overflows.</summary>
    public static readonly DiagnosticDescriptor RegionOverflow = Error("LAY2007", "Region overflows");
    /// <summary>LAY2008: Placements overlap.</summary>
    public static readonly DiagnosticDescriptor PlacementOverlap = Error("LAY2008", "Placements overlap");
    /// <summary>LAY2009: Object of another machine.</summary>
    public static readonly DiagnosticDescriptor WrongMachine = Error("LAY2009", "Object of another machine");
    /// <summary>LAY2010: Damaged facts file.</summary>
    public static readonly DiagnosticDescriptor BadFacts = Error("LAY2010", "Damaged facts file");
    /// <summary>LAY2011: Object linked twice.</summary>
    public static readonly DiagnosticDescriptor InputTwice = Error("LAY2011", "Object linked twice");
    /// <summary>LAY2012: Nothing to place.</summary>
    public static readonly DiagnosticDescriptor EmptyUnit = Warning("LAY2012", "Nothing to place");
    /// <summary>LAY2013: Alignment rule weaker than the objects.</summary>
    public static readonly DiagnosticDescriptor AlignmentRaised = Warning("LAY2013", "Alignment rule weaker than the objects");
    /// <summary>LAY2020: Datum is another one in some images.</summary>
    public static readonly DiagnosticDescriptor UnstableData = Warning("LAY2020", "Datum is another one in some images");
    /// <summary>LAY2021: Reference that no jump can reach.</summary>
    public static readonly DiagnosticDescriptor UnreachableReference = Warning("LAY2021", "Reference that no jump can reach");
    /// <summary>LAY2022: Function that some images lack.</summary>
    public static readonly DiagnosticDescriptor QuestionedFunction = Warning("LAY2022", "Function that some images lack");
    /// <summary>LAY2023: Function of two instruction sets.</summary>
    public static readonly DiagnosticDescriptor FunctionOfTwoStates = Warning("LAY2023", "Function of two instruction sets");

    /// <summary>LAY2030: Damaged lock.</summary>
    public static readonly DiagnosticDescriptor BadLock = Error("LAY2030", "Damaged lock");
    /// <summary>LAY2031: Merge conflict in the lock.</summary>
    public static readonly DiagnosticDescriptor LockConflict = Error("LAY2031", "Merge conflict in the lock");
    /// <summary>LAY2032: Slot locked twice.</summary>
    public static readonly DiagnosticDescriptor LockedTwice = Error("LAY2032", "Slot locked twice");
    /// <summary>LAY2033: Locked slots overlap.</summary>
    public static readonly DiagnosticDescriptor LockOverlap = Error("LAY2033", "Locked slots overlap");
    /// <summary>LAY2034: Locked slot moved.</summary>
    public static readonly DiagnosticDescriptor SlotMoved = Warning("LAY2034", "Locked slot moved");
    /// <summary>LAY2035: Lock out of date.</summary>
    public static readonly DiagnosticDescriptor LockOutOfDate = Warning("LAY2035", "Lock out of date");
    /// <summary>LAY2036: Headroom rule given twice.</summary>
    public static readonly DiagnosticDescriptor DuplicateHeadroomRule = Error("LAY2036", "Headroom rule given twice");
    /// <summary>LAY2037: Headroom rule without effect.</summary>
    public static readonly DiagnosticDescriptor UnusedHeadroomRule = Warning("LAY2037", "Headroom rule without effect");
    /// <summary>LAY2060: Libraries overlap.</summary>
    public static readonly DiagnosticDescriptor LibrariesOverlap = Warning("LAY2060", "Libraries overlap");
    /// <summary>LAY2070: Images not planned without the fleet.</summary>
    public static readonly DiagnosticDescriptor NotAlone = Error("LAY2070", "Images not planned without the fleet");
    /// <summary>LAY2071: Library differs from the lock.</summary>
    public static readonly DiagnosticDescriptor OtherContent = Warning("LAY2071", "Library differs from the lock");

    /// <summary>LAY3001: Name cannot be written in a linker script.</summary>
    public static readonly DiagnosticDescriptor UnwritableName = Error("LAY3001", "Name cannot be written in a linker script");

    /// <summary>LAY3010: Linker does not know this.</summary>
    public static readonly DiagnosticDescriptor UnsupportedByLinker = Error("LAY3010", "Linker does not know this");
    /// <summary>LAY3011: Overlay does not fit its script.</summary>
    public static readonly DiagnosticDescriptor OverlayMismatch = Error("LAY3011", "Overlay does not fit its script");

    /// <summary>LAY3012: Plan needs a newer C#.</summary>
    public static readonly DiagnosticDescriptor LanguageTooOld = Error("LAY3012", "Plan needs a newer C#");
    /// <summary>LAY3060: Packed files cannot be mapped.</summary>
    public static readonly DiagnosticDescriptor PackedProgram = Error("LAY3060", "Packed files cannot be mapped");
    /// <summary>LAY3061: What is not reached cannot be told.</summary>
    public static readonly DiagnosticDescriptor UnreachedUnknown = Error("LAY3061", "What is not reached cannot be told");

    /// <summary>LAY9001: Internal error.</summary>
    public static readonly DiagnosticDescriptor InternalError = Error("LAY9001", "Internal error");

    /// <summary>LAY9002: Prediction differs from the image.</summary>
    public static readonly DiagnosticDescriptor PredictionDiffers = Error("LAY9002", "Prediction differs from the image");

    /// <summary>All of them, by id.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> All => Everything.Descriptors;

    /// <summary>The descriptors that a type has in public static fields, by id.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> AllOf(Type type) => type
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(f => f.FieldType == typeof(DiagnosticDescriptor))
        .Select(f => (DiagnosticDescriptor)f.GetValue(null)!)
        .OrderBy(d => d.Id, StringComparer.Ordinal)
        .ToArray();

    /// <summary>Read when first used: the fields of all parts of the class have their values then.</summary>
    private static class Everything
    {
        internal static readonly IReadOnlyList<DiagnosticDescriptor> Descriptors = AllOf(typeof(DiagnosticDescriptors));
    }

    private static DiagnosticDescriptor Error(string id, string title) => new(id, DiagnosticSeverity.Error, title);

    private static DiagnosticDescriptor Warning(string id, string title) => new(id, DiagnosticSeverity.Warning, title);
}
