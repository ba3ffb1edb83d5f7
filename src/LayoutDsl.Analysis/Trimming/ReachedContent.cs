using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Analysis.Predicting;
using LayoutDsl.Analysis.Resolution;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Text;

namespace LayoutDsl.Analysis.Trimming;

/// <summary>
/// What an image can reach of the members of archives that it has. The unit is the member, as for the linker: who refers to a member has all of it, and all that it refers to. Everything else is there in
/// any case: the image's own objects and those that libraries name, tables, and what the script names.
/// </summary>
internal sealed class ReachedContent
{
    private readonly ImageLayout layout;
    private readonly LinkedObject? anchor;
    private readonly ulong page;
    private readonly HashSet<LinkedObject> reached = [];
    private readonly Queue<LinkedObject> open = new();
    private readonly HashSet<string> symbols = new(StringComparer.Ordinal);
    private readonly HashSet<(ulong First, ulong End)> choosers = [];
    private readonly Dictionary<ModelSection, (int First, int Last)> walked = [];
    private readonly ILookup<string, (ScriptAssignment Assignment, ModelSection? Section)> assignments;

    private ReachedContent(ImageLayout layout, LinkedObject? anchor, ulong page)
    {
        this.layout = layout;
        this.anchor = anchor;
        this.page = page;
        IEnumerable<(ScriptAssignment, ModelSection?)> outside = layout.Script.Statements.OfType<ScriptAssignment>().Select(a => (a, (ModelSection?)null));
        IEnumerable<(ScriptAssignment, ModelSection?)> inside = layout.Sections.SelectMany(s => s.Script.Content.OfType<ScriptAssignment>().Select(a => (a, (ModelSection?)s)));
        assignments = outside.Concat(inside).ToLookup(a => a.Item1.Name, StringComparer.Ordinal);
    }

    /// <summary>Follows the references of an image.</summary>
    /// <param name="layout">The image.</param>
    /// <param name="members">The paths of the members of archives.</param>
    /// <param name="anchor">The object that names all that is in the global offset table, in one order, and so needs none of it; null when there is none.</param>
    /// <param name="kept">The input sections that are looked for without a symbol, such as notes.</param>
    /// <param name="page">Bytes of a page.</param>
    public static ReachedContent Find(ImageLayout layout, ISet<string> members, LinkedObject? anchor, IEnumerable<PlacedSection> kept, ulong page)
    {
        var content = new ReachedContent(layout, anchor, page);
        foreach (LinkedObject linked in layout.Resolution.Objects.Where(o => !members.Contains(o.Object.Path))) content.Reach(linked);
        if (layout.Script.Entry.Length > 0) content.ReachName(layout.Script.Entry);
        content.ReachAll(kept);

        // Chosen functions have a row in a table in every image that has their library, so they are chosen in it whether they are called or not.
        foreach ((_, _, ScriptData data) in layout.Data)
        {
            foreach (string name in NamesIn(data.Value))
            {
                if (layout.Find(name) is { IsIndirectFunction: true } symbol) content.ReachChooser(symbol);
                else content.ReachName(name);
            }
        }

        content.FollowAll();
        return content;
    }

    /// <summary>The ranges of memory that are reached.</summary>
    public IEnumerable<(ulong First, ulong End)> Ranges => layout.Inputs
        .Where(i => reached.Contains(i.Object))
        .SelectMany(i => i.Merged is { } merged ? merged.FindAll().Select(e => (e.Address, e.Address + e.Size)) : [(i.Address, i.Address + i.Size)])
        .Concat(choosers);

    /// <summary>Those that are not. Merged strings are no one's, and of thread-local data there is one template for all.</summary>
    public IEnumerable<(ulong First, ulong End)> Unreached
    {
        get
        {
            var chosen = AddressRanges.Union(choosers);
            return layout.Inputs
                .Where(i => !reached.Contains(i.Object) && i.Object != anchor && i.Merged is null && !i.Output.IsThreadLocal)
                .SelectMany(i => chosen.Remaining(i.Address, i.Address + i.Size));
        }
    }

    private void FollowAll()
    {
        while (open.Count > 0)
        {
            LinkedObject linked = open.Dequeue();
            foreach (PlacedSection input in linked.File.Sections.Select(s => layout.Find(linked, s.Index)).OfType<PlacedSection>().Where(i => i.Section.Index > 0))
            {
                foreach (ElfRelocation relocation in LinkInputs.Relocations(input).Where(r => r.Type != 0)) Reach(layout.Resolution.Resolve(linked, relocation.SymbolIndex));
            }
        }
    }

    private void Reach(LinkedObject linked)
    {
        if (linked != anchor && reached.Add(linked)) open.Enqueue(linked);
    }

