using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using LayoutDsl.Analysis.Diagnostics;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Analysis.Linking;
using LayoutDsl.Analysis.Measuring;
using LayoutDsl.Diagnostics;
using LayoutDsl.Facts;
using LayoutDsl.Model;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Planning.Blocks;
using LayoutDsl.Text;

namespace LayoutDsl.Analysis.Rewriting;

/// <summary>
/// Rewrites the libraries of a fleet for blocks: each gets a folder with its objects as they are in its block and an object with its table. The facts then speak of these files, so that all that
/// comes after works as with any others.
/// </summary>
public sealed class BlockRewriter
{
    /// <summary>The object with the table, which comes first when the library's pointers stand between it and another, and last when it has all of the table.</summary>
    private const string FirstName = "__layout_page.o", LastName = "__layout_table.o";

    private readonly BoundLayout layout;
    private readonly string directory;
    private readonly string blockDirectory;
    private readonly DiagnosticBag bag;
    private readonly BlockBoundaries boundaries;
    private readonly ILookup<string, ObjectFacts> objects;
    private readonly bool hasRelro;
    private readonly BlockMachine machine;

    private BlockRewriter(BoundLayout layout, FactsFile facts, string directory, string blockDirectory, DiagnosticBag bag)
    {
        this.layout = layout;
        this.directory = directory;
        this.blockDirectory = blockDirectory;
        this.bag = bag;
        boundaries = new BlockBoundaries(layout, facts);
        hasRelro = boundaries.IsRelro(TableSections.RelroWords);
        machine = BlockMachine.Find(layout.Target.Architecture.Machine)!;
        objects = facts.Objects.ToLookup(o => o.Path, StringComparer.Ordinal);
    }

    /// <summary>Whether a layout has blocks. What cannot be one for another reason than its code, the planner reports.</summary>
    public static bool IsNeeded(BoundLayout layout) => layout is { IsShuffled: true, Target.Architecture.HasBlocks: true } && !layout.Libraries.Any(l => l.IsPerImage);

    /// <summary>Rewrites the libraries. Files that have their content already keep their time.</summary>
    /// <param name="layout">A layout that places libraries at random.</param>
    /// <param name="facts">What was measured of its own objects.</param>
    /// <param name="directory">Folder that its paths are relative to.</param>
    /// <param name="blockDirectory">Folder for the rewritten objects, relative to <paramref name="directory"/> or rooted.</param>
    /// <param name="cancellation">Stops between libraries.</param>
    /// <returns>The facts of the rewritten fleet; null after errors.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Result<FactsFile> Rewrite(BoundLayout layout, FactsFile facts, string directory, string blockDirectory, CancellationToken cancellation)
    {
        Result<IReadOnlyList<string>> members = MemberFiles.Write(layout, facts, directory);
        if (members.HasErrors) return new Result<FactsFile>(null, members.Diagnostics);
        var bag = new DiagnosticBag();
        FactsFile? rewritten = null;
        try
        {
            rewritten = new BlockRewriter(layout, facts, directory, blockDirectory, bag).Rewrite(facts, cancellation);
        }
        catch (Exception exception) when (OutputFile.IsFileProblem(exception))
        {
            bag.ReportFileAccess(layout.Target.Location, blockDirectory, exception.Message);
        }

        return new Result<FactsFile>(bag.HasErrors ? null : rewritten, bag.ToSortedArray());
    }

