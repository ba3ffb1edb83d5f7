using System;
using System.Collections.Generic;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Resolution;

/// <summary>Goes through the inputs of one link as ld does: objects as they come, archives searched, groups until nothing is new.</summary>
internal sealed class LinkProcess
{
    private readonly SymbolNameTable names;
    private readonly ResolutionOptions options;
    private readonly LinkOnceTable linkOnce = new();
    private readonly HashSet<(ArchiveInput Input, int Member)> loadedMembers = new(MemberComparer.Instance);
    private readonly HashSet<LinkObject> damaged = [];

    public LinkProcess(SymbolNameTable names, ResolutionOptions options)
    {
        this.names = names;
        this.options = options;
        Symbols = new GlobalSymbolTable(names, options.Wrapped);
    }

    public GlobalSymbolTable Symbols { get; }

    public List<LinkedObject> Objects { get; } = [];

    public List<ObjectFileError> Errors { get; } = [];

    public void Run(IReadOnlyList<LinkInput> inputs)
    {
        if (options.Entry is not null) Symbols.Require(names.Add(options.Entry));
        foreach (string name in options.Undefined) Symbols.Require(names.Add(name));
        if (options.ScriptPrecedesInputs) DefineScriptSymbols();
        foreach (LinkInput input in inputs) Load(input, isAgain: false);
        DefineScriptSymbols();
        foreach (string name in options.ProvidedSymbols)
        {
            int slot = Symbols.Find(names.Add(name));
            if (slot >= 0 && Symbols[slot].IsUndefined) Symbols.DefineByScript(Symbols[slot].Name, GlobalState.Provided);
        }

        new LinkerSymbols(names, Symbols, Objects, options).Define();
    }

    private void DefineScriptSymbols()
    {
        foreach (string name in options.ScriptSymbols.Keys) Symbols.DefineByScript(names.Add(name), GlobalState.Script);
    }

    /// <summary>Loads an input; archives that were searched already are searched again, nothing else is loaded twice.</summary>
    private void Load(LinkInput input, bool isAgain)
    {
        switch (input)
        {
            case ObjectInput single when !isAgain:
                Link(single.Object, PullCause.Input, null, null);
                break;
            case ArchiveInput { Whole: true } whole when !isAgain:
                for (int i = 0; i < whole.Archive.File.Members.Count; i++) LinkMember(whole, i, PullCause.WholeArchive);
                break;
            case ArchiveInput { Whole: false } archive:
                if (!isAgain)
                {
                    foreach (int member in archive.Forced) LinkMember(archive, member, PullCause.Forced);
                }

                Search(archive);
                break;
            case GroupInput group:
                LoadGroup(group, isAgain);
                break;
        }
    }

    private void LoadGroup(GroupInput group, bool isAgain)
    {
        int wishes;
        do
        {
            wishes = Symbols.Wishes;
            foreach (LinkInput input in group.Inputs) Load(input, isAgain);
            isAgain = true;
        }
        while (Symbols.Wishes != wishes);
    }

    /// <summary>Goes through the symbol index in its order, again while members that were pulled need more (binutils: elf_link_add_archive_symbols).</summary>
    private void Search(ArchiveInput input)
    {
        LinkArchive archive = input.Archive;
        if (!archive.File.HasSymbolIndex && archive.File.Members.Count > 0) ReportNoIndex(archive);
        IReadOnlyList<ArchiveSymbol> index = archive.File.SymbolIndex;
        int[] indexNames = archive.IndexNames;

        // What was defined once is not looked at again in this search, not even if a common block takes the place of a weak definition.
        var isDone = new bool[indexNames.Length];
        int wishes;
        do
        {
            wishes = Symbols.Wishes;
            for (int i = 0; i < indexNames.Length; i++)
            {
                int slot = isDone[i] ? -1 : Symbols.FindForArchive(indexNames[i]);
                if (slot < 0) continue;
                isDone[i] = !Symbols[slot].IsUndefined && Symbols[slot].State != GlobalState.Common;
                if (IsWanted(archive, slot, index[i])) Pull(input, index[i].MemberIndex, slot);
            }
        }
        while (Symbols.Wishes != wishes);
    }

    private bool IsWanted(LinkArchive archive, int slot, in ArchiveSymbol entry)
    {
        ref GlobalSymbol symbol = ref Symbols[slot];
        return symbol.State switch
        {
            GlobalState.Undefined => !symbol.IsDiscarded,
            GlobalState.Common => DefinesData(archive.Member(entry.MemberIndex), entry.NameBytes.Span),
            _ => false,
        };
    }

