using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Diagnostics;
using LayoutDsl.Emit;
using LayoutDsl.Emit.Stubs;
using LayoutDsl.Facts;
using LayoutDsl.Model;
using LayoutDsl.Text;

namespace LayoutDsl.Planning;

/// <summary>A file of a library or an image.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Template">The path that stands for the file in all images: of a library that is built for each image, with the placeholder.</param>
/// <param name="IsArchive">All members of an archive are linked.</param>
/// <param name="IsMember">It was taken out of an archive.</param>
/// <param name="Location">The input that names it.</param>
internal sealed record InputFile(string Path, string Template, bool IsArchive, bool IsMember, SourceLocation Location)
{
    /// <summary>How many images reach it; null when that is not known.</summary>
    public int? Users { get; init; }
}

/// <summary>Sorts what was measured of the objects into the sections of the layout.</summary>
internal sealed class InputClassifier
{
    private readonly BoundLayout layout;
    private readonly DiagnosticBag bag;
    private readonly SectionMatcher matcher;
    private readonly StubCode stubs;
    private readonly Dictionary<(string Pattern, InputKind Kind), InputFacts> inputs;
    private readonly ILookup<string, ObjectFacts> objects;
    private readonly HashSet<(string Id, SourceLocation Location, string Name)> reported = new();
    private readonly Dictionary<string, (SourceLocation Location, string File, ulong Size, string What, int Others)> unplaced = new(StringComparer.Ordinal);

    public InputClassifier(BoundLayout layout, FactsFile facts, DiagnosticBag bag)
    {
        this.layout = layout;
        this.bag = bag;
        matcher = new SectionMatcher(layout);
        stubs = StubCode.For(layout.Target.Architecture.Name);
        inputs = facts.Inputs.GroupBy(i => (i.Pattern, i.Kind)).ToDictionary(g => g.Key, g => g.First());
        objects = facts.Objects.ToLookup(o => o.Path, StringComparer.Ordinal);
    }

    /// <summary>The files of one library or image, each once, in link order.</summary>
    public IReadOnlyList<InputFile> FindFiles(IEnumerable<BoundInput> unitInputs, ImageMember image)
    {
        var files = new List<InputFile>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (BoundInput input in unitInputs)
        {
            string pattern = input.Expand(image);
            if (!inputs.TryGetValue((pattern, input.Kind), out InputFacts? found) || (found.Files.Count == 0 && input.Kind != InputKind.Members))
            {
                // One for a family: a member without its object is seldom alone.
                if (IsFirst(DiagnosticDescriptors.InputNotFound, input.Location)) bag.ReportInputNotFound(input.Location, pattern, input.Kind != InputKind.Objects);
                continue;
            }

            for (int i = 0; i < found.Files.Count; i++)
            {
                string file = found.Files[i];
                if (!seen.Add(file)) continue;
                CheckPath(file, input.Location);
                files.Add(new InputFile(file, input.ToTemplate(image, file), input.Kind == InputKind.Archive, input.Kind == InputKind.Members, input.Location) { Users = i < found.Needs.Count ? found.Needs[i] : null });
            }
        }

        return files;
    }

    /// <summary>Gathers the content of files that are the same in every image that has them.</summary>
    public UnitContent Classify(IEnumerable<InputFile> files)
    {
        var content = new UnitContent();
        foreach (InputFile file in files)
        {
            foreach (ObjectFacts item in objects[file.Path])
            {
                foreach (InputPiece piece in FindPieces(item, file.Location))
                {
                    Add(content, piece, file.Path, null);
                    if (file.Users is { } users) content[piece.Target.Name].AddUsers(users, piece.Size);
                }

                AddIndirectFunctions(content, item);
            }
        }

        AddMade(content);
        return content;
    }

    /// <summary>The objects of a file.</summary>
    public IEnumerable<ObjectFacts> GetObjects(InputFile file) => objects[file.Path];

    /// <summary>Adds an input section to a unit.</summary>
    public void Add(UnitContent content, InputPiece piece, string path, ulong? offset)
    {
        if (content.GetOrAdd(piece.Target).TryAdd(piece, path, offset)) return;
        bag.ReportRegionOverflow(piece.Target.Location, $"the sizes of '{piece.Target.Name}' in {piece.Object.DisplayName} leave 64 bits", "the object file is damaged");
    }

