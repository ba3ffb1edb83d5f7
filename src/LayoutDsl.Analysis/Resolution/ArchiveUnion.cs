using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace LayoutDsl.Analysis.Resolution;

/// <summary>
/// Finds for each archive the members that any image of a fleet needs, and gives them to every image that has the archive, so that the
/// archive contributes the same to all of them. Members need other members, perhaps of other archives, so this is repeated until
/// nothing is added; sets only grow, so it ends.
/// </summary>
public static class ArchiveUnion
{
    /// <summary>Computes the union. Deterministic; images are resolved in parallel.</summary>
    /// <param name="files">The files that all inputs came from.</param>
    /// <param name="images">The fleet.</param>
    public static UnionResult Compute(LinkFiles files, IReadOnlyList<FleetImage> images)
    {
        if (images is null) throw new ArgumentNullException(nameof(images));
        LinkArchive[][] archives = images.Select(i => Archives(i.Inputs).Distinct().ToArray()).ToArray();
        LinkResolution[] own = Resolve(images, i => images[i].Inputs, _ => true, new LinkResolution[images.Count]);
        Dictionary<LinkArchive, Dictionary<int, List<int>>> needs = FindNeeds(own, archives);
        var orders = needs.ToDictionary(n => n.Key, n => new MemberOrder(n.Key, archives.Count(a => a.Contains(n.Key)), n.Value));
        var members = orders.ToDictionary(o => o.Key, o => new SortedSet<int>(o.Value));
        LinkResolution[] union = own;

        // How many members an image was last linked with; at first each is linked once in the order of the union, whatever it needs.
        int[] linkedWith = Enumerable.Repeat(-1, images.Count).ToArray();
        while (true)
        {
            foreach (LinkResolution resolution in union) AddMembers(resolution, members);
            int[] wanted = archives.Select(a => a.Sum(archive => members[archive].Count)).ToArray();
            if (wanted.SequenceEqual(linkedWith)) break;
            int[] before = linkedWith;
            union = Resolve(images, i => new ForcedInputs(members).Rewrite(images[i].Inputs), i => wanted[i] != before[i], union);
            linkedWith = wanted;
        }

        return new UnionResult(Describe(archives, members, needs, orders), images.Select((image, i) => Compare(image.Name, own[i], union[i])).ToArray());

        LinkResolution[] Resolve(IReadOnlyList<FleetImage> fleet, Func<int, IReadOnlyList<LinkInput>> inputs, Func<int, bool> isStale, LinkResolution[] old)
        {
            var result = (LinkResolution[])old.Clone();
            Parallel.For(0, result.Length, i =>
            {
                if (isStale(i)) result[i] = SymbolResolver.Resolve(files, inputs(i), fleet[i].Options);
            });
            return result;
        }
    }

    private static IEnumerable<LinkArchive> Archives(IEnumerable<LinkInput> inputs) => inputs.SelectMany(input => input switch
    {
        ArchiveInput archive => [archive.Archive],
        GroupInput group => Archives(group.Inputs),
        _ => Enumerable.Empty<LinkArchive>(),
    });

    private static void AddMembers(LinkResolution resolution, Dictionary<LinkArchive, SortedSet<int>> members)
    {
        foreach (LinkedObject item in resolution.Objects)
        {
            if (item.Object.Archive is { } archive) members[archive].Add(item.Object.MemberIndex);
        }
    }

    /// <summary>Which images need which members by themselves.</summary>
    private static Dictionary<LinkArchive, Dictionary<int, List<int>>> FindNeeds(LinkResolution[] own, LinkArchive[][] archives)
    {
        var needs = archives.SelectMany(a => a).Distinct().ToDictionary(a => a, _ => new Dictionary<int, List<int>>());
        for (int i = 0; i < own.Length; i++)
        {
            foreach (LinkedObject item in own[i].Objects)
            {
                if (item.Object.Archive is not { } archive) continue;
                if (!needs[archive].TryGetValue(item.Object.MemberIndex, out List<int>? images)) needs[archive].Add(item.Object.MemberIndex, images = []);
                if (images.Count == 0 || images[images.Count - 1] != i) images.Add(i);
            }
        }

        return needs;
    }

    private static UnionArchive[] Describe(
        LinkArchive[][] archives, Dictionary<LinkArchive, SortedSet<int>> members, Dictionary<LinkArchive, Dictionary<int, List<int>>> needs, Dictionary<LinkArchive, MemberOrder> orders) => needs
            .Select(n => new UnionArchive(
                n.Key,
                Enumerable.Range(0, archives.Length).Where(i => archives[i].Contains(n.Key)).ToArray(),
                members[n.Key].Select(m => new UnionMember(m, n.Value.TryGetValue(m, out List<int>? images) ? images : [], orders[n.Key].CountUsers(m))).ToArray()))
            .ToArray();

    private static UnionImage Compare(string name, LinkResolution own, LinkResolution union) => new(
        name,
        own,
        union,
        union.UndefinedReferences.Where(u => u.IsUsed && own.Find(u.Object.Object) is null).ToArray(),
        union.MultipleDefinitions.Where(m => own.Find(m.First.Object) is null || own.Find(m.Other.Object) is null).ToArray(),
        own.ChangesTo(union).ToArray());
}
