using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Emit.Stubs;
using LayoutDsl.Model;
using LayoutDsl.Text;

namespace LayoutDsl.Planning;

/// <summary>What goes into a table: its room and alignment in all images, and its content in each.</summary>
internal sealed class TableLayout
{
    private readonly BoundSection table;
    private readonly FleetContent content;

    /// <summary>Offset of each unit in a table of thread-local data; the applications have one for all.</summary>
    private readonly Dictionary<UnitContent, ulong> offsets = new();
    private ulong applicationOffset;

    public TableLayout(BoundSection table, FleetContent content, StubCode stubs, int indirections, ulong threadAlignment)
    {
        this.table = table;
        this.content = content;
        Alignment = table.Role == SectionRole.Ordinary ? 1 : stubs.WordSize;
        switch (table.Role)
        {
            case SectionRole.ThreadData:
                Alignment = threadAlignment;
                PlaceThreadData();
                break;
            case SectionRole.FunctionTable:
                Size = stubs.RelocationSize * (ulong)content.LibraryUnits.Sum(u => u.IndirectFunctions.Count);
                break;
            case SectionRole.IndirectStubs:
                Size = indirections == 0 ? 0 : (stubs.JumpSize * (ulong)indirections) + stubs.StopSize;
                break;
            case SectionRole.UnwindTable:
                // One word for each part of a library and one for the application, the end mark, and the terminator that crtend.o brings.
                int units = content.Libraries.SelectMany(l => l.Parts).Count(p => p.Variants.Any(u => u.HasUnwind));
                bool any = units > 0 || content.Images.Any(i => i.Application.HasUnwind);
                Size = any ? stubs.WordSize * (ulong)(units + 3) : 0;
                break;
            default:
                foreach (ImageContent image in content.Images)
                {
                    Size = Math.Max(Size, image.TableSize(table));
                    Alignment = Math.Max(Alignment, image.TableAlignment(table.Name));
                }

                break;
        }
    }

    /// <summary>Bytes that the largest of the images needs.</summary>
    public ulong Size { get; private set; }

    /// <summary>Alignment in bytes.</summary>
    public ulong Alignment { get; private set; }

    /// <summary>The table of one image at the place that is common to all.</summary>
    public SlotPlan Fill(ImageContent image, SlotPlan common) => common with
    {
        Owner = image.Name,
        Size = table.IsPadded ? common.Reserved : image.TableSize(table),
        IsNote = image.IsNoteTable(table.Name),
        Inputs = table.Role == SectionRole.ThreadData ? ThreadInputs(image).ToEquatableArray() : image.TableInputs(table.Name).ToEquatableArray(),
    };

    /// <summary>
    /// Code has offsets from the end of the block of thread-local data (x86-64 psABI, Thread-Local Storage; variant II). So every library has its own place in it,
    /// also in images that lack others, and the whole has one size.
    /// </summary>
    private void PlaceThreadData()
    {
        ulong next = 0;
        foreach (LibraryPart part in content.Libraries.SelectMany(l => l.Parts))
        {
            ulong alignment = part.Variants.Max(u => u[table.Name].Alignment);
            ulong size = part.Variants.Max(u => u[table.Name].Size);
            if (size == 0) continue;
            next = Text.Alignment.AlignUp(next, alignment);
            foreach (UnitContent variant in part.Variants) offsets[variant] = next;
            next = checked(next + size);
        }

        SectionContent[] own = content.Images.Select(i => i.Application[table.Name]).Where(c => c.Size > 0).ToArray();
        applicationOffset = Text.Alignment.AlignUp(next, Alignment);
        if (own.Length > 0) next = checked(applicationOffset + own.Max(c => c.Size));

        // The block that follows, and so the end of all, is at a multiple of the alignment of the whole.
        Size = Text.Alignment.AlignUp(next, Alignment);
    }

    private IEnumerable<SlotInputPlan> ThreadInputs(ImageContent image)
    {
        foreach (UnitContent unit in image.TableUnits.Append(image.Application))
        {
            SectionContent part = unit[table.Name];
            if (part.Size == 0) continue;
            ulong offset = offsets.TryGetValue(unit, out ulong known) ? known : applicationOffset;
            foreach ((SlotInputPlan input, int i) in part.Inputs.Select((input, i) => (input, i)))
            {
                ulong? at = input.Offset is { } inside ? offset + inside : i == 0 ? offset : null;
                yield return input with { Path = input.Path.Replace(BoundInput.ImagePlaceholder, image.Name), Offset = at };
            }
        }
    }
}