    private void Reach(SymbolDefinition symbol)
    {
        switch (symbol.Kind)
        {
            case DefinitionKind.Script or DefinitionKind.Provided:
                ReachName(symbol.Name);
                break;
            case DefinitionKind.Discarded:
                if (symbol.Replacement is { } kept) Reach(kept.Object);
                break;
            default:
                if (symbol.Object is { } linked) Reach(linked);
                break;
        }
    }

    /// <summary>
    /// Reaches a symbol of the script: what it is computed of, what a jump of its name leads to, and, since nothing says how far whoever has its address goes from there, all that is beside it.
    /// </summary>
    private void ReachName(string name)
    {
        if (!symbols.Add(name)) return;
        if (name.StartsWith(ImageLayout.WrapPrefix, StringComparison.Ordinal) && layout.Find(ImageLayout.RealPrefix + name.Substring(ImageLayout.WrapPrefix.Length)) is { } real) Reach(real);
        if (layout.ValueOf(name) is not { } value)
        {
            if (layout.Find(name) is { } symbol) Reach(symbol);
            else ReachName(layout.Rename(name));
            return;
        }

        foreach ((ScriptAssignment assignment, ModelSection? section) in assignments[name])
        {
            foreach (string other in NamesIn(assignment.Value)) ReachName(other);
            if (section is not null) ReachBeside(section, assignment);
            else foreach (ModelSection found in layout.Sections.Where(s => IsNear(s, value))) ReachAll(found.Inputs);
        }
    }

    /// <summary>Whether an address is on a page of a section, or just behind its last one: whoever counts from there in whole pages has the section.</summary>
    private bool IsNear(ModelSection section, ulong address) =>
        section.Size > 0 && address >= Alignment.AlignDown(section.Address, page) && address <= Alignment.AlignUp(section.Address + section.Size, page);

    /// <summary>Reaches what is between a symbol in a section and the next one, on both sides, and what is between any two symbols of the section that are reached: whoever has both may walk from one to the other.</summary>
    private void ReachBeside(ModelSection section, ScriptAssignment assignment)
    {
        ScriptStatement[] content = section.Script.Content.ToArray();
        int at = Array.FindIndex(content, s => ReferenceEquals(s, assignment));
        (int first, int last) = walked.TryGetValue(section, out (int First, int Last) known) ? (Math.Min(known.First, at), Math.Max(known.Last, at)) : (at, at);
        walked[section] = (first, last);
        while (first > 0 && !IsSymbol(content[first - 1])) first--;
        while (last < content.Length - 1 && !IsSymbol(content[last + 1])) last++;
        ReachAll(content.Skip(first).Take(last - first + 1).OfType<ScriptInput>().SelectMany(i => section.ByStatement[i]));

        static bool IsSymbol(ScriptStatement statement) => statement is ScriptAssignment { Name: not "." };
    }

    private void ReachAll(IEnumerable<PlacedSection> inputs)
    {
        foreach (PlacedSection input in inputs.Where(i => i.Size > 0)) Reach(input.Object);
    }

    private static IEnumerable<string> NamesIn(ScriptExpression expression) => expression switch
    {
        SymbolExpression { Name: not ("." or "SIZEOF_HEADERS") } symbol => [symbol.Name],
        DefinedExpression defined => NamesIn(defined.Then).Concat(NamesIn(defined.Otherwise)),
        BinaryExpression both => NamesIn(both.Left).Concat(NamesIn(both.Right)),
        _ => [],
    };

    /// <summary>
    /// Reaches a function that chooses another: its own code, the data that it looks at and the functions that it calls, but not those whose addresses it returns. Only calls of the chosen function lead there, and they
    /// reach all of its member; so does a chooser whose code is not understood.
    /// </summary>
    private void ReachChooser(SymbolDefinition symbol)
    {
        if (symbol.Object is not { } linked || layout.Find(linked, symbol.SectionIndex) is not { } input) return;
        SymbolDefinition TargetOf(ElfRelocation relocation) => layout.Resolution.Resolve(linked, relocation.SymbolIndex);
        ulong start = symbol.Value ?? 0;
        if (ChooserCode.FindNeeds(input.Section.Data, start, symbol.Size, LinkInputs.Relocations(input), r => IsCode(TargetOf(r))) is not { } needs)
        {
            Reach(linked);
            return;
        }

        choosers.Add((input.AddressOf(start), input.AddressOf(start) + symbol.Size));
        foreach (ElfRelocation relocation in needs) Reach(TargetOf(relocation));
    }

    private static bool IsCode(SymbolDefinition symbol) =>
        symbol.Object is { } linked && symbol.SectionIndex > 0 && (linked.File.Sections[symbol.SectionIndex].Flags & ElfSectionFlags.Execute) != 0;
}
