using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Analysis.Resolution;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Text;

namespace LayoutDsl.Analysis.Predicting;

/// <summary>Places every input section of a link as GNU ld does, and gives every symbol its address.</summary>
internal sealed class ImageLayout
{
    /// <summary>What the names of symbols begin with that stand for wrapped ones (ld manual: --wrap).</summary>
    public const string WrapPrefix = "__wrap_", RealPrefix = "__real_";

    private const ulong Word = 8;

    /// <summary>What <c>.got.plt</c> starts with (x86-64 psABI, Global Offset Table).</summary>
    private const ulong TableHeader = 24;

    private readonly LinkScript script;
    private readonly IReadOnlyCollection<string> wrapped;
    private readonly Dictionary<(int Object, int Section), PlacedSection> placed = new();
    private readonly Dictionary<SymbolDefinition, ulong> commonOffsets = new();
    private readonly Dictionary<string, ulong> assigned = new(StringComparer.Ordinal);

    public ImageLayout(LinkScript script, LinkResolution resolution, IReadOnlyCollection<string> wrapped, uint hashSize)
    {
        this.script = script;
        this.wrapped = wrapped;
        Resolution = resolution;
        IReadOnlyList<SymbolDefinition> order = TableEntries.Order(resolution, hashSize);
        Match();
        Merge();
        SizeCommons(order);
        Table = new TableEntries(resolution, placed, order);
        Place();
    }

    /// <summary>The script.</summary>
    public LinkScript Script => script;

    /// <summary>The program headers.</summary>
    public IReadOnlyList<ScriptHeader> ProgramHeaders => script.ProgramHeaders;

    /// <summary>Where the image starts; 0 where the script does not say it.</summary>
    public ulong Entry => script.Entry.Length == 0 ? 0 : AddressOf(script.Entry);

    /// <summary>What the symbols stand for.</summary>
    public LinkResolution Resolution { get; }

    /// <summary>The entries of the global offset table.</summary>
    public TableEntries Table { get; }

    /// <summary>The section that has the table.</summary>
    public ModelSection? TableSection { get; private set; }

    /// <summary>Where the table is.</summary>
    public ulong TableAddress { get; private set; }

    /// <summary>Where the symbol _GLOBAL_OFFSET_TABLE_ is.</summary>
    public ulong TableBase { get; private set; }

    /// <summary>The address that thread-local data is counted from (x86-64 psABI, Thread-Local Storage; variant II): the end of its block.</summary>
    public ulong ThreadPointer { get; private set; }

    /// <summary>The sections in memory, in the order of the script.</summary>
    public List<ModelSection> Sections { get; } = new();

    /// <summary>The gaps that code has between its inputs.</summary>
    public List<(ModelSection Section, ulong Address, ulong Size)> Gaps { get; } = new();

    /// <summary>Values that the script puts into sections.</summary>
    public List<(ModelSection Section, ulong Address, ScriptData Data)> Data { get; } = new();

    /// <summary>The input sections that are in memory.</summary>
    public IEnumerable<PlacedSection> Inputs => placed.Values;

    /// <summary>The place of an input section; null for one that is not in memory.</summary>
    public PlacedSection? Find(LinkedObject linked, int section) => placed.TryGetValue((linked.Index, section), out PlacedSection? found) ? found : null;

    /// <summary>The address of what a reference meets, without its addend; null when it was left out of the image.</summary>
    public ulong? AddressOf(SymbolDefinition symbol, long addend = 0)
    {
        switch (symbol.Kind)
        {
            case DefinitionKind.None or DefinitionKind.UndefinedWeak or DefinitionKind.Undefined:
                return 0;
            case DefinitionKind.Discarded:
                return symbol.Replacement is { Section: > 0 } kept && Find(kept.Object, kept.Section) is { } section ? section.AddressOf(symbol.Value ?? 0) : null;
            case DefinitionKind.Common:
                return commonOffsets.TryGetValue(symbol, out ulong offset) && Find(symbol.Object!, 0) is { } common ? common.Address + offset : null;
            case DefinitionKind.Script or DefinitionKind.Provided:
                return assigned.TryGetValue(symbol.Name, out ulong value) ? value : symbol.Value ?? 0;
            case DefinitionKind.Linker:
                return symbol.Name == "_GLOBAL_OFFSET_TABLE_" ? TableBase : throw new PredictionException($"the address of the linker's symbol '{symbol.Name}' is not known");
            default:
                if (symbol.IsAbsolute) return symbol.Value;
                return Find(symbol.Object!, symbol.SectionIndex) is { } at ? at.AddressOf(symbol.Value ?? 0) : null;
        }
    }

