using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Model;
using LayoutDsl.Planning;
using LayoutDsl.Text;

namespace LayoutDsl.Emit;

/// <summary>Puts a plan together from its records, in the order in which <see cref="PlanText"/> writes them.</summary>
internal sealed class PlanBuilder
{
    private readonly List<RegionPlan> regions = new();
    private readonly List<(SectionPlan Head, List<PatternPlan> Patterns)> sections = new();
    private readonly List<string> discards = new();
    private readonly List<IndirectionPlan> indirections = new();
    private readonly List<SymbolPlan> symbols = new();
    private readonly List<AreaPlan> areas = new();
    private readonly List<Owner> libraries = new();
    private readonly List<Owner> images = new();
    private OverlayPlan? overlay;
    private AslrPlan? aslr;
    private Owner? current;
    private string name = "";
    private string architecture = "";
    private ulong page;
    private ulong? headers;
    private bool isPacked;
    private bool dropsUnreached;
    private ulong? offset;
    private ulong? load;
    private string entry = "";

    public void Begin(RecordReader r)
    {
        name = r.Text(1);
        architecture = r.Text(2);
        page = r.Number(3);
        entry = r.Text(4);
    }

    public void Add(RecordReader r)
    {
        switch (r.Keyword)
        {
            case "region":
                regions.Add(new RegionPlan(r.Text(0), ReadPermissions(r, 1), r.Number(2), r.Number(3)));
                break;
            case "section":
                sections.Add((new SectionPlan(r.Text(0), ReadPermissions(r, 1), default, ReadBit(r, 2), ReadBit(r, 3), ReadBit(r, 4), r.Text(5), r.Text(6), ReadBit(r, 7), ReadBit(r, 8), (SectionRole)r.Int32(9), ReadBit(r, 10)), new()));
                break;
            case "relro" when sections.Count > 0:
                sections[sections.Count - 1] = (sections[sections.Count - 1].Head with { IsRelro = true }, sections[sections.Count - 1].Patterns);
                break;
            case "noload" when sections.Count > 0:
                sections[sections.Count - 1] = (sections[sections.Count - 1].Head with { IsNoLoad = true }, sections[sections.Count - 1].Patterns);
                break;
            case "fill" when sections.Count > 0:
                sections[sections.Count - 1] = (sections[sections.Count - 1].Head with { Fill = unchecked((uint)r.Number(0)) }, sections[sections.Count - 1].Patterns);
                break;
            case "pattern" when sections.Count > 0:
                sections[sections.Count - 1].Patterns.Add(new PatternPlan(r.Text(0), ReadBit(r, 1)));
                break;
            case "headers":
                headers = r.Number(0);
                break;
            case "packed":
                isPacked = true;
                break;
            case "unreached":
                dropsUnreached = true;
                break;
            case "indirect":
                indirections.Add(new IndirectionPlan(r.Text(0), (IndirectionReason)r.Int32(1), r.Int32(2), (long)r.Number(3), ReadBit(r, 4)));
                break;
            case "discard":
                discards.Add(r.Text(0));
                break;
            case "symbol":
                symbols.Add(ReadSymbol(r));
                break;
            case "aslr":
                aslr = new AslrPlan((AslrMode)r.Int32(0), r.Number(1), r.Text(2), r.Number(3), r.Number(4));
                break;
            case "overlay":
                overlay = new OverlayPlan(r.Text(0), r.Text(1), r.Text(2), ReadBit(r, 3), ReadBit(r, 4));
                break;
            case "area":
                areas.Add(new AreaPlan(r.Text(0), TextsFrom(r, 6), r.Text(1), r.Number(2), r.Number(3), r.Text(4), r.Number(5)));
                break;
            case "library":
                libraries.Add(current = new Owner { Library = new LibraryPlan(r.Text(0), r.Text(1), r.Int32(2), default, default, default, ReadBit(r, 3)) });
                break;
            case "image":
                images.Add(current = new Owner { Image = new ImagePlan(r.Text(0), r.Text(1), r.Int32(2), r.Text(3), r.Number(4), default, default, default) });
                break;
            default:
                AddContent(r);
                break;
        }
    }

