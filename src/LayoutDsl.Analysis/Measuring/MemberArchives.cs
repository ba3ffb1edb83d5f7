using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Analysis.Diagnostics;
using LayoutDsl.Analysis.Resolution;
using LayoutDsl.Diagnostics;
using LayoutDsl.Emit;
using LayoutDsl.Facts;
using LayoutDsl.Model;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Text;

namespace LayoutDsl.Analysis.Measuring;

/// <summary>The archives that a layout takes members out of, and the names of the files that the members become.</summary>
internal sealed class MemberArchives
{
    private const int NameLimit = 100;

    private readonly Dictionary<LinkArchive, string> folders = new();

    private MemberArchives(IReadOnlyList<Input> inputs)
    {
        Inputs = inputs;
        All = inputs.SelectMany(i => i.Archives).Distinct().ToArray();
        foreach (var group in All.GroupBy(a => Clean(a.Path), StringComparer.Ordinal))
        {
            bool isAlone = group.Count() == 1;
            foreach (LinkArchive archive in group) folders.Add(archive, isAlone ? group.Key : group.Key + "-" + ContentId.Of(archive.Path).Substring(0, 8));
        }
    }

    /// <summary>One pattern.</summary>
    /// <param name="Pattern">The pattern.</param>
    /// <param name="Location">Where the layout has it first.</param>
    /// <param name="HasFiles">Whether any file matches.</param>
    /// <param name="Archives">The archives, with those that linker scripts name.</param>
    public sealed record Input(string Pattern, SourceLocation Location, bool HasFiles, IReadOnlyList<LinkArchive> Archives);

    /// <summary>The patterns, in the order that was given.</summary>
    public IReadOnlyList<Input> Inputs { get; }

    /// <summary>All archives, each once.</summary>
    public IReadOnlyList<LinkArchive> All { get; }

    /// <summary>Opens the archives of those inputs that are of the kind <see cref="InputKind.Members"/>.</summary>
    public static MemberArchives Open(LinkFiles files, IEnumerable<(InputFacts Facts, SourceLocation Location)> inputs, DiagnosticBag bag)
    {
        var found = new List<Input>();
        foreach ((InputFacts facts, SourceLocation location) in inputs.Where(i => i.Facts.Kind == InputKind.Members))
        {
            var archives = new List<LinkArchive>();
            foreach (string file in facts.Files) Open(files, file, location, archives, bag);
            found.Add(new Input(facts.Pattern, location, facts.Files.Count > 0, archives.Distinct().ToArray()));
        }

        return new MemberArchives(found);
    }

    /// <summary>The path of a member's file in the folder for members: <c>libc.a/0123-printf.o</c>. Members of one name have different numbers.</summary>
    public string GetPath(LinkArchive archive, int member) =>
        FormattableString.Invariant($"{folders[archive]}/{member:D4}-{Clean(archive.File.Members[member].Name)}");

    private static void Open(LinkFiles files, string file, SourceLocation location, List<LinkArchive> archives, DiagnosticBag bag)
    {
        if (!files.TryOpen(file, out IReadOnlyList<LinkInput>? inputs, out ObjectFileError? error))
        {
            bag.ReportDamagedObject(location, error);
            return;
        }

        if (!Collect(inputs)) bag.ReportNotAnInput(location, file, "is or names an object file", $"write 'objects \"{file}\";'");

        bool Collect(IEnumerable<LinkInput> some)
        {
            foreach (LinkInput input in some)
            {
                if (input is ArchiveInput archive) archives.Add(archive.Archive);
                else if (input is not GroupInput group || !Collect(group.Inputs)) return false;
            }

            return true;
        }
    }

    /// <summary>A file name without anything that a linker script, a command line or a file system could take for something else.</summary>
    private static string Clean(string path)
    {
        string name = LayoutPath.GetFileName(path.Replace('\\', '/'));
        char[] clean = name.Select(c => c is > ' ' and < '\u007f' && ScriptNames.IsValidPath("x" + c) ? c : '_').ToArray();
        return new string(clean, 0, Math.Min(clean.Length, NameLimit));
    }
}
