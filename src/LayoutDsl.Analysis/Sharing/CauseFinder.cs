using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Analysis.References;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Planning;
using LayoutDsl.Text;

namespace LayoutDsl.Analysis.Sharing;

/// <summary>Says why two images differ at an address of a library that both have.</summary>
public sealed class CauseFinder
{
    /// <summary>Relocations that lead through the global offset table (x86-64 psABI, Relocation Types): GOT32, GOTPCREL, GOTTPOFF, GOTPCRELX, REX_GOTPCRELX.</summary>
    private static readonly HashSet<uint> TableTypes = [3, 9, 22, 41, 42];

    /// <summary>Families of input sections: compilers put an object of its own each into a section that starts with one of these names.</summary>
    private static readonly string[] Families = [".data.rel.ro", ".data.rel", ".data", ".bss", ".tdata", ".tbss", ".rodata", ".text", ".gcc_except_table", ".init_array", ".fini_array"];

    private readonly LayoutPlan plan;
    private readonly ReferenceFinder references;
    private readonly HashSet<string> slots;
    private readonly Dictionary<ElfFile, Dictionary<string, ElfSymbol>> globals = new();

    /// <summary>Creates a finder.</summary>
    public CauseFinder(LayoutPlan plan, ReferenceFinder references)
    {
        this.plan = plan;
        this.references = references;
        slots = new HashSet<string>(plan.Libraries.SelectMany(l => l.Slots).Select(s => s.OutputSection), StringComparer.Ordinal);
    }

    /// <summary>The cause of a difference, and the address behind what it explains.</summary>
    /// <param name="library">The library that the address belongs to.</param>
    /// <param name="address">The first byte that differs.</param>
    /// <param name="first">An image.</param>
    /// <param name="second">An image that has another byte there.</param>
    /// <param name="distance">How much higher the library is in the second one, in bytes; below zero, what that is as a number without sign.</param>
    public (UnsharedCause Cause, ulong End) Find(string library, ulong address, (string Name, ElfFile File) first, (string Name, ElfFile File) second, ulong distance)
    {
        string at = references.FindSymbol(first.File, address) is { } symbol ? FormattableString.Invariant($"{symbol.Name}+0x{address - symbol.Value:x}") : FormattableString.Invariant($"0x{address:x}");
        (string there, string other) = (Describe(first, address), Describe(second, unchecked(address + distance)));
        if (there != other) return (new UnsharedCause(UnsharedKind.InputDiffers, at, "", FormattableString.Invariant($"different objects stand at 0x{address:x}: {there} in {first.Name}, {other} in {second.Name}"), ""), address + 1);

        // A page may have what other libraries have there.
        SlotPlan? slot = SlotAt(first, address);
        library = slot?.Owner ?? library;
        if (references.Find(library, first, address) is { } reference) return (Classify(library, reference, first, second), Math.Max(reference.End, address + 1));
        if (slot is { Images.Count: > 0 } && slot != SlotAt(second, unchecked(address + distance)))
        {
            string objects = string.Join(", ", slot.Inputs.Select(i => LayoutPath.GetFileName(i.Path)).Distinct().Take(3));
            return (new UnsharedCause(UnsharedKind.InputDiffers, at, "", $"{at} is in builds of '{library}' that differ ({objects}) between {first.Name} and {second.Name}", "build the library alike for all images"), address + 1);
        }

        return (new UnsharedCause(UnsharedKind.Unknown, at, "", $"{at} differs between {first.Name} and {second.Name}, and no relocation says why", "compare the objects that the images were linked from"), address + 1);
    }

    private UnsharedCause Classify(string library, ObjectReference reference, (string Name, ElfFile File) first, (string Name, ElfFile File) second)
    {
        string target = reference.Target;
        if (reference.Section.Length > 0 && !IsSlotted(library, reference)) return Unslotted(reference, reference.Section, "");
        ElfSymbol? a = Find(first.File, reference);
        ElfSymbol? b = Find(second.File, reference);
        string pair = $"{first.Name}: {Text(a)}, {second.Name}: {Text(b)}";
        if (a is { Type: ElfSymbolType.GnuIndirectFunction } && plan.Aslr is null)
        {
            return Make(UnsharedKind.LinkerTable, reference, ".iplt", $"goes to '{target}' through the linker's .iplt, whose entries stand in another order in each image", "give the fleet whole scripts, without 'overlay': they have jumps of their own for such functions");
        }

        if (plan.Architecture == "x86_64" && TableTypes.Contains(reference.Type) && !reference.IsRewritten)
        {
            return Make(UnsharedKind.LinkerTable, reference, ".got", $"goes through the linker's table to '{target}', whose entries stand in another order in each image", "compile the object with -fno-pic, or make the symbol's users equal in all images");
        }

        if (a is not { } one || b is not { } two)
        {
            if (a is null && b is null && plan.Aslr is not null) return Make(UnsharedKind.TargetMoves, reference, target, $"refers to '{target}', which is elsewhere in each image", "");
            return a is null == b is null
                ? Make(UnsharedKind.Unknown, reference, target, $"refers to '{target}'; the inputs differ", "build the library alike for all images")
                : Make(UnsharedKind.MissingSymbol, reference, target, $"refers to '{target}' ({pair})", $"define '{target}' in all images that have '{library}', or in none");
        }

        string section = OutputSection(first.File, one);
        bool isOfLibrary = references.Defines(first.Name, target);
        if (isOfLibrary && references.Defines(second.Name, target) && !slots.Contains(section)) return Unslotted(reference, section, $" ({pair})");
        if (one.Value == two.Value && plan.Aslr is not null) return Make(UnsharedKind.TargetMoves, reference, target, $"refers to '{target}', which stays where the library moves", "");
        if (one.Value == two.Value) return Make(UnsharedKind.Unknown, reference, target, $"refers to '{target}', which is at one address; the inputs differ", "build the library alike for all images");
        if (IsApplication(first, one, isOfLibrary) || IsApplication(second, two, references.Defines(second.Name, target)))
        {
            return Make(UnsharedKind.ApplicationSymbol, reference, target, $"refers to '{target}' of the application ({pair})", $"'indirect {target};' for a function, or pass it to the library at start");
        }

        if (plan.Overlay is not null && !isOfLibrary)
        {
            return Make(UnsharedKind.LinkerSymbol, reference, target, $"refers to '{target}', which is where the image's script has it ({pair})", $"give '{target}' one address in the scripts of the build");
        }

        return Make(UnsharedKind.TargetMoves, reference, target, $"refers to '{target}' ({pair})", $"give '{target}' one address: a 'symbol' declaration, or a table that is 'padded'");
    }

