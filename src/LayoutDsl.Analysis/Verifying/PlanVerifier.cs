using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Analysis.Diagnostics;
using LayoutDsl.Diagnostics;
using LayoutDsl.Emit;
using LayoutDsl.Facts;
using LayoutDsl.Model;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Planning;
using LayoutDsl.Text;

namespace LayoutDsl.Analysis.Verifying;

/// <summary>Compares a linked image with its plan. Reads the image only; what the linker was told does not matter.</summary>
public sealed class PlanVerifier
{
    private readonly LayoutPlan plan;
    private readonly IReadOnlyList<SlotPlan> slots;
    private readonly ElfFile file;
    private readonly DiagnosticBag bag;
    private readonly ISet<string>? needed;

    private PlanVerifier(LayoutPlan plan, ImagePlan image, ElfFile file, ISet<string>? needed, DiagnosticBag bag)
    {
        this.needed = needed;
        this.plan = plan;
        this.file = file;
        this.bag = bag;
        slots = plan.Overlay is null ? plan.GetSlots(image) : OverlayPlan.GetSlots(plan, image);
    }

    /// <summary>Reports everything in which an image differs from its plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="image">One of its images.</param>
    /// <param name="file">That image, linked.</param>
    /// <param name="objects">What was measured of the objects, by path.</param>
    /// <param name="bag">Takes the findings.</param>
    /// <param name="needed">Of an image whose linker leaves out what nothing needs, the symbols that have to be there; null when all has to.</param>
    public static void Verify(LayoutPlan plan, ImagePlan image, ElfFile file, ILookup<string, ObjectFacts> objects, DiagnosticBag bag, ISet<string>? needed = null)
    {
        plan = plan.At(image);
        image = plan.GetImage(image.Name);
        var verifier = new PlanVerifier(plan, image, file, needed, bag);
        verifier.VerifySections();
        if (!file.TryReadSymbols(out IReadOnlyList<ElfSymbol>? symbols, out ObjectFileError? error))
        {
            bag.ReportDamagedObject(SourceLocation.OfFile(file.Name), error);
            symbols = [];
        }

        ContentVerifier.Verify(plan, image, verifier.slots, objects, file, symbols, needed, bag);

        // The rest of the image is what another script says.
        if (plan.Overlay is not null) return;
        verifier.VerifySegments();
        bool entryIsCode = verifier.VerifyEntry();
        verifier.VerifySymbols(symbols, entryIsCode);
    }

    private void VerifySections()
    {
        ILookup<string, ElfSection> sections = file.Sections.Where(s => s.IsAllocated && s.Size > 0).ToLookup(s => s.Name, StringComparer.Ordinal);
        var planned = new HashSet<string>(StringComparer.Ordinal);
        if (plan.Headers is { } headers && plan.Overlay is null) VerifyHeaders(headers, planned);
        foreach (SlotPlan slot in slots)
        {
            planned.Add(slot.OutputSection);
            if (plan.MayDrop(slot)) VerifyParts(slot, sections[slot.OutputSection]);
            else if (sections[slot.OutputSection].FirstOrDefault() is { } section) VerifySection(slot, section);
            else if (slot.Size > 0 && needed is null) bag.ReportMissingSection(file.Name, slot.OutputSection, slot.Address);
        }

        if (plan.Overlay is not null) return;
        foreach (ElfSection section in sections.Where(s => !planned.Contains(s.Key)).Select(s => s.First())) bag.ReportUnplannedSection(file.Name, section.Name, section.Address);
    }

    private void VerifySection(SlotPlan slot, ElfSection section)
    {
        if (section.Address != slot.Address) bag.ReportAddressDiffers(file.Name, section.Name, slot.Address, section.Address);
        VerifyLoadAddress(slot, section);
        if (section.Size > slot.Reserved) bag.ReportSlotOutgrown(file.Name, section.Name, section.Size, slot.Reserved);
        VerifyPermissions(slot, section);
    }

