using System;
using LayoutDsl.Diagnostics;
using LayoutDsl.Model;
using LayoutDsl.Text;

namespace LayoutDsl.Planning;

/// <summary>The next free address of a range. Runs against the range's end once and says then what did not fit.</summary>
internal sealed class AddressCursor
{
    private readonly DiagnosticBag bag;
    private readonly ulong end;

    public AddressCursor(BoundRegion region, ulong start, DiagnosticBag bag)
        : this(region, start, EndOf(region), bag)
    {
    }

    /// <summary>A cursor that ends before its region does.</summary>
    public AddressCursor(BoundRegion region, ulong start, ulong end, DiagnosticBag bag)
    {
        Region = region;
        Address = start;
        this.end = Math.Min(end, EndOf(region));
        this.bag = bag;
    }

    public BoundRegion Region { get; }

    public ulong Address { get; private set; }

    public bool HasOverflowed { get; private set; }

    /// <summary>The address just after a region. Its last byte may be the last of the address space: its end is then kept one short, which costs that byte.</summary>
    public static ulong EndOf(BoundRegion region) => region.Length > ulong.MaxValue - region.Origin ? ulong.MaxValue : region.Origin + region.Length;

    /// <summary>Moves up to an alignment.</summary>
    public void Align(ulong alignment)
    {
        if (HasOverflowed) return;
        if (Alignment.TryAlignUp(Address, alignment, out ulong aligned)) Address = aligned;
        else Address = ulong.MaxValue;
    }

    /// <summary>Moves on to an address that was reached by other means.</summary>
    public void MoveTo(ulong address) => Address = Math.Max(Address, address);

    /// <summary>Whether so many bytes fit.</summary>
    public bool Fits(ulong size, ulong alignment) =>
        size == 0 || (Alignment.TryAlignUp(Address, alignment, out ulong start) && start <= end && size <= end - start);

    /// <summary>Takes bytes and gives their first address. An empty slot stands where the cursor is and moves nothing.</summary>
    /// <param name="size">Bytes.</param>
    /// <param name="alignment">Alignment of the address.</param>
    /// <param name="location">Where the owner is declared.</param>
    /// <param name="what">What is placed, for the message when it does not fit.</param>
    public ulong Take(ulong size, ulong alignment, SourceLocation location, Func<string> what)
    {
        if (HasOverflowed || size == 0) return Address;
        ulong before = Address;
        bool fits = Fits(size, alignment);
        Align(alignment);
        ulong start = Address;
        if (fits)
        {
            Address = start + size;
            return start;
        }

        // What comes after is judged as if this were not there: one mistake, one message.
        HasOverflowed = true;
        Address = before;
        ulong room = start < end ? end - start : 0;
        bag.ReportRegionOverflow(
            location,
            FormattableString.Invariant($"{what()} needs {size} bytes at 0x{start:x}, but the region '{Region.Name}' has {room} left (it ends at 0x{end:x})"),
            "make the region longer, place from a lower address, or take libraries out");
        return start;
    }
}
