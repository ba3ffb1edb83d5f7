using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Diagnostics;
using LayoutDsl.Facts;
using LayoutDsl.Model;
using LayoutDsl.Text;

namespace LayoutDsl.Planning;

/// <summary>
/// Gives every section of every library an address that holds in all images that have the library. Libraries of one membership are packed together and
/// page-aligned against the next set; the tables that every image has stand at one place; the images' own sections come after.
/// </summary>
public sealed class LayoutPlanner
{
    private readonly BoundLayout layout;
    private readonly DiagnosticBag bag;
    private readonly AlignmentRules alignments;
    private readonly SectionClass[] classes;
    private readonly BoundSection[] tables;

    private LayoutPlanner(BoundLayout layout, DiagnosticBag bag)
    {
        this.layout = layout;
        this.bag = bag;
        alignments = new AlignmentRules(layout.Alignments, bag);
        classes = SectionClass.Order(layout.Sections.Where(s => !s.IsTable)).ToArray();
        tables = SectionClass.Order(layout.Sections.Where(s => s.IsTable)).SelectMany(c => c.Sections).ToArray();
    }

    /// <summary>Plans a layout. Without facts every slot is empty and a warning says so. The value is null when something cannot be placed.</summary>
    public static Result<LayoutPlan> Plan(BoundLayout layout, FactsFile? facts)
    {
        var bag = new DiagnosticBag();
        if (facts is null) bag.ReportNotMeasured(layout.Target.Location);
        LayoutPlan plan = new LayoutPlanner(layout, bag).Plan(facts);
        return new Result<LayoutPlan>(bag.HasErrors ? null : plan, bag.ToSortedArray());
    }

    private LayoutPlan Plan(FactsFile? facts)
    {
        IReadOnlyList<MembershipGroup> groups = MembershipGroup.Find(layout);
        FleetContent content = FleetContent.Gather(layout, facts, groups, bag);
        var placements = new PlacementOrder(layout, bag);
        var slots = new Dictionary<string, List<SlotPlan>>(StringComparer.Ordinal);
        var tableSlots = new Dictionary<string, SlotPlan>(StringComparer.Ordinal);
        var imageSlots = new Dictionary<string, List<SlotPlan>>(StringComparer.Ordinal);
        foreach (BoundPlacement placement in placements.InOrder())
        {
            AddressCursor cursor = placements.Start(placement);
            ulong end = placement.Subject switch
            {
                PlacementSubject.Libraries => PlaceLibraries(cursor, groups, content, slots),
                PlacementSubject.Tables => PlaceTables(cursor, content, tableSlots),
                _ => PlaceImages(cursor, content, imageSlots),
            };
            placements.Finish(placement, cursor, end);
        }

        placements.CheckOverlaps();
        alignments.ReportUnused();
        var libraries = groups.SelectMany(g => g.Libraries.Select(l =>
            new LibraryPlan(l.Name, l.Documentation, g.ImageCount, content.Libraries[l.Name].Files, slots[l.Name].ToEquatableArray()))).ToEquatableArray();
        var rank = libraries.Select((l, i) => (l.Name, i)).ToDictionary(x => x.Name, x => x.i, StringComparer.Ordinal);
        var images = content.Images.Select(i => PlanImage(i, rank, tableSlots, imageSlots[i.Name])).ToEquatableArray();
        return new LayoutPlan(
            layout.Namespace.Length == 0 ? layout.TypeName : layout.Namespace + "." + layout.TypeName,
            layout.Target.Architecture.Name,
            layout.Target.Page,
            layout.Target.Entry,
            layout.Regions.Select(r => new RegionPlan(r.Name, r.Permissions, r.Origin, r.Length)).ToEquatableArray(),
            classes.SelectMany(c => c.Sections).Concat(tables).Select(PlanSection).ToEquatableArray(),
            libraries,
            images,
            SymbolEvaluator.Evaluate(layout, libraries, images, placements, bag),
            layout.Discards.Select(d => d.Text).ToEquatableArray());
    }

    private static SectionPlan PlanSection(BoundSection section) => new(
        section.Name,
        section.Permissions,
        section.Patterns.Select(p => new PatternPlan(p.Text, p.Sort)).ToEquatableArray(),
        section.IsZero,
        section.IsTable,
        section.Keep,
        section.Bounds?.Start ?? "",
        section.Bounds?.End ?? "",
        section.IsPadded,
        section.IsBuiltIn);

    private ImagePlan PlanImage(ImageContent image, Dictionary<string, int> rank, Dictionary<string, SlotPlan> tableSlots, List<SlotPlan> own)
    {
        IEnumerable<SlotPlan> imageTables = tables.Select(t => tableSlots[t.Name] with
        {
            Owner = image.Name,
            Size = t.IsPadded ? tableSlots[t.Name].Reserved : image.TableSize(t.Name),
            IsNote = image.IsNoteTable(t.Name),
            Inputs = image.TableInputs(t.Name).ToEquatableArray(),
        });
        return new ImagePlan(
            image.Name,
            image.Family,
            image.Number,
            image.Source.Documentation,
            image.Source.Instances,
            image.Source.Libraries.OrderBy(l => rank[l]).ToEquatableArray(),
            image.Application.Files,
            imageTables.Concat(own).OrderBy(s => s.Address).ThenBy(s => s.OutputSection, StringComparer.Ordinal).ToEquatableArray());
    }