    private FactsFile Rewrite(FactsFile facts, CancellationToken cancellation)
    {
        var inputs = facts.Inputs.ToDictionary(i => (i.Pattern, i.Kind));
        BoundLibrary[] libraries = layout.Libraries.Where(l => CountImages(l) > 0).OrderByDescending(CountImages).ThenBy(l => l.Name, StringComparer.Ordinal).ToArray();
        var rewritten = new List<ObjectFacts>();
        var owners = FindOwners(libraries);
        if (bag.HasErrors) return facts;
        var packer = new TablePacker(hasRelro, layout.Aslr!.HasTablesApart ? 0 : layout.Target.Page);
        var blocks = new List<(BoundLibrary Library, BlockTable Table, TablePage? Page, List<BlockObject> Objects)>();
        foreach (BoundLibrary library in libraries)
        {
            cancellation.ThrowIfCancellationRequested();
            var table = new BlockTable(library.Name, machine);
            List<BlockObject> found = RewriteObjects(library, inputs, table);
            if (!table.IsWithinReach) bag.ReportTableOutOfReach(library.Location, library.Name, table.Words.Count, BlockTable.NearWords);
            if (!bag.HasErrors) blocks.Add((library, table, packer.Add(table, FindPointers(library, found, packer.PointerLimit)), found));
        }

        if (bag.HasErrors) return facts;
        foreach (var block in blocks)
        {
            cancellation.ThrowIfCancellationRequested();
            rewritten.AddRange(Write(block.Library, inputs, block.Table, block.Page, block.Objects));
        }

        var files = new HashSet<string>(owners.Keys.SelectMany(k => facts.Inputs.Where(i => (i.Pattern, i.Kind) == k)).SelectMany(i => i.Files), StringComparer.Ordinal);
        return new FactsFile(
            facts.Inputs.Select(i => inputs[(i.Pattern, i.Kind)]).ToEquatableArray(),
            facts.Objects.Where(o => !files.Contains(o.Path)).Concat(rewritten).OrderBy(o => o.Path, StringComparer.Ordinal).ToEquatableArray()) { Missing = facts.Missing };
    }

    private int CountImages(BoundLibrary library) => layout.Images.Where(i => i.Libraries.Contains(library.Name)).Sum(i => i.Members.Count());

    /// <summary>Which library has which input; one that several would have is reported.</summary>
    private Dictionary<(string Pattern, InputKind Kind), string> FindOwners(IEnumerable<BoundLibrary> libraries)
    {
        var own = new HashSet<string>(layout.Images.SelectMany(i => i.Members.SelectMany(m => i.Inputs.Select(n => n.Expand(m)))), StringComparer.Ordinal);
        var owners = new Dictionary<(string Pattern, InputKind Kind), string>();
        foreach (BoundLibrary library in libraries)
        {
            foreach (BoundInput input in library.Inputs)
            {
                string? other = owners.TryGetValue((input.Pattern, input.Kind), out string? owner) ? $"the library '{owner}'" : own.Contains(input.Pattern) ? "an image" : null;
                if (other is not null) bag.ReportSharedInput(input.Location, input.Pattern, library.Name, other);
                owners[(input.Pattern, input.Kind)] = library.Name;
            }
        }

        return owners;
    }

    /// <summary>Rewrites the objects of one library.</summary>
    private List<BlockObject> RewriteObjects(BoundLibrary library, Dictionary<(string, InputKind), InputFacts> inputs, BlockTable table)
    {
        var context = new RewriteContext(library.Name, machine, boundaries, layout.Aslr!.Fixed.Contains(library.Name), table);
        var refusals = new List<RewriteRefusal>();
        var found = new List<BlockObject>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (BoundInput input in library.Inputs)
        {
            if (!inputs.TryGetValue((input.Pattern, input.Kind), out InputFacts? known)) continue;
            foreach ((string path, string name, ReadOnlyMemory<byte> content) in known.Files.Where(seen.Add).SelectMany(f => Read(f, input)))
            {
                if (Rewrite(content, name, context, input.Location, refusals) is { } bytes) found.Add(new BlockObject(input, path, name, bytes));
            }
        }

        Report(refusals, library);
        return found;
    }

    /// <summary>The pointers of a library; null when it cannot have them on a page with those of others.</summary>
    private PointerSections? FindPointers(BoundLibrary library, List<BlockObject> objects, int limit) =>
        limit == 0 ? null : hasRelro ? PointerSections.Find(library.Name, machine, objects, boundaries.IsRelro, limit) : PointerSections.None;