    /// <summary>What an image has of a slot: all of it, or parts that end at pages.</summary>
    private void VerifyParts(SlotPlan slot, IEnumerable<ElfSection> parts)
    {
        foreach (ElfSection part in parts)
        {
            bool isInside = part.Address == slot.Address || (part.Address > slot.Address && part.Address < slot.End && part.Address % plan.Page == 0);
            if (!isInside) bag.ReportAddressDiffers(file.Name, part.Name, slot.Address, part.Address);
            else if (part.Size > slot.End - part.Address) bag.ReportSlotOutgrown(file.Name, part.Name, part.Address - slot.Address + part.Size, slot.Reserved);
            VerifyPermissions(slot, part);
        }
    }

    private void VerifyPermissions(SlotPlan slot, ElfSection section)
    {
        SectionPlan planned = plan.GetSection(slot.Section);

        // Statements of the script alone give a section flags of the linker's choice, whatever its segment is: what counts for those is the segment.
        if (planned.IsBuiltIn || slot.Inputs.Count == 0) return;
        Permissions allowed = planned.Permissions;
        Permissions actual = Permissions.Read
            | ((section.Flags & ElfSectionFlags.Write) != 0 && !SectionFacts.IsFunctionArray((uint)section.Type) ? Permissions.Write : 0)
            | ((section.Flags & ElfSectionFlags.Execute) != 0 ? Permissions.Execute : 0);
        if ((actual & ~allowed) != 0) bag.ReportWrongPermissions(file.Name, section.Name, allowed, actual);
    }

    /// <summary>Where a section is loaded is what its segment says (<c>p_paddr</c>).</summary>
    private void VerifyLoadAddress(SlotPlan slot, ElfSection section)
    {
        ElfSegment? segment = file.Segments.FirstOrDefault(s => s.Type == ElfSegmentType.Load && section.Address >= s.VirtualAddress && section.Address - s.VirtualAddress < s.MemorySize);
        if (segment is null || slot.LoadAddress is not { } planned) return;
        ulong actual = unchecked(segment.PhysicalAddress + (section.Address - segment.VirtualAddress));
        if (actual != planned) bag.ReportAddressDiffers(file.Name, section.Name + " (loaded)", planned, actual);
    }

    /// <summary>The program headers must be in memory where the plan has them: run-time libraries read them there (AT_PHDR).</summary>
    private void VerifyHeaders(ulong headers, HashSet<string> planned)
    {
        planned.Add(LinkerScriptEmitter.HeadersSection);
        ElfSegment? segment = file.Segments.FirstOrDefault(s => s.Type == ElfSegmentType.Load && s.Offset == 0);
        if (segment is null) bag.ReportMissingSection(file.Name, LinkerScriptEmitter.HeadersSection, headers);
        else if (segment.VirtualAddress != headers) bag.ReportAddressDiffers(file.Name, LinkerScriptEmitter.HeadersSection, headers, segment.VirtualAddress);
    }

    private void VerifySegments()
    {
        ElfSegment[] loads = file.Segments.Where(s => s.Type == ElfSegmentType.Load && s.MemorySize > 0).OrderBy(s => s.VirtualAddress).ToArray();
        for (int i = 0; i < loads.Length; i++)
        {
            if ((loads[i].Flags & (ElfSegmentFlags.Write | ElfSegmentFlags.Execute)) == (ElfSegmentFlags.Write | ElfSegmentFlags.Execute))
            {
                bag.ReportWritableAndExecutable(file.Name, loads[i].VirtualAddress);
            }

            VerifyHoles(loads[i]);
            if (i > 0 && !(plan.IsPacked && loads[i].Flags == loads[i - 1].Flags && LastByte(loads[i - 1]) < loads[i].VirtualAddress)
                && Alignment.AlignDown(loads[i].VirtualAddress, plan.Page) <= Alignment.AlignDown(LastByte(loads[i - 1]), plan.Page))
            {
                bag.ReportSegmentsOverlap(file.Name, loads[i - 1].VirtualAddress, loads[i].VirtualAddress);
            }
        }
    }

