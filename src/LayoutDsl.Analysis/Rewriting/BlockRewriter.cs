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
    private const string TableName = "__layout_table.o";

    private readonly BoundLayout layout;
    private readonly string directory;
    private readonly string blockDirectory;
    private readonly DiagnosticBag bag;
    private readonly BlockBoundaries boundaries;
    private readonly ILookup<string, ObjectFacts> objects;

    private BlockRewriter(BoundLayout layout, FactsFile facts, string directory, string blockDirectory, DiagnosticBag bag)
    {
        this.layout = layout;
        this.directory = directory;
        this.blockDirectory = blockDirectory;
        this.bag = bag;
        boundaries = new BlockBoundaries(layout, facts);
        objects = facts.Objects.ToLookup(o => o.Path, StringComparer.Ordinal);
    }

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
        var own = new HashSet<string>(layout.Images.SelectMany(i => i.Members.SelectMany(m => i.Inputs.Select(n => n.Expand(m)))), StringComparer.Ordinal);
        var owners = new Dictionary<(string, InputKind), string>();
        var rewritten = new List<ObjectFacts>();
        foreach (BoundLibrary library in layout.Libraries.Where(l => layout.Images.Any(i => i.Libraries.Contains(l.Name))))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (BoundInput input in library.Inputs)
            {
                string? other = owners.TryGetValue((input.Pattern, input.Kind), out string? owner) ? $"the library '{owner}'" : own.Contains(input.Pattern) ? "an image" : null;
                if (other is not null) bag.ReportSharedInput(input.Location, input.Pattern, library.Name, other);
                owners[(input.Pattern, input.Kind)] = library.Name;
            }

            if (!bag.HasErrors) rewritten.AddRange(Rewrite(library, inputs));
        }

        var files = new HashSet<string>(owners.Keys.SelectMany(k => facts.Inputs.Where(i => (i.Pattern, i.Kind) == k)).SelectMany(i => i.Files), StringComparer.Ordinal);
        return new FactsFile(
            facts.Inputs.Select(i => inputs[(i.Pattern, i.Kind)]).ToEquatableArray(),
            facts.Objects.Where(o => !files.Contains(o.Path)).Concat(rewritten).OrderBy(o => o.Path, StringComparer.Ordinal).ToEquatableArray()) { Missing = facts.Missing };
    }

    /// <summary>Rewrites one library, and notes its new files in the inputs.</summary>
    private IReadOnlyList<ObjectFacts> Rewrite(BoundLibrary library, Dictionary<(string, InputKind), InputFacts> inputs)
    {
        var table = new BlockTable(library.Name, boundaries.IsRelro(BlockTable.RelroWordSection) ? BlockTable.RelroWordSection : BlockTable.ReadOnlyWordSection);
        var context = new RewriteContext(library.Name, boundaries, layout.Aslr!.Fixed.Contains(library.Name), table);
        var refusals = new List<RewriteRefusal>();
        var found = new List<ObjectFacts>();
        string folder = LayoutPath.Combine(blockDirectory, library.Name);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.Ordinal) { TableName };
        BoundInput last = library.Inputs.Last(i => inputs.ContainsKey((i.Pattern, i.Kind)));
        foreach (BoundInput input in library.Inputs)
        {
            if (!inputs.TryGetValue((input.Pattern, input.Kind), out InputFacts? known)) continue;
            var files = new List<string>();
            var members = new List<ElfFile>();
            foreach ((string path, string name, ReadOnlyMemory<byte> content) in known.Files.Where(seen.Add).SelectMany(f => Read(f, input)))
            {
                if (Rewrite(content, name, context, input.Location, refusals) is not { } bytes) continue;
                if (input.Kind == InputKind.Archive) members.Add(ElfFile.Read(bytes, name));
                else found.AddRange(Write(LayoutPath.Combine(folder, Name(path)), bytes, name, input, files));
            }

            bool hasTable = ReferenceEquals(input, last) && !table.IsEmpty;
            if (input.Kind != InputKind.Archive && hasTable) found.AddRange(Write(LayoutPath.Combine(folder, TableName), table.Write(), "", input, files));
            if (input.Kind == InputKind.Archive)
            {
                if (hasTable) members.Add(ElfFile.Read(table.Write(), TableName));
                found.AddRange(Write(LayoutPath.Combine(folder, FormattableString.Invariant($"{found.Count:D4}.a")), ArchiveWriter.Write(members), "", input, files));
            }

            inputs[(input.Pattern, input.Kind)] = known with { Files = files.ToEquatableArray() };
        }

        Report(refusals, library);
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