    /// <summary>A common block is replaced by data only, not by a function or another common block (binutils: is_global_data_symbol_definition).</summary>
    private static bool DefinesData(LinkObject member, ReadOnlySpan<byte> name)
    {
        if (!member.TryRead(out ObjectContent? content, out _)) return false;
        foreach (ElfSymbol symbol in content.Symbols)
        {
            if (symbol.Binding is ElfSymbolBinding.Local or ElfSymbolBinding.Weak || !symbol.NameBytes.Span.SequenceEqual(name)) continue;
            return symbol.Type is not (ElfSymbolType.Function or ElfSymbolType.GnuIndirectFunction)
                && symbol.Place is ElfSymbolPlace.Section or ElfSymbolPlace.Absolute;
        }

        return false;
    }

    private void ReportNoIndex(LinkArchive archive)
    {
        var error = new ObjectFileError(
            ObjectFileErrorCode.BadArchiveIndex, archive.Path, 0, "the archive has no symbol index, so members cannot be found: run ranlib");
        if (!Errors.Contains(error)) Errors.Add(error);
    }

    private void Pull(ArchiveInput input, int member, int slot)
    {
        if (!loadedMembers.Add((input, member))) return;
        LinkedObject? by = Symbols[slot].Object < 0 ? null : Objects[Symbols[slot].Object];
        Link(input.Archive.Member(member), PullCause.Reference, Symbols.Text(slot), by);
    }

    private void LinkMember(ArchiveInput input, int member, PullCause cause)
    {
        if (loadedMembers.Add((input, member))) Link(input.Archive.Member(member), cause, null, null);
    }

    private void Link(LinkObject item, PullCause cause, string? symbol, LinkedObject? by)
    {
        if (!item.TryRead(out ObjectContent? content, out ObjectFileError? error) || (error = CheckMachine(content.File)) is not null)
        {
            if (damaged.Add(item)) Errors.Add(error);
            return;
        }

        var linked = new LinkedObject(Objects.Count, item, content, cause, symbol, by);
        Objects.Add(linked);
        linkOnce.Enter(linked);
        for (int i = 1; i < content.Symbols.Length; i++)
        {
            linked.Slots[i] = content.NameIds[i] < 0 ? -1 : Enter(linked, content.Symbols[i], content.NameIds[i]);
        }
    }

    private int Enter(LinkedObject linked, in ElfSymbol symbol, int name)
    {
        bool isDiscarded = symbol.SectionIndex != 0 && linked.Replacements?[symbol.SectionIndex] is not null;
        return Symbols.Enter(linked.Index, symbol, name, isDiscarded, isSameAbsolute: IsSameAbsolute(symbol, name));
    }

    /// <summary>ld accepts the same absolute value twice (binutils: ld/ldmain.c, multiple_definition).</summary>
    private bool IsSameAbsolute(in ElfSymbol symbol, int name)
    {
        if (!symbol.IsAbsolute) return false;
        int slot = Symbols.Find(name);
        if (slot < 0 || Symbols[slot].State != GlobalState.Defined) return false;
        ElfSymbol first = Objects[Symbols[slot].Object].Content.Symbols[Symbols[slot].Symbol];
        return first.IsAbsolute && first.Value == symbol.Value;
    }

    private ObjectFileError? CheckMachine(ElfFile file)
    {
        if (Objects.Count == 0) return null;
        ElfFile first = Objects[0].File;
        return file.Machine == first.Machine && file.Class == first.Class && file.ByteOrder == first.ByteOrder
            ? null
            : new ObjectFileError(
                ObjectFileErrorCode.Unsupported,
                file.Name,
                0,
                $"the object is for {file.Machine} ({file.Class}, {file.ByteOrder} endian), but {first.Name} is for {first.Machine} ({first.Class}, {first.ByteOrder} endian)");
    }

    /// <summary>Inputs are compared by identity: an archive that is named twice is searched twice.</summary>
    private sealed class MemberComparer : IEqualityComparer<(ArchiveInput Input, int Member)>
    {
        public static MemberComparer Instance { get; } = new();

        public bool Equals((ArchiveInput Input, int Member) x, (ArchiveInput Input, int Member) y) =>
            ReferenceEquals(x.Input, y.Input) && x.Member == y.Member;

        public int GetHashCode((ArchiveInput Input, int Member) obj) =>
            System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(obj.Input) ^ (obj.Member * 397);
    }
}
