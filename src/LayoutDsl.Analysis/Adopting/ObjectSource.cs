using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using LayoutDsl.Analysis.Diagnostics;
using LayoutDsl.Analysis.Measuring;
using LayoutDsl.Diagnostics;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Adopting;

/// <summary>
/// Gives the objects behind what a link took: a member of an archive, and of an object that the build made of others (<c>ld -r</c>, then <c>objcopy</c>) those others, whose
/// symbols are seen as that object let them be seen.
/// </summary>
internal sealed class ObjectSource
{
    private const int DeepestChain = 16;

    private readonly Capture capture;
    private readonly DiagnosticBag bag;
    private readonly CancellationToken cancellation;
    private readonly Dictionary<string, byte[]> contents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ArchiveFile> archives = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Id, string Scope), IReadOnlyList<AdoptedObject>> expanded = new();

    public ObjectSource(Capture capture, DiagnosticBag bag, CancellationToken cancellation)
    {
        this.capture = capture;
        this.bag = bag;
        this.cancellation = cancellation;
    }

    /// <summary>The objects behind an item; none after a diagnostic.</summary>
    /// <param name="item">What the link took.</param>
    /// <param name="scope">What makes names that are not seen elsewhere different from those of others: the library's name.</param>
    public IReadOnlyList<AdoptedObject> GetObjects(LinkReplay.Item item, string scope)
    {
        if (Read(item) is not { } whole) return Array.Empty<AdoptedObject>();
        if (expanded.TryGetValue((whole.Id, scope), out IReadOnlyList<AdoptedObject>? known)) return known;
        IReadOnlyList<AdoptedObject> objects = FindRelocatable(whole.Id, 0) is { } run ? Expand(run, whole, scope) : new[] { whole };
        return expanded[(whole.Id, scope)] = objects;
    }

    /// <summary>Whether an item was made of other objects.</summary>
    public bool IsRelocatable(LinkReplay.Item item) => Read(item) is { } whole && FindRelocatable(whole.Id, 0) is not null;

    private AdoptedObject? Read(LinkReplay.Item item)
    {
        if (item.Member is null)
        {
            byte[] bytes = ReadFile(item.File.Copy);
            return new AdoptedObject(item.File.FullPath, bytes, capture.GetId(item.File));
        }

        if (!archives.TryGetValue(item.File.Copy, out ArchiveFile? archive))
        {
            if (!ArchiveFile.TryRead(ReadFile(item.File.Copy), item.File.Name, out archive, out ObjectFileError? error))
            {
                bag.ReportDamagedObject(Text.SourceLocation.OfFile(item.File.FullPath), error!);
                return null;
            }

            archives.Add(item.File.Copy, archive!);
        }

        ArchiveMember? member = archive!.Members.Where(m => m.Name == item.Member).Skip(item.Occurrence).FirstOrDefault();
        if (member is null || archive.IsThin)
        {
            bag.ReportNotAdopted(item.File.FullPath, archive.IsThin ? "is a thin archive" : $"has no member '{item.Member}'", "give the linker an archive with its members in it (ar without 'T')");
            return null;
        }

        byte[] data = member.Data.ToArray();
        return new AdoptedObject(item.File.FullPath + "/" + member.Name, data, ContentId.Of(data));
    }

    private byte[] ReadFile(string copy)
    {
        if (!contents.TryGetValue(copy, out byte[]? bytes)) contents.Add(copy, bytes = File.ReadAllBytes(copy));
        return bytes;
    }

    /// <summary>The relocatable link that a content comes from, perhaps through other tools.</summary>
    private CapturedRun? FindRelocatable(string id, int depth)
    {
        if (depth > DeepestChain || capture.FindProducer(id) is not { } run) return null;
        if (run.IsLink) return LinkerArguments.Of(run).IsRelocatable ? run : null;
        return run.Inputs.Select(capture.GetId).Where(i => i != id).Select(i => FindRelocatable(i, depth + 1)).FirstOrDefault(r => r is not null);
    }

    private IReadOnlyList<AdoptedObject> Expand(CapturedRun run, AdoptedObject whole, string scope)
    {
        if (LinkReplay.Find(run, LinkerArguments.Of(run), cancellation, out string problem) is not { } items)
        {
            bag.ReportNotSeenThrough(whole.Path, problem);
            return new[] { whole };
        }

        var parts = new List<AdoptedObject>();
        foreach (LinkReplay.Item item in items)
        {
            string inner = IsRelocatable(item) ? scope + "." + Path.GetFileNameWithoutExtension(item.File.Name) : scope;
            parts.AddRange(GetObjects(item, inner));
        }

        IReadOnlyList<AdoptedObject>? seen = RelocatableParts.Separate(whole, parts, scope, out problem);
        if (seen is null) bag.ReportNotSeenThrough(whole.Path, problem);
        return seen ?? new[] { whole };
    }
}
