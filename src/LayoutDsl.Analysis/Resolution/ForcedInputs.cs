using System.Collections.Generic;
using System.Linq;

namespace LayoutDsl.Analysis.Resolution;

/// <summary>Rewrites the inputs of an image so that given members are linked where their archive stands first.</summary>
internal sealed class ForcedInputs(IReadOnlyDictionary<LinkArchive, SortedSet<int>> members)
{
    private readonly HashSet<LinkArchive> done = [];

    public IReadOnlyList<LinkInput> Rewrite(IReadOnlyList<LinkInput> inputs) => inputs.Select(Rewrite).ToArray();

    private LinkInput Rewrite(LinkInput input) => input switch
    {
        ArchiveInput { Whole: false } archive when done.Add(archive.Archive) => archive with { Forced = [.. members[archive.Archive]] },
        GroupInput group => new GroupInput(Rewrite(group.Inputs)),
        _ => input,
    };
}