    private static ulong LastByte(ElfSegment segment) => segment.VirtualAddress + Math.Min(segment.MemorySize - 1, ulong.MaxValue - segment.VirtualAddress);

    /// <summary>Reports pages of a segment that no section lies on: they would be in the file for nothing.</summary>
    private void VerifyHoles(ElfSegment segment)
    {
        ulong last = LastByte(segment);
        ulong next = Alignment.AlignDown(segment.VirtualAddress, plan.Page);
        IEnumerable<ElfSection> inside = file.Sections
            .Where(s => s.IsAllocated && s.Size > 0 && s.Address >= segment.VirtualAddress && s.Address <= last && !IsThreadTemplate(s))
            .OrderBy(s => s.Address);
        foreach (ElfSection section in inside)
        {
            ulong page = Alignment.AlignDown(section.Address, plan.Page);
            if (page > next) bag.ReportSegmentHole(file.Name, next, (page - next) / plan.Page);
            // What a slot reserves is planned to be there: merged strings and headroom leave some of it empty.
            ulong size = Math.Max(section.Size, slots.FirstOrDefault(s => s.OutputSection == section.Name)?.Reserved ?? 0);
            ulong end = Alignment.AlignDown(section.Address + Math.Min(size - 1, last - section.Address), plan.Page);
            if (end > ulong.MaxValue - plan.Page) return;
            next = Math.Max(next, end + plan.Page);
        }

        ulong lastPage = Alignment.AlignDown(last, plan.Page);
        if (lastPage >= next) bag.ReportSegmentHole(file.Name, next, ((lastPage - next) / plan.Page) + 1);
    }

    /// <summary>Zeroed thread-local data has an address but no memory there (gABI, Thread-Local Storage).</summary>
    private static bool IsThreadTemplate(ElfSection section) => (section.Flags & ElfSectionFlags.Tls) != 0 && section.Type == ElfSectionType.NoBits;

    private bool VerifyEntry()
    {
        bool inside = file.Segments.Any(s => s.Type == ElfSegmentType.Load && (s.Flags & ElfSegmentFlags.Execute) != 0
            && file.Entry >= s.VirtualAddress && file.Entry - s.VirtualAddress < s.MemorySize);
        if (!inside) bag.ReportBadEntry(file.Name, file.Entry, plan.Entry);
        return inside;
    }

    private void VerifySymbols(IReadOnlyList<ElfSymbol> symbols, bool entryIsCode)
    {
        // A stripped image has no symbols to compare.
        if (symbols.Count <= 1) return;
        Dictionary<string, ElfSymbol> globals = symbols
            .Where(s => !s.IsUndefined && s.Binding != ElfSymbolBinding.Local)
            .GroupBy(s => s.Name, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);

        // Without the symbol the linker only warns, and starts at the first code that it finds (ld manual, Entry Point).
        if (entryIsCode) VerifySymbol(globals, plan.Entry, file.Entry);

        // One that is provided is there when something refers to it, unless an object has it; and a hidden one is local in the image.
        foreach (SymbolPlan symbol in plan.Symbols)
        {
            bool isThere = globals.TryGetValue(symbol.Name, out ElfSymbol found);
            if (symbol.IsProvided ? isThere && found.IsAbsolute && found.Type != ElfSymbolType.Tls : isThere || !symbol.IsHidden) VerifySymbol(globals, symbol.Name, symbol.Value);
        }
    }

    private void VerifySymbol(Dictionary<string, ElfSymbol> globals, string name, ulong planned)
    {
        ulong? actual = globals.TryGetValue(name, out ElfSymbol found) ? found.Value : null;
        if (actual != planned) bag.ReportSymbolDiffers(file.Name, name, planned, actual);
    }
}