    private ulong PlaceLibraries(AddressCursor cursor, IReadOnlyList<MembershipGroup> groups, FleetContent content, Dictionary<string, List<SlotPlan>> slots)
    {
        foreach (BoundLibrary library in groups.SelectMany(g => g.Libraries)) slots.Add(library.Name, new List<SlotPlan>());
        foreach (SectionClass sections in classes)
        {
            sections.CheckRegion(cursor.Region, bag);
            foreach (MembershipGroup group in groups)
            {
                cursor.Align(layout.Target.Page);
                foreach (BoundLibrary library in group.Libraries)
                {
                    foreach (BoundSection section in sections.Sections)
                    {
                        SectionContent part = content.Libraries[library.Name][section.Name];
                        SlotPlan slot = PlaceSlot(cursor, library.Name, library.Location, section, part, library.HeadroomPercent);
                        slots[library.Name].Add(slot with { OutputSection = $".{section.Name}.{library.Name}" });
                    }
                }
            }
        }

        cursor.Align(layout.Target.Page);
        return cursor.Address;
    }

    private SlotPlan PlaceSlot(AddressCursor cursor, string owner, SourceLocation location, BoundSection section, SectionContent part, ulong headroom)
    {
        ulong alignment = alignments.Find(owner, section.Name, part.Alignment);
        ulong reserved = part.Size == 0 ? 0 : Math.Max(AddHeadroom(part.Size, headroom), section.Reserve);
        ulong address = cursor.Take(reserved, alignment, location, () => $"the section '{section.Name}' of '{owner}'");
        return new SlotPlan(owner, section.Name, "." + section.Name, cursor.Region.Name, address, part.Size, reserved, alignment, part.IsNote, part.Inputs.ToEquatableArray());
    }

    private static ulong AddHeadroom(ulong size, ulong percent)
    {
        if (percent == 0) return size;
        ulong whole = size / 100;
        ulong extra = whole > ulong.MaxValue / percent ? ulong.MaxValue : (whole * percent) + (((size % 100) * percent) + 99) / 100;
        return size > ulong.MaxValue - extra ? ulong.MaxValue : size + extra;
    }

    private ulong PlaceTables(AddressCursor cursor, FleetContent content, Dictionary<string, SlotPlan> slots)
    {
        Permissions current = Permissions.None;
        foreach (BoundSection table in tables)
        {
            SectionClass.CheckRegion(table, cursor.Region, bag);
            ulong size = 0;
            ulong alignment = 1;
            foreach (ImageContent image in content.Images)
            {
                size = Math.Max(size, image.TableSize(table.Name));
                alignment = Math.Max(alignment, image.TableAlignment(table.Name));
            }

            if (table.Permissions != current) cursor.Align(layout.Target.Page);
            current = table.Permissions;
            alignment = alignments.Find("", table.Name, alignment);
            ulong reserved = Math.Max(size, table.Reserve);
            ulong address = cursor.Take(reserved, alignment, table.Location, () => $"the table '{table.Name}'");
            slots.Add(table.Name, new SlotPlan("", table.Name, "." + table.Name, cursor.Region.Name, address, size, reserved, alignment, false, default));
        }

        cursor.Align(layout.Target.Page);
        return cursor.Address;
    }

    private ulong PlaceImages(AddressCursor start, FleetContent content, Dictionary<string, List<SlotPlan>> slots)
    {
        foreach (SectionClass sections in classes) sections.CheckRegion(start.Region, bag);
        ulong end = start.Address;
        var tooLarge = new HashSet<BoundImage>();
        foreach (ImageContent image in content.Images)
        {
            // One member that is too large speaks for its family.
            var cursor = new AddressCursor(start.Region, start.Address, tooLarge.Contains(image.Source) ? new DiagnosticBag() : bag);
            var own = new List<SlotPlan>();
            foreach (SectionClass sections in classes)
            {
                cursor.Align(layout.Target.Page);
                foreach (BoundSection section in sections.Sections)
                {
                    // Alignment rules name families, not their members.
                    SlotPlan slot = PlaceSlot(cursor, image.Source.Name, image.Source.Location, section, image.Application[section.Name], 0);
                    own.Add(slot with { Owner = image.Name });
                }
            }

            slots.Add(image.Name, own);
            if (cursor.HasOverflowed) tooLarge.Add(image.Source);
            end = own.Where(s => s.Reserved > 0).Select(s => s.End).Append(end).Max();
        }

        return end;
    }
}
