using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Diagnostics;
using LayoutDsl.Model;

namespace LayoutDsl.Planning;

/// <summary>
/// Places the slots of the libraries: class by class, in a class group by group, each group on pages of its own. Whoever has a page therefore
/// has all that is on it.
/// </summary>
internal sealed class LibraryPlacer
{
    private readonly Dictionary<string, List<SlotPlan>> slots = new(StringComparer.Ordinal);

    private readonly HeadroomRules headrooms;

    private LibraryPlacer(HeadroomRules headrooms) => this.headrooms = headrooms;

    /// <summary>The slots of each library by its name.</summary>
    public static IReadOnlyDictionary<string, List<SlotPlan>> Place(
        AddressCursor cursor, ulong page, IReadOnlyList<MembershipGroup> groups, IEnumerable<BoundSection> sections, FleetContent content, SlotPlacer placer, HeadroomRules headrooms, DiagnosticBag bag)
    {
        var placed = new LibraryPlacer(headrooms);
        foreach (BoundLibrary library in groups.SelectMany(g => g.Libraries)) placed.slots.Add(library.Name, new List<SlotPlan>());
        foreach (SectionClass sectionClass in SectionClass.Order(sections.Where(s => !s.IsTable)))
        {
            sectionClass.CheckRegion(cursor.Region, bag);
            foreach (MembershipGroup group in groups)
            {
                cursor.Align(page);
                foreach (BoundLibrary library in group.Libraries) placed.Place(cursor, library, sectionClass, content.Libraries[library.Name], placer);
            }
        }

        cursor.Align(page);
        return placed.slots;
    }

    private void Place(AddressCursor cursor, BoundLibrary library, SectionClass sectionClass, UnitContent content, SlotPlacer placer)
    {
        // Sections of the compiler exist only where it has something to put in.
        foreach (BoundSection section in sectionClass.Sections.Where(s => !s.IsBuiltIn || content[s.Name].Size > 0))
        {
            SlotPlan slot = placer.Place(cursor, library.Name, library.Location, section, content[section.Name], headrooms.Find(library.Name, section.Name));
            slots[library.Name].Add(slot with { OutputSection = $".{section.Name}.{library.Name}" });
        }
    }
}
