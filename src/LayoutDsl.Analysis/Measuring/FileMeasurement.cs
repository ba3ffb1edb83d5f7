using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LayoutDsl.Analysis.Diagnostics;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Diagnostics;
using LayoutDsl.Facts;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Text;

namespace LayoutDsl.Analysis.Measuring;

/// <summary>What one object file or archive holds.</summary>
internal sealed record FileMeasurement(IReadOnlyList<ObjectFacts> Objects, IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <summary>Reads a file. Everything that is wrong with it is a diagnostic.</summary>
    /// <param name="directory">Folder that the path is relative to.</param>
    /// <param name="path">The file.</param>
    /// <param name="isArchive">Whether the layout takes it for an archive.</param>
    /// <param name="withIdentities">Whether its sections are compared with those of other builds.</param>
    /// <param name="location">The input that names it.</param>
    /// <param name="read">Told of every file that is read; may be null.</param>
    public static FileMeasurement Read(string directory, string path, bool isArchive, bool withIdentities, SourceLocation location, ReadFiles? read)
    {
        var bag = new DiagnosticBag();
        var objects = new List<ObjectFacts>();
        try
        {
            string real = Path.Combine(directory, path);
            using FileContent content = FileContent.Read(real);
            ReadOnlyMemory<byte> bytes = content.Bytes;
            read?.Add(path, bytes.Span);
            ObjectFileKind kind = ObjectFileKinds.Detect(bytes.Span);
            bool foundArchive = kind is ObjectFileKind.Archive or ObjectFileKind.ThinArchive;
            if (kind == ObjectFileKind.Unknown) bag.ReportNotAnInput(location, path, "is neither an ELF file nor an archive", "is the pattern right?");
            else if (foundArchive != isArchive)
            {
                string what = foundArchive ? "is an archive" : "is an object file";
                bag.ReportNotAnInput(location, path, what, foundArchive ? $"write 'archive \"{path}\";'" : $"write 'objects \"{path}\";'");
            }
            else if (isArchive) ReadArchive(bytes, path, Path.GetDirectoryName(real)!, withIdentities, location, read, objects, bag);
            else if (ReadObject(bytes, path, null, path, withIdentities, location, bag) is { } facts) objects.Add(facts);
        }
        catch (Exception exception) when (OutputFile.IsFileProblem(exception))
        {
            bag.ReportFileAccess(location, path, exception.Message);
        }

        return new FileMeasurement(objects, bag.ToSortedArray().ToArray());
    }

    private static void ReadArchive(ReadOnlyMemory<byte> bytes, string path, string folder, bool withIdentities, SourceLocation location, ReadFiles? read, List<ObjectFacts> objects, DiagnosticBag bag)
    {
        if (!ArchiveFile.TryRead(bytes, path, out ArchiveFile? archive, out ObjectFileError? error))
        {
            bag.ReportDamagedObject(location, error!);
            return;
        }

        foreach (ArchiveMember member in archive!.Members)
        {
            ReadOnlyMemory<byte> data = archive.IsThin ? File.ReadAllBytes(Path.Combine(folder, member.Name)) : member.Data;

            // GNU ld knows a member of a thin archive by the path of its file, not by its name.
            string name = archive.IsThin ? LayoutPath.Combine(LayoutPath.GetDirectory(path), member.Name) : member.Name;
            if (archive.IsThin) read?.Add(name, data.Span);

            // Archives may hold other files (a table of contents, a README): the linker skips them too.
            if (ObjectFileKinds.Detect(data.Span) != ObjectFileKind.Elf) continue;
            if (ReadObject(data, path, name, member.QualifiedName, withIdentities, location, bag) is { } facts) objects.Add(facts);
        }
    }

    private static ObjectFacts? ReadObject(ReadOnlyMemory<byte> bytes, string path, string? member, string name, bool withIdentities, SourceLocation location, DiagnosticBag bag)
    {
        if (!ElfFile.TryRead(bytes, name, out ElfFile? elf, out ObjectFileError? error) || !elf!.TryReadSymbols(out IReadOnlyList<ElfSymbol>? symbols, out error))
        {
            bag.ReportDamagedObject(location, error!);
            return null;
        }

        if (elf.Type != ElfFileType.Relocatable)
        {
            bag.ReportNotAnInput(location, name, "is linked already", "name relocatable objects (gcc -c, ld -r)");
            return null;
        }

        return Describe(elf, symbols!, path, member, "", withIdentities, location, bag);
    }

    /// <summary>What the facts say of an object; null after a diagnostic.</summary>
    /// <param name="elf">The object.</param>
    /// <param name="symbols">Its symbols.</param>
    /// <param name="path">Path of its file or archive.</param>
    /// <param name="member">Its name in the archive, or null.</param>
    /// <param name="origin">Where its file was taken out of, or empty.</param>
    /// <param name="withIdentities">Whether its sections are compared with those of other builds.</param>
    /// <param name="location">The input that names it.</param>
    /// <param name="bag">Takes the mistakes.</param>
    public static ObjectFacts? Describe(
        ElfFile elf, IReadOnlyList<ElfSymbol> symbols, string path, string? member, string origin, bool withIdentities, SourceLocation location, DiagnosticBag bag)
    {
        ElfSymbol[] all = symbols as ElfSymbol[] ?? symbols.ToArray();
        if (!SymbolMeasurement.TryFind(elf, all, out SymbolFacts? found, out ObjectFileError? error))
        {
            bag.ReportDamagedObject(location, error);
            return null;
        }

        SectionIdentity? identity = withIdentities ? new SectionIdentity(elf, symbols) : null;
        var sections = new List<SectionFacts>();
        foreach (ElfSection section in elf.Sections)
        {
            if (!section.IsAllocated) continue;
            string name = SymbolNames.Get(section.NameBytes);
            sections.Add(new SectionFacts(name, (uint)section.Type, (ulong)section.Flags, section.Size, Math.Max(section.Alignment, 1), identity?.Of(section) ?? ""));
        }

        var facts = new ObjectFacts(
            path,
            member,
            (int)elf.Machine,
            ContentId.Of(elf.Data.Span),
            sections.ToEquatableArray(),
            FindCommons(all),
            FindIndirectFunctions(all),
            origin,
            found);
        return CheckAlignments(facts, elf.Name, location, bag) ? facts : null;
    }

    private static EquatableArray<CommonFacts> FindCommons(ElfSymbol[] symbols)
    {
        // Nearly no object has any.
        List<CommonFacts>? found = null;
        foreach (ref readonly ElfSymbol symbol in new ReadOnlySpan<ElfSymbol>(symbols))
        {
            if (symbol.IsCommon) (found ??= []).Add(new CommonFacts(symbol.Name, symbol.Size, Math.Max(symbol.Value, 1)));
        }

        return found?.ToEquatableArray() ?? default;
    }

    /// <summary>Functions at one place have one resolver, whatever their names.</summary>
    private static EquatableArray<IndirectFunctionFacts> FindIndirectFunctions(ElfSymbol[] symbols)
    {
        // Nearly no object has such functions.
        List<IndirectFunctionFacts>? found = null;
        Dictionary<(int Section, ulong Value), int>? resolvers = null;
        foreach (ref readonly ElfSymbol symbol in new ReadOnlySpan<ElfSymbol>(symbols))
        {
            if (symbol.Type != ElfSymbolType.GnuIndirectFunction || symbol.Binding == ElfSymbolBinding.Local || !symbol.IsDefinedInSection) continue;
            resolvers ??= new Dictionary<(int Section, ulong Value), int>();
            if (!resolvers.TryGetValue((symbol.SectionIndex, symbol.Value), out int resolver))
            {
                resolvers.Add((symbol.SectionIndex, symbol.Value), resolver = resolvers.Count);
            }

            (found ??= []).Add(new IndirectFunctionFacts(symbol.Name, resolver));
        }

        return found?.ToEquatableArray() ?? default;
    }

    private static bool CheckAlignments(ObjectFacts facts, string name, SourceLocation location, DiagnosticBag bag)
    {
        string? odd = null;
        foreach (SectionFacts section in facts.Sections) odd ??= Alignment.IsPowerOfTwo(section.Alignment) ? null : section.Name;
        foreach (CommonFacts common in facts.Commons) odd ??= Alignment.IsPowerOfTwo(common.Alignment) ? null : common.Name;
        if (odd is null) return true;
        bag.ReportDamagedObject(location, new ObjectFileError(ObjectFileErrorCode.BadHeader, name, 0, $"the alignment of '{odd}' is not a power of two"));
        return false;
    }
}
