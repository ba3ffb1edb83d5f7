using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Facts;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Resolution;

/// <summary>
/// The order in which the members of an archive are linked: those that more images need first. So what an image does not need is on pages of its own, and what all write to is on the first pages of the data. Members count as
/// equally needed when the shares of images are within an eighth of each other, since in a large fleet an order by numbers would be another one after every new image.
/// </summary>
/// <param name="archive">The archive.</param>
/// <param name="images">How many images have it.</param>
/// <param name="needs">Which of them need a member by themselves.</param>
internal sealed class MemberOrder(LinkArchive archive, int images, IReadOnlyDictionary<int, List<int>> needs) : IComparer<int>
{
    private const int Steps = 8;

    private readonly Dictionary<int, int> users = [];

    /// <summary>Compares members by their index in the archive.</summary>
    public int Compare(int x, int y)
    {
        int byNeed = RankOf(x).CompareTo(RankOf(y));
        return byNeed != 0 ? byNeed : x.CompareTo(y);
    }

    /// <summary>How many images need a member; all that have it when it runs at their start.</summary>
    public int CountUsers(int member)
    {
        if (users.TryGetValue(member, out int known)) return known;
        int count = needs.TryGetValue(member, out List<int>? own) ? own.Count : 0;
        if (archive.Member(member).TryRead(out ObjectContent? content, out _) && RunsAtStart(content)) count = images;
        users.Add(member, count);
        return count;
    }

    /// <summary>The higher, the fewer images need the member: eight steps for each power of two between the number of images and that of those that need it.</summary>
    private int RankOf(int member)
    {
        long most = CountUsers(member);
        if (most == 0) return int.MaxValue;
        int rank = 0;
        for (; most * 2 <= images; most *= 2) rank += Steps;
        return rank + (int)((images - most) * Steps / most);
    }

    /// <summary>Whether each image that has the member runs something of it when it starts: a constructor, or a function that chooses another.</summary>
    private static bool RunsAtStart(ObjectContent content) =>
        content.File.Sections.Any(s => SectionFacts.IsFunctionArray((uint)s.Type)) || content.Symbols.Any(s => s.IsDefinedInSection && s.Type == ElfSymbolType.GnuIndirectFunction);
}