    /// <summary>Makes room for what the compiler adds to a unit's slots.</summary>
    public void AddMade(UnitContent content)
    {
        foreach (BoundSection section in layout.Sections)
        {
            SectionContent part = content[section.Name];
            if (section.Role is SectionRole.FunctionStubs or SectionRole.FunctionWords && content.IndirectFunctions.Count > 0)
            {
                ulong size = section.Role == SectionRole.FunctionStubs ? stubs.ChosenJumpSize : stubs.WordSize;
                content.GetOrAdd(section).TryAppend(size * (ulong)content.IndirectFunctions.Count, 8, false);
            }
            else if (!section.IsTable && part.Size > 0 && section.Patterns.Any(p => p.Text != SectionPlan.Common && ScriptNames.IsCIdentifier(p.Text)))
            {
                // The script puts the parts of each array together, which may cost each the alignment once more.
                part.TryAppend(part.Alignment * (ulong)section.Patterns.Count, 1, false);
            }
            else if (section.Role == SectionRole.Unwind && part.Size > 0)
            {
                // The terminator: a record of length zero (LSB, .eh_frame).
                content.HasUnwind = part.TryAppend(4, 4, false);
            }
        }
    }

    /// <summary>Reports what can be said only when all objects were seen: sections without a place, patterns of the layout that decided for nothing.</summary>
    public void Finish()
    {
        // What has no place in an overlay stays where the other script puts it.
        foreach (KeyValuePair<string, (SourceLocation Location, string File, ulong Size, string What, int Others)> item in unplaced.Where(_ => layout.Overlay is null))
        {
            bag.ReportUnplacedSection(item.Value.Location, item.Value.File, item.Value.Others, item.Key, item.Value.Size, item.Value.What);
        }

        if (bag.HasErrors) return;

        // A layout names families of sections as a habit (".text" beside ".text.*"): what matters is a section of which no pattern matches.
        foreach (BoundSection section in layout.Sections.Where(s => !s.IsBuiltIn && s.Patterns.Count > 0 && !(s.IsTable && s.Reserve > 0) && !s.Patterns.Any(matcher.WasUsed)))
        {
            bag.ReportPatternMatchesNothing(section.Location, $"the section '{section.Name}'");
        }

        foreach (BoundPattern pattern in layout.Discards.Where(p => !matcher.WasUsed(p) && !UnallocatedSections.MayMatch(p.Text)))
        {
            bag.ReportPatternMatchesNothing(pattern.Location, $"the pattern \"{pattern.Text}\"");
        }
    }

    /// <summary>The input sections of an object that take memory, in the order of the object, and its common symbols.</summary>
    public IEnumerable<InputPiece> FindPieces(ObjectFacts item, SourceLocation location)
    {
        if (item.Machine != layout.Target.Architecture.Machine && item.Sections.Count + item.Commons.Count > 0)
        {
            if (IsFirst(DiagnosticDescriptors.WrongMachine, location)) bag.ReportWrongMachine(location, item.DisplayName, item.Machine, layout.Target.Architecture.Name);
            yield break;
        }

        if (item.Member is not null) CheckPath(item.Member, location);
        foreach (SectionFacts section in item.Sections)
        {
            if (FindSection(item, section, location) is not { } target || (target.Role == SectionRole.Unwind && IsUnwindFrame(item.Path))) continue;
            string identity = section.Identity.Length > 0 ? section.Identity : item.ContentId;
            yield return new InputPiece(item, target, section.Name, SizeOf(section), section.Alignment, section.Type == SectionFacts.NoteType, identity);
        }

        if (item.Commons.Count == 0 || FindCommonSection(item, location) is not { } common) yield break;
        foreach (CommonFacts symbol in item.Commons)
        {
            // The linker orders common symbols as it likes: each may need its whole alignment once more.
            ulong size = symbol.Size > ulong.MaxValue - symbol.Alignment ? ulong.MaxValue : symbol.Size + symbol.Alignment - 1;
            yield return new InputPiece(item, common, "", size, symbol.Alignment, false, FormattableString.Invariant($"{symbol.Name} {symbol.Size} {symbol.Alignment}"));
        }
    }

