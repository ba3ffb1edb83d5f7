using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Planning;
using LayoutDsl.Text;

namespace LayoutDsl.Analysis.Sharing;

/// <summary>Says why two images differ at an address of a library that both have.</summary>
public sealed class CauseFinder
{
    /// <summary>Relocations that lead through the global offset table (x86-64 psABI, Relocation Types): GOT32, GOTPCREL, GOTTPOFF, GOTPCRELX, REX_GOTPCRELX.</summary>
    private static readonly HashSet<uint> TableTypes = [3, 9, 22, 41, 42];

    private readonly LayoutPlan plan;
    private readonly ReferenceFinder references;
    private readonly HashSet<string> slots;
    private readonly Dictionary<ElfFile, Dictionary<string, ulong>> globals = new();

    /// <summary>Creates a finder.</summary>
    public CauseFinder(LayoutPlan plan, ReferenceFinder references)
    {
        this.plan = plan;
        this.references = references;
        slots = new HashSet<string>(plan.Libraries.SelectMany(l => l.Slots).Select(s => s.OutputSection), StringComparer.Ordinal);
    }

    /// <summary>The cause of a difference.</summary>
    /// <param name="library">The library that the address belongs to.</param>
    /// <param name="address">The first byte that differs.</param>
    /// <param name="first">An image.</param>
    /// <param name="second">An image that has another byte there.</param>
    public UnsharedCause Find(string library, ulong address, (string Name, ElfFile File) first, (string Name, ElfFile File) second)
    {
        string at = ReferenceFinder.FindSymbol(first.File, address) is { } symbol ? FormattableString.Invariant($"{symbol.Name}+0x{address - symbol.Value:x}") : FormattableString.Invariant($"0x{address:x}");
        (string there, string other) = (Describe(first, address), Describe(second, address));
        if (there != other) return new UnsharedCause(UnsharedKind.InputDiffers, at, "", FormattableString.Invariant($"different objects stand at 0x{address:x}: {there} in {first.Name}, {other} in {second.Name}"), "");

        // A page may have what other libraries have there.
        SlotPlan? slot = SlotAt(first, address);
        library = slot?.Owner ?? library;
        if (references.Find(library, first, address) is not { } reference)
        {
            if (slot is { Images.Count: > 0 } && slot != SlotAt(second, address))
            {
                string objects = string.Join(", ", slot.Inputs.Select(i => LayoutPath.GetFileName(i.Path)).Distinct().Take(3));
                return new UnsharedCause(UnsharedKind.InputDiffers, at, "", $"{at} is in builds of '{library}' that differ ({objects}) between {first.Name} and {second.Name}", "build the library alike for all images");
            }

            return new UnsharedCause(UnsharedKind.Unknown, at, "", $"{at} differs between {first.Name} and {second.Name}, and no relocation says why", "compare the objects that the images were linked from");
        }

        ulong? a = AddressOf(first.File, reference.Target);
        ulong? b = AddressOf(second.File, reference.Target);
        string pair = $"{first.Name}: {Text(a)}, {second.Name}: {Text(b)}";
        if (plan.Architecture == "x86_64" && TableTypes.Contains(reference.Type))
        {
            return Make(UnsharedKind.LinkerTable, reference, $"goes through the linker's table to '{reference.Target}', whose entries stand in another order in each image", "compile the object with -fno-pic, or make the symbol's users equal in all images");
        }

        if (a is null != b is null) return Make(UnsharedKind.MissingSymbol, reference, $"refers to '{reference.Target}' ({pair})", $"define '{reference.Target}' in all images that have '{library}', or in none");
        if (a != b && plan.Overlay is { IsCaptured: true } && Describe(first, a!.Value) is { } place && !slots.Contains(place))
        {
            return Make(UnsharedKind.LinkerSymbol, reference, $"refers to '{reference.Target}', which is where the image's script has it ({pair})", $"give '{reference.Target}' one address in the scripts of the build");
        }

        if (a == b) return Make(UnsharedKind.Unknown, reference, $"refers to '{reference.Target}', which is at one address; the inputs differ", "build the library alike for all images");
        bool isApplication = IsApplication(first, a!.Value) || IsApplication(second, b!.Value);
        return isApplication
            ? Make(UnsharedKind.ApplicationSymbol, reference, $"refers to '{reference.Target}' of the application ({pair})", $"'indirect {reference.Target};' for a function, or pass it to the library at start")
            : Make(UnsharedKind.TargetMoves, reference, $"refers to '{reference.Target}' ({pair})", $"give '{reference.Target}' one address: a 'symbol' declaration, or a table that is 'padded'");
    }

    /// <summary>What stands at an address of an image: the name of a section of the linked file.</summary>
    private static string Describe((string Name, ElfFile File) image, ulong address) => ReferenceFinder.FindSection(image.File, address)?.Name ?? "nothing";

    private SlotPlan? SlotAt((string Name, ElfFile File) image, ulong address) =>
        ReferenceFinder.FindSection(image.File, address) is { } section ? plan.Libraries.SelectMany(l => l.Slots).FirstOrDefault(s => s.OutputSection == section.Name && s.IsIn(image.Name)) : null;

    private static UnsharedCause Make(UnsharedKind kind, ObjectReference reference, string text, string suggestion) =>
        new(kind, reference.From, reference.Target, $"{reference.From} in {reference.Object} {text}", suggestion);

    private static string Text(ulong? address) => address is { } value ? FormattableString.Invariant($"0x{value:x}") : "not there";

    private bool IsApplication((string Name, ElfFile File) image, ulong address)
    {
        ImagePlan found = plan.GetImage(image.Name);
        return found.Slots.Any(s => !plan.GetSection(s.Section).IsTable && address >= s.Address && address < s.Address + Math.Max(s.Size, 1));
    }

    private ulong? AddressOf(ElfFile image, string name)
    {
        if (!globals.TryGetValue(image, out Dictionary<string, ulong>? known))
        {
            known = new Dictionary<string, ulong>(StringComparer.Ordinal);
            if (image.TryReadSymbols(out IReadOnlyList<ElfSymbol>? symbols, out _))
            {
                foreach (ElfSymbol symbol in symbols.Where(s => !s.IsUndefined && s.Binding != ElfSymbolBinding.Local)) known[symbol.Name] = symbol.Value;
            }

            globals.Add(image, known);
        }

        return known.TryGetValue(name, out ulong value) ? value : null;
    }
}