    /// <summary>Writes the objects of one library with its table, and notes the files in the inputs.</summary>
    private IReadOnlyList<ObjectFacts> Write(BoundLibrary library, Dictionary<(string, InputKind), InputFacts> inputs, BlockTable table, TablePage? page, List<BlockObject> objects)
    {
        BoundInput[] known = library.Inputs.Where(i => inputs.ContainsKey((i.Pattern, i.Kind))).ToArray();
        (byte[]? first, byte[]? last) = page is not null ? page.Write(table) : (null, table.IsEmpty ? null : table.Write(hasRelro ? TableSections.RelroWords : TableSections.ReadOnlyWords));
        var found = new List<ObjectFacts>();
        string folder = LayoutPath.Combine(blockDirectory, library.Name);
        var names = new HashSet<string>(StringComparer.Ordinal) { FirstName, LastName };
        foreach (BoundInput input in known)
        {
            var files = new List<string>();
            IEnumerable<(string Path, string Origin, byte[] Bytes)> all = objects.Where(o => ReferenceEquals(o.Input, input)).Select(o => (o.Path, o.Name, o.Bytes));
            if (ReferenceEquals(input, known[0]) && first is not null) all = all.Prepend((FirstName, "", first));
            if (ReferenceEquals(input, known[known.Length - 1]) && last is not null) all = all.Append((LastName, "", last));
            if (input.Kind == InputKind.Archive)
            {
                byte[] archive = ArchiveWriter.Write(all.Select(o => ElfFile.Read(o.Bytes, o.Path)).ToArray());
                found.AddRange(Write(LayoutPath.Combine(folder, FormattableString.Invariant($"{found.Count:D4}.a")), archive, "", input, files));
            }
            else
            {
                foreach ((string path, string origin, byte[] bytes) in all) found.AddRange(Write(LayoutPath.Combine(folder, origin.Length == 0 ? path : Name(path)), bytes, origin, input, files));
            }

            inputs[(input.Pattern, input.Kind)] = inputs[(input.Pattern, input.Kind)] with { Files = files.ToEquatableArray() };
        }

        return found;

        // Names stay as they are where they can: the compiler's own objects are known by theirs.
        string Name(string path)
        {
            string name = LayoutPath.GetFileName(path);
            return names.Add(name) ? name : FormattableString.Invariant($"{found.Count:D4}-{name}");
        }
    }

    private byte[]? Rewrite(ReadOnlyMemory<byte> content, string name, RewriteContext context, SourceLocation location, List<RewriteRefusal> refusals)
    {
        try
        {
            ElfFile file = ElfFile.Read(content, name);
            if (!file.TryReadSymbols(out IReadOnlyList<ElfSymbol>? symbols, out ObjectFileError? error)) throw new ObjectFileException(error);
            return ObjectRewriter.Rewrite(file, symbols, name, context, refusals);
        }
        catch (ObjectFileException exception)
        {
            bag.ReportDamagedObject(location, exception.Error);
            return null;
        }
    }

    /// <summary>The objects of a file with their names for messages.</summary>
    private IEnumerable<(string Path, string Name, ReadOnlyMemory<byte> Content)> Read(string path, BoundInput input)
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(directory, path));
        if (input.Kind != InputKind.Archive) return [(path, objects[path].FirstOrDefault()?.DisplayName ?? path, bytes)];
        ArchiveFile archive = ArchiveFile.Read(bytes, path);
        string folder = Path.GetDirectoryName(Path.Combine(directory, path))!;
        return archive.Members
            .Select(m => (Path: m.Name, Name: m.QualifiedName, Content: archive.IsThin ? File.ReadAllBytes(Path.Combine(folder, m.Name)) : m.Data))
            .Where(m => ObjectFileKinds.Detect(m.Content.Span) == ObjectFileKind.Elf);
    }

    private IEnumerable<ObjectFacts> Write(string path, byte[] bytes, string origin, BoundInput input, List<string> files)
    {
        OutputFile.WriteIfChanged(Path.Combine(directory, path), bytes);
        files.Add(path);
        FileMeasurement measured = FileMeasurement.Read(directory, path, input.Kind == InputKind.Archive, false, input.Location, read: null);
        bag.AddRange(measured.Diagnostics);
        return measured.Objects.Select(o => o with { Origin = origin });
    }

    /// <summary>One message for all references of an object that have one reason.</summary>
    private void Report(List<RewriteRefusal> refusals, BoundLibrary library)
    {
        foreach (var group in refusals.GroupBy(r => (r.Object, r.Reason, r.Hint))) bag.ReportNotRewritable(library.Location, library.Name, group.First(), group.Count() - 1);
    }
}