    /// <summary>GNU ld ends a table of unwind entries with one that says "cannot unwind" wherever the code behind has none (Exception Handling ABI for Arm, Index table entries).</summary>
    private ulong SizeOf(SectionFacts section) =>
        section.Type == SectionFacts.ArmUnwindIndexType && layout.Target.Architecture.Name == "arm" && section.Size <= ulong.MaxValue - 8 ? section.Size + 8 : section.Size;

    /// <summary>gcc's crtbegin.o and crtend.o mark the two ends of the table that says where unwind records are.</summary>
    private static bool IsUnwindFrame(string path) =>
        LayoutPath.GetFileName(path) is { } name && name.EndsWith(".o", StringComparison.Ordinal)
        && (name.StartsWith("crtbegin", StringComparison.Ordinal) || name.StartsWith("crtend", StringComparison.Ordinal));

    /// <summary>Adds the functions of an object that are chosen at start.</summary>
    public void AddIndirectFunctions(UnitContent content, ObjectFacts item)
    {
        if (stubs.ChooseRelocation is null) return;
        var known = new HashSet<string>(content.IndirectFunctions.SelectMany(f => f.Names), StringComparer.Ordinal);
        foreach (IGrouping<int, IndirectFunctionFacts> function in item.IndirectFunctions.GroupBy(f => f.Resolver))
        {
            string[] names = function.Select(f => f.Name).Where(known.Add).ToArray();
            if (names.Length > 0) content.IndirectFunctions.Add(new IndirectFunctionPlan(names.ToEquatableArray()));
        }
    }

    private BoundSection? FindSection(ObjectFacts item, SectionFacts section, SourceLocation location)
    {
        SectionMatcher.Match? match = matcher.Find(section.Name);
        if (match is null)
        {
            AddUnplaced(location, item, section.Name, section.Size, Describe(section));
            return null;
        }

        if (match.Section is not { } target) return null;
        Permissions needed = Permissions.Read | (section.NeedsWrite ? Permissions.Write : 0) | (section.IsExecutable ? Permissions.Execute : 0);
        if (section.Size > 0 && (needed & ~target.Permissions) != 0)
        {
            if (IsFirst(DiagnosticDescriptors.PermissionMismatch, location, section.Name)) bag.ReportPermissionMismatch(location, item.DisplayName, section.Name, needed.ToLetters(), target.Name, target.Permissions.ToLetters());
            return null;
        }

        if (target.IsZero && !target.IsNoLoad && section.HasContent && section.Size > 0)
        {
            if (IsFirst(DiagnosticDescriptors.ContentInZeroSection, location, section.Name)) bag.ReportContentInZeroSection(location, item.DisplayName, section.Name, target.Name);
            return null;
        }

        CheckNames(section.Name, location);
        return target;
    }

    private BoundSection? FindCommonSection(ObjectFacts item, SourceLocation location)
    {
        SectionMatcher.Match? match = matcher.Find(SectionPlan.Common);
        if (match?.Section is null) AddUnplaced(location, item, SectionPlan.Common, item.Commons[0].Size, "common symbols");
        return match?.Section;
    }

    /// <summary>A thousand objects that lack a place for one section are one mistake of the layout.</summary>
    private void AddUnplaced(SourceLocation location, ObjectFacts item, string section, ulong size, string what)
    {
        if (unplaced.TryGetValue(section, out (SourceLocation Location, string File, ulong Size, string What, int Others) first)) unplaced[section] = first with { Others = first.Others + 1 };
        else unplaced.Add(section, (location, item.DisplayName, size, what, 0));
    }

    private bool IsFirst(DiagnosticDescriptor descriptor, SourceLocation location, string name = "") => reported.Add((descriptor.Id, location, name));

    private void CheckNames(string section, SourceLocation location)
    {
        if (!ScriptNames.IsValidSection(section)) bag.ReportUnwritableName(location, "section", section);
    }

    private void CheckPath(string path, SourceLocation location)
    {
        if (!ScriptNames.IsValidPath(path)) bag.ReportUnwritableName(location, "file", path);
    }

    private static string Describe(SectionFacts section) =>
        (section.IsExecutable ? "code" : section.IsWritable ? "writable data" : "read-only data") + (section.HasContent ? "" : ", zeroed");
}