    /// <summary>The value of an expression of the script.</summary>
    public ulong Evaluate(ScriptExpression expression, ulong dot) => expression switch
    {
        NumberExpression number => number.Value,
        SymbolExpression { Name: "." } => dot,
        SymbolExpression { Name: "SIZEOF_HEADERS" } => (ulong)FileHeaders.SizeOf(script.ProgramHeaders.Count),
        SymbolExpression symbol => AddressOf(symbol.Name),
        DefinedExpression defined => Evaluate(Resolution.Find(Rename(defined.Name)) is { IsDefined: true } ? defined.Then : defined.Otherwise, dot),
        BinaryExpression { Operator: '+' } sum => unchecked(Evaluate(sum.Left, dot) + Evaluate(sum.Right, dot)),
        BinaryExpression { Operator: '-' } difference => unchecked(Evaluate(difference.Left, dot) - Evaluate(difference.Right, dot)),
        BinaryExpression { Operator: 'm' } both => Math.Max(Evaluate(both.Left, dot), Evaluate(both.Right, dot)),
        BinaryExpression aligned => Alignment.AlignUp(Evaluate(aligned.Left, dot), Evaluate(aligned.Right, dot)),
        _ => throw new PredictionException("an expression of the script is not known"),
    };

    /// <summary>What a name in the script stands for; null when nothing but the script itself has it.</summary>
    public SymbolDefinition? Find(string name) => Resolution.Find(Rename(name));

    /// <summary>The value that the script gives to a symbol; null for one that it does not assign.</summary>
    public ulong? ValueOf(string name) => assigned.TryGetValue(name, out ulong value) ? value : null;

    private ulong AddressOf(string name)
    {
        if (assigned.TryGetValue(name, out ulong value)) return value;
        if (Resolution.Find(Rename(name)) is null && assigned.TryGetValue(Rename(name), out value)) return value;
        return Resolution.Find(Rename(name)) is { } symbol ? AddressOf(symbol) ?? 0 : throw new PredictionException($"the script has the symbol '{name}', which nothing defines");
    }

    /// <summary>The name that the linker looks up (ld manual: --wrap).</summary>
    public string Rename(string name)
    {
        if (name.StartsWith(RealPrefix, StringComparison.Ordinal) && wrapped.Contains(name.Substring(RealPrefix.Length))) return name.Substring(RealPrefix.Length);
        return wrapped.Contains(name) ? WrapPrefix + name : name;
    }

    private void Match()
    {
        var matcher = new InputMatcher(Resolution.Objects);
        string? thread = script.ProgramHeaders.FirstOrDefault(h => h.Type == ElfSegmentType.Tls)?.Name;
        foreach (ScriptSection section in script.Statements.OfType<ScriptSection>())
        {
            var output = new ModelSection(section) { IsThreadLocal = thread is not null && section.Headers.Contains(thread) };
            if (section.IsInMemory) Sections.Add(output);
            if (section.Name == ".eh_frame" && section.IsInMemory) throw new PredictionException("an output section is called .eh_frame, in which the linker drops and merges records: call the section of the layout something else");
            foreach (ScriptInput statement in section.Content.OfType<ScriptInput>())
            {
                var inputs = new List<PlacedSection>();
                foreach ((LinkedObject linked, int index) in matcher.Match(statement))
                {
                    var input = new PlacedSection(linked, linked.File.Sections[index], output);
                    if (!section.IsInMemory) continue;
                    if (index > 0 && !input.Section.IsAllocated) throw new PredictionException($"{linked.Object.Name} has a section {input.Section.Name} in memory that is not for memory");
                    inputs.Add(input);
                    placed.Add((linked.Index, index), input);
                    if (index > 0) AddFlags(output, input.Section);
                }

                output.ByStatement.Add(statement, inputs);
            }
        }
    }

    private static void AddFlags(ModelSection output, ElfSection section)
    {
        output.IsCode |= (section.Flags & ElfSectionFlags.Execute) != 0;
        output.IsWritable |= (section.Flags & ElfSectionFlags.Write) != 0;
        output.HasContent |= section.Type != ElfSectionType.NoBits;
    }

    private void Merge()
    {
        var groups = new Dictionary<(ModelSection Output, bool Strings, ulong EntrySize, ulong Alignment), MergedStrings>();
        foreach (PlacedSection input in placed.Values.Where(p => p.Section.Index > 0).OrderBy(p => p.Object.Index).ThenBy(p => p.Section.Index))
        {
            ElfSection section = input.Section;
            bool areStrings = (section.Flags & ElfSectionFlags.Strings) != 0;
            ulong alignment = Math.Max(section.Alignment, 1);
            ulong entry = section.EntrySize;
            if ((section.Flags & ElfSectionFlags.Merge) == 0 || section.Size == 0 || entry == 0 || section.Size % entry != 0) continue;
            if (LinkInputs.Relocations(input).Count > 0) continue;
            if (entry < alignment && (!Alignment.IsPowerOfTwo(entry) || !areStrings)) continue;
            if (entry > alignment && entry % alignment != 0) continue;
            var key = (input.Output, areStrings, entry, alignment);
            if (!groups.TryGetValue(key, out MergedStrings? group)) groups.Add(key, group = new MergedStrings((int)entry, areStrings, (uint)alignment));
            input.Merged = group.Add(section.Data);
        }

        foreach (MergedStrings group in groups.Values) group.Merge();
        foreach (PlacedSection input in placed.Values)
        {
            if (input.Merged is { } merged) input.Size = merged.Size;
        }
    }

