using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Analysis.Resolution;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Predicting;

/// <summary>Makes the bytes of a predicted image of x86-64: contents, what is between them, and what relocations write.</summary>
internal sealed class ImageWriter
{
    /// <summary>Instructions without effect of one to ten bytes (binutils: bfd_arch_i386_long_nop_fill).</summary>
    private static readonly byte[][] Nops =
    [
        [0x90], [0x66, 0x90], [0x0f, 0x1f, 0x00], [0x0f, 0x1f, 0x40, 0x00], [0x0f, 0x1f, 0x44, 0x00, 0x00], [0x66, 0x0f, 0x1f, 0x44, 0x00, 0x00],
        [0x0f, 0x1f, 0x80, 0, 0, 0, 0], [0x0f, 0x1f, 0x84, 0, 0, 0, 0, 0], [0x66, 0x0f, 0x1f, 0x84, 0, 0, 0, 0, 0], [0x66, 0x2e, 0x0f, 0x1f, 0x84, 0, 0, 0, 0, 0],
    ];

    private readonly ImageLayout layout;
    private ImageWriter(ImageLayout layout) => this.layout = layout;

    /// <summary>Fills the sections that have bytes.</summary>
    public static void Write(ImageLayout layout)
    {
        var writer = new ImageWriter(layout);
        foreach (ModelSection section in layout.Sections.Where(s => s.HasContent && s.Script.IsLoaded && s.Size > 0)) section.Bytes = new byte[section.Size];
        foreach ((ModelSection section, ulong address, ulong size) in layout.Gaps)
        {
            if (section.Bytes is not { } bytes) continue;
            Span<byte> gap = bytes.AsSpan((int)(address - section.Address), (int)size);
            if (section.Script.Fill is { } fill) FillWith(gap, fill);
            else if (section.IsCode) FillCode(gap);
        }

        foreach ((ModelSection section, ulong address, ScriptData data) in layout.Data)
        {
            if (section.Bytes is { } bytes) WriteValue(bytes.AsSpan((int)(address - section.Address)), data.Size, layout.Evaluate(data.Value, address));
        }

        writer.WriteTable();
        foreach (PlacedSection input in layout.Sections.SelectMany(s => s.Inputs)) writer.Write(input);
    }

    private static void FillCode(Span<byte> gap)
    {
        while (gap.Length > 0)
        {
            byte[] nop = Nops[Math.Min(gap.Length, Nops.Length) - 1];
            nop.CopyTo(gap);
            gap = gap.Slice(nop.Length);
        }
    }

    /// <summary>Each gap starts with the first byte of the fill (ld manual, Output Section Fill).</summary>
    private static void FillWith(Span<byte> gap, uint fill)
    {
        for (int i = 0; i < gap.Length; i++) gap[i] = (byte)(fill >> (24 - (8 * (i % 4))));
    }

    private void WriteTable()
    {
        if (layout.TableSection is not { Bytes: { } bytes } section) return;
        Span<byte> table = bytes.AsSpan((int)(layout.TableAddress - section.Address));
        foreach ((int item, int symbol) in layout.Table.Locals)
        {
            LinkedObject linked = layout.Resolution.Objects[item];
            Add(ref table, layout.AddressOf(layout.Resolution.Resolve(linked, symbol)) ?? 0);
        }

        foreach (SymbolDefinition symbol in layout.Table.Globals) Add(ref table, layout.AddressOf(symbol) ?? 0);

        static void Add(ref Span<byte> rest, ulong value)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(rest, value);
            rest = rest.Slice(8);
        }
    }

    private void Write(PlacedSection input)
    {
        if (input.Output.Bytes is not { } bytes || input.Section.Index == 0 || !input.Section.HasFileContent || input.Size == 0) return;
        Span<byte> content = bytes.AsSpan((int)(input.Address - input.Output.Address), (int)input.Size);
        if (input.Merged is { } merged)
        {
            merged.CopyTo(content);
            return;
        }

        input.Section.Data.Span.CopyTo(content);
        IReadOnlyList<ElfRelocation> relocations = LinkInputs.Relocations(input);
        for (int i = 0; i < relocations.Count; i++)
        {
            if (Apply(input, content, relocations[i])) i++;
        }
    }

    /// <summary>Applies a relocation.</summary>
    /// <returns>Whether the next one went with it.</returns>
    private bool Apply(PlacedSection input, Span<byte> content, ElfRelocation relocation)
    {
        if (relocation.Type == 0) return false;
        SymbolDefinition target = layout.Resolution.Resolve(input.Object, relocation.SymbolIndex);
        int at = checked((int)relocation.Offset);
        if (target.Kind == DefinitionKind.Undefined) throw new PredictionException($"'{target.Name}' is not defined");
        ulong? address = SectionReferences.Resolve(layout, input, relocation, target);
        if (address is not { } value)
        {
            // What the linker left out is zero where it is referred to.
            content.Slice(at, RelocationTypes.SizeOf(relocation.Type)).Clear();
            return false;
        }

        if (target.IsIndirectFunction && !target.IsAbsolute) throw new PredictionException($"'{target.Name}' is chosen when the program starts, and not wrapped");
        if (relocation.Type is 9 or 41 or 42)
        {
            if (!PointerLoads.IsConverted(input.Section.Data.Span, relocation, target))
            {
                WriteValue(content.Slice(at), 4, unchecked(SectionReferences.EntryOf(layout, input, relocation, target) + (ulong)relocation.Addend - (input.Address + relocation.Offset)));
                return false;
            }

            relocation = PointerLoads.Convert(content, relocation);
            at = (int)relocation.Offset;
            value = layout.AddressOf(target) ?? 0;
            value = unchecked(value + (ulong)relocation.Addend);
        }

        ulong place = input.Address + relocation.Offset;
        switch (relocation.Type)
        {
            case 19 or 20 or 22:
                return ThreadLoads.Rewrite(content, relocation, unchecked((uint)(value - (ulong)relocation.Addend - layout.ThreadPointer)));
            case 17 or 18:
                WriteValue(content.Slice(at), 8, unchecked(value - layout.ThreadPointer));
                return false;
            case 21 or 23:
                WriteValue(content.Slice(at), 4, unchecked(value - layout.ThreadPointer));
                return false;
            case 25:
                WriteValue(content.Slice(at), 8, unchecked(value - layout.TableBase));
                return false;
            case 26:
                WriteValue(content.Slice(at), 4, unchecked(layout.TableBase + (ulong)relocation.Addend - place));
                return false;
            case 32 or 33:
                WriteValue(content.Slice(at), relocation.Type == 32 ? 4 : 8, unchecked(target.Size + (ulong)relocation.Addend));
                return false;
            default:
                WriteValue(content.Slice(at), RelocationTypes.SizeOf(relocation.Type), RelocationTypes.IsRelative(relocation.Type) ? unchecked(value - place) : value);
                return false;
        }
    }

    private static void WriteValue(Span<byte> target, int size, ulong value)
    {
        for (int i = 0; i < size; i++) target[i] = (byte)(value >> (8 * i));
    }
}