    private UnsharedCause Unslotted(ObjectReference reference, string section, string pair)
    {
        string family = Array.Find(Families, f => section.StartsWith(f + ".", StringComparison.Ordinal)) ?? section;
        return Make(UnsharedKind.UnslottedSection, reference, family, $"refers to '{reference.Target}' in {section}, where libraries have no slots{pair}", $"give each library a slot there: a section of the layout with {family}");
    }

    /// <summary>Whether the section of an object is in a slot of its library.</summary>
    private bool IsSlotted(string library, ObjectReference reference) =>
        plan.GetLibrary(library).Slots.Any(s => !plan.GetSection(s.Section).IsTable && s.Inputs.Any(i => i.Sections.Contains(reference.Section)));

    private static string OutputSection(ElfFile image, in ElfSymbol symbol) => symbol.IsDefinedInSection && symbol.SectionIndex < image.Sections.Count ? image.Sections[symbol.SectionIndex].Name : "";

    /// <summary>What stands at an address of an image: the name of a section of the linked file.</summary>
    private static string Describe((string Name, ElfFile File) image, ulong address) => ReferenceFinder.FindSection(image.File, address)?.Name ?? "nothing";

    private SlotPlan? SlotAt((string Name, ElfFile File) image, ulong address) =>
        ReferenceFinder.FindSection(image.File, address) is { } section ? plan.Libraries.SelectMany(l => l.Slots).FirstOrDefault(s => s.OutputSection == section.Name && s.IsIn(image.Name)) : null;

    private UnsharedCause Make(UnsharedKind kind, ObjectReference reference, string target, string text, string suggestion) =>
        new(kind, reference.From, target, $"{reference.From} in {reference.Object} {text}", (kind == UnsharedKind.Unknown ? null : ReferenceClassifier.AnswerMoves(plan, kind)) ?? suggestion);

    private static string Text(ElfSymbol? symbol) => symbol is { } found ? FormattableString.Invariant($"0x{found.Value:x}") : "not there";

    /// <summary>Whether a symbol is the application's. In a script of others it is what neither a library nor the script defines.</summary>
    private bool IsApplication((string Name, ElfFile File) image, ElfSymbol symbol, bool isOfLibrary)
    {
        if (plan.Overlay is not null) return !isOfLibrary && symbol.Type is (ElfSymbolType.Function or ElfSymbolType.Object or ElfSymbolType.Tls);
        ImagePlan found = plan.GetImage(image.Name);
        return found.Slots.Any(s => !plan.GetSection(s.Section).IsTable && symbol.Value >= s.Address && symbol.Value < s.Address + Math.Max(s.Size, 1));
    }

    /// <summary>The symbol of an image that a reference meets. Hidden ones, such as those of the linker's own script, are local in the image.</summary>
    private ElfSymbol? Find(ElfFile image, ObjectReference reference)
    {
        if (!globals.TryGetValue(image, out Dictionary<string, ElfSymbol>? known))
        {
            known = new Dictionary<string, ElfSymbol>(StringComparer.Ordinal);
            if (image.TryReadSymbols(out IReadOnlyList<ElfSymbol>? symbols, out _))
            {
                foreach (ElfSymbol symbol in symbols.Where(s => !s.IsUndefined).OrderBy(s => s.Binding != ElfSymbolBinding.Local)) known[symbol.Name] = symbol;
            }

            globals.Add(image, known);
        }

        return known.TryGetValue(reference.Target, out ElfSymbol value) && (value.Binding != ElfSymbolBinding.Local || reference.Section.Length == 0) ? value : null;
    }
}