    public LayoutPlan ToPlan() => new(
        name,
        architecture,
        page,
        entry,
        regions.ToEquatableArray(),
        sections.Select(s => s.Head with { Patterns = s.Patterns.ToEquatableArray() }).ToEquatableArray(),
        libraries.Select(l => l.Library! with { Files = l.Files.ToEquatableArray(), Slots = l.Slots, IndirectFunctions = l.Functions.ToEquatableArray() }).ToEquatableArray(),
        images.Select(i => i.Image! with { Libraries = i.Uses, Files = i.Files.ToEquatableArray(), Slots = i.Slots, Moves = i.Moves.ToEquatableArray(), Symbols = i.Symbols.ToEquatableArray() }).ToEquatableArray(),
        symbols.ToEquatableArray(),
        discards.ToEquatableArray(),
        headers,
        indirections.ToEquatableArray())
    { Areas = areas.ToEquatableArray(), IsPacked = isPacked, DropsUnreached = dropsUnreached, Overlay = overlay, Aslr = aslr };

    private void AddContent(RecordReader r)
    {
        switch (r.Keyword)
        {
            case "uses" when current is not null:
                current.Uses = TextsFrom(r, 0);
                break;
            case "move" when current is not null:
                current.Moves.Add(new MovePlan(r.Text(0), r.Text(1), r.Number(2)));
                break;
            case "value" when current is not null:
                current.Symbols.Add(ReadSymbol(r));
                break;
            case "function" when current is not null:
                current.Functions.Add(new IndirectFunctionPlan(TextsFrom(r, 0)));
                break;
            case "at":
                offset = r.Number(0);
                break;
            case "file" or "member" when current is not null:
                current.Files.Add(new InputFilePlan(r.Text(0), ReadBit(r, 1), TextsFrom(r, 2), r.Keyword == "member"));
                break;
            case "load":
                load = r.Number(0);
                break;
            case "slot" when current is not null:
                current.Heads.Add((new SlotPlan(r.Text(0), r.Text(1), r.Text(2), r.Text(3), r.Number(4), r.Number(5), r.Number(6), r.Number(7), ReadBit(r, 8), default) { LoadAddress = load }, new()));
                load = null;
                break;
            case "part" when current is { Heads.Count: > 0 }:
                int last = current.Heads.Count - 1;
                current.Heads[last] = (current.Heads[last].Head with { Part = r.Text(0), Images = TextsFrom(r, 1) }, current.Heads[last].Inputs);
                break;
            case "input" when current is { Heads.Count: > 0 }:
                EquatableArray<string> names = TextsFrom(r, 3);
                current.Heads[current.Heads.Count - 1].Inputs.Add(new SlotInputPlan(r.Text(0), r.Text(1), names, ReadBit(r, 2), offset));
                offset = null;
                break;
            default:
                r.Fail($"'{r.Keyword}' is not expected here");
                break;
        }
    }

    private static EquatableArray<string> TextsFrom(RecordReader r, int first) =>
        Enumerable.Range(first, System.Math.Max(0, r.FieldCount - first)).Select(r.Text).ToEquatableArray();

    private static SymbolPlan ReadSymbol(RecordReader r) => new(r.Text(0), r.Number(1), ReadBit(r, 2), ReadBit(r, 3));

    private static bool ReadBit(RecordReader r, int index) => r.Number(index) != 0;

    private static Permissions ReadPermissions(RecordReader r, int index)
    {
        if (!PermissionsText.TryParse(r.Text(index), out Permissions permissions)) r.Fail("permissions are damaged");
        return permissions;
    }

    /// <summary>A library or image whose files and slots are still being read.</summary>
    private sealed class Owner
    {
        public LibraryPlan? Library { get; set; }

        public ImagePlan? Image { get; set; }

        public EquatableArray<string> Uses { get; set; }

        public List<InputFilePlan> Files { get; } = new();

        public List<MovePlan> Moves { get; } = new();

        public List<SymbolPlan> Symbols { get; } = new();

        public List<IndirectFunctionPlan> Functions { get; } = new();

        public List<(SlotPlan Head, List<SlotInputPlan> Inputs)> Heads { get; } = new();

        public EquatableArray<SlotPlan> Slots => Heads.Select(h => h.Head with { Inputs = h.Inputs.ToEquatableArray() }).ToEquatableArray();
    }
}
