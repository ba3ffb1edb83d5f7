using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using LayoutDsl.Analysis.Diagnostics;
using LayoutDsl.Analysis.Resolution;
using LayoutDsl.Diagnostics;
using LayoutDsl.Facts;
using LayoutDsl.Model;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Text;

namespace LayoutDsl.Analysis.Measuring;

/// <summary>The members of archives that a fleet needs.</summary>
/// <param name="Inputs">The patterns of archives, with the files that their members become.</param>
/// <param name="Objects">The members.</param>
/// <param name="Missing">What <see cref="FactsFile.Missing"/> says.</param>
internal sealed record MemberMeasurement(IReadOnlyList<InputFacts> Inputs, IReadOnlyList<ObjectFacts> Objects, IReadOnlyList<string> Missing)
{
    /// <summary>Finds and measures them.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="directory">Folder that its paths are relative to.</param>
    /// <param name="memberDirectory">Folder of the files that the members become.</param>
    /// <param name="inputs">All inputs of the layout with the files that they name.</param>
    /// <param name="read">Told of every file that is read; may be null.</param>
    /// <param name="bag">Takes the mistakes.</param>
    public static MemberMeasurement Measure(
        BoundLayout layout, string directory, string memberDirectory, IReadOnlyList<(InputFacts Facts, SourceLocation Location)> inputs, ReadFiles? read, DiagnosticBag bag)
    {
        var source = new LinkFileSource(directory, read);
        MemberArchives archives = MemberArchives.Open(source.Files, inputs, bag);
        if (archives.Inputs.Count == 0 || bag.HasErrors)
        {
            source.Report(inputs[0].Location, bag);
            return new MemberMeasurement([], [], []);
        }

        UnionResult union = ArchiveUnion.Compute(source.Files, new FleetImages(layout, source.Files, inputs, archives).Find());
        if (source.Report(archives.Inputs[0].Location, bag)) return new MemberMeasurement([], [], []);
        ReportErrors(union, archives, inputs, bag);
        IReadOnlyList<string> missing = union.FindMissing();
        UnionReport.Report(union, missing, archives, bag);
        return Describe(union, missing, archives, memberDirectory, bag);
    }

    private static MemberMeasurement Describe(UnionResult union, IReadOnlyList<string> missing, MemberArchives archives, string memberDirectory, DiagnosticBag bag)
    {
        Dictionary<LinkArchive, UnionArchive> found = union.Archives.ToDictionary(a => a.Archive);
        var inputs = new List<InputFacts>();
        var members = new Dictionary<string, (LinkObject Object, SourceLocation Location)>(StringComparer.Ordinal);
        foreach (MemberArchives.Input input in archives.Inputs.Where(i => i.HasFiles))
        {
            var paths = new List<string>();
            var needs = new List<int>();
            foreach (LinkArchive archive in input.Archives.Where(found.ContainsKey))
            {
                foreach (UnionMember member in found[archive].Members)
                {
                    string path = LayoutPath.Combine(memberDirectory, archives.GetPath(archive, member.Index));
                    paths.Add(path);
                    needs.Add(member.Users);
                    members[path] = (archive.Member(member.Index), input.Location);
                }
            }

            inputs.Add(new InputFacts(input.Pattern, InputKind.Members, paths.ToEquatableArray()) { Needs = needs.ToEquatableArray() });
        }

        string[] order = members.Keys.OrderBy(p => p, StringComparer.Ordinal).ToArray();
        var objects = new ObjectFacts?[order.Length];
        Parallel.For(0, order.Length, i =>
        {
            (LinkObject item, SourceLocation location) = members[order[i]];
            var own = new DiagnosticBag();
            string origin = $"{LayoutPath.GetFileName(item.Path)}({LayoutPath.GetFileName(item.Member!)})";
            objects[i] = FileMeasurement.Describe(item.File, item.Symbols, order[i], null, origin, false, location, own);
            lock (bag) bag.AddRange(own.ToSortedArray());
        });
        return new MemberMeasurement(inputs, objects.OfType<ObjectFacts>().ToArray(), missing);
    }

    /// <summary>Each error once, at the input that brings the file. Whole archives may hold other files than objects, which are not linked.</summary>
    private static void ReportErrors(
        UnionResult union, MemberArchives archives, IReadOnlyList<(InputFacts Facts, SourceLocation Location)> inputs, DiagnosticBag bag)
    {
        var locations = new Dictionary<string, SourceLocation>(StringComparer.Ordinal);
        foreach ((InputFacts facts, SourceLocation location) in inputs)
        {
            foreach (string file in facts.Files) locations[file] = location;
        }

        foreach (MemberArchives.Input input in archives.Inputs)
        {
            foreach (LinkArchive archive in input.Archives) locations[archive.Path] = input.Location;
        }

        var taken = new HashSet<string>(archives.All.Select(a => a.Path), StringComparer.Ordinal);
        foreach (ObjectFileError error in union.Images.SelectMany(i => i.Own.Errors.Concat(i.Resolution.Errors)).Distinct())
        {
            bool isFile = locations.ContainsKey(error.File);
            string file = isFile ? error.File : locations.Keys.FirstOrDefault(f => error.File.StartsWith(f + "(", StringComparison.Ordinal)) ?? "";
            if (error.Code == ObjectFileErrorCode.NotElf && !isFile && !taken.Contains(file)) continue;
            bag.ReportDamagedObject(locations.TryGetValue(file, out SourceLocation? location) ? location : archives.Inputs[0].Location, error);
        }
    }
}