    private void SizeCommons(IReadOnlyList<SymbolDefinition> order)
    {
        foreach (SymbolDefinition symbol in order.Where(s => s.Kind == DefinitionKind.Common))
        {
            if (Find(symbol.Object!, 0) is not { } common) continue;
            common.Size = Alignment.AlignUp(common.Size, Math.Max(symbol.Alignment, 1));
            commonOffsets.Add(symbol, common.Size);
            common.Size += symbol.Size;
            common.CommonAlignment = Math.Max(common.CommonAlignment, symbol.Alignment);
        }
    }

    private void Place()
    {
        foreach (ScriptStatement statement in script.Statements)
        {
            if (statement is ScriptSection { IsInMemory: true } section) Place(Sections.First(s => ReferenceEquals(s.Script, section)));
        }

        foreach (ScriptAssignment assignment in script.Statements.OfType<ScriptAssignment>()) Assign(assignment, 0);
        ModelSection[] thread = Sections.Where(s => s.IsThreadLocal && s.Size > 0).ToArray();
        if (thread.Length > 0) ThreadPointer = Alignment.AlignUp(thread.Max(s => s.Address + s.Size), thread.Max(s => s.Alignment));
    }

    private void Place(ModelSection output)
    {
        ScriptExpression address = output.Script.Address ?? throw new PredictionException($"the section {output.Name} has no address");
        output.Address = Evaluate(address, 0);
        if (output.Script.Alignment is { } alignment) output.Alignment = Evaluate(alignment, 0);
        ulong dot = output.Address;
        foreach (ScriptStatement statement in output.Script.Content)
        {
            switch (statement)
            {
                case ScriptData data:
                    Data.Add((output, dot, data));
                    output.HasContent = true;
                    dot += (ulong)data.Size;
                    break;
                case ScriptAssignment { Name: "." } move:
                    ulong target = output.Address + Evaluate(move.Value, dot - output.Address);
                    AddGap(output, dot, target);
                    dot = target;
                    break;
                case ScriptAssignment assignment:
                    Assign(assignment, dot);
                    break;
                case ScriptInput input:
                    dot = PlaceInputs(output, input, dot);
                    break;
            }
        }

        output.Size = dot - output.Address;
    }

    private ulong PlaceInputs(ModelSection output, ScriptInput statement, ulong dot)
    {
        foreach (PlacedSection input in output.ByStatement[statement])
        {
            if (input.IsExcluded) continue;
            ulong alignment = Math.Max(input.Section.Index == 0 ? input.CommonAlignment : input.Section.Alignment, 1);
            output.Alignment = Math.Max(output.Alignment, alignment);
            ulong start = Alignment.AlignUp(dot, alignment);
            AddGap(output, dot, start);
            input.Address = start;
            if (input.Merged is { } merged) merged.Address = start;
            output.Inputs.Add(input);
            dot = start + input.Size;
        }

        // What the linker makes itself is matched like an input, and comes behind those of the first object that needs it.
        if (Table.Count == 0 || statement.File != "*") return dot;
        foreach (ScriptPattern pattern in statement.Patterns)
        {
            if (pattern.Text == ".got")
            {
                TableAddress = Alignment.AlignUp(dot, Word);
                dot = TableAddress + (Word * (ulong)Table.Count);
                output.HasContent = output.IsWritable = true;
                TableSection = output;
            }
            else if (pattern.Text == ".got.plt")
            {
                TableBase = Alignment.AlignUp(dot, Word);
                dot = TableBase + TableHeader;
            }
        }

        return dot;
    }

    private void AddGap(ModelSection output, ulong from, ulong to)
    {
        if (to < from) throw new PredictionException($"the section {output.Name} goes back");
        if (to > from) Gaps.Add((output, from, to - from));
    }

    private void Assign(ScriptAssignment assignment, ulong dot)
    {
        // What only the script itself refers to is provided too, though no object knows it.
        if (assignment.IsProvided && Resolution.Find(assignment.Name) is { Kind: not DefinitionKind.Provided }) return;
        assigned[assignment.Name] = Evaluate(assignment.Value, dot);
    }
}
