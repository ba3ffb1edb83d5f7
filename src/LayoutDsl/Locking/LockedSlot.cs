using System;

namespace LayoutDsl.Locking;

/// <summary>A range of addresses that an earlier plan gave away, and that stays given.</summary>
/// <param name="Owner">Name of the library; empty for what every image has for itself.</param>
/// <param name="Section">Name of the section; for an image's own sections the name of their class (<see cref="ImageClass"/>).</param>
/// <param name="Part">Empty for what all images of the library have, else a short stable key of the part.</param>
/// <param name="Region">Name of the region it lies in.</param>
/// <param name="Address">First address.</param>
/// <param name="Reserved">Bytes that nothing else may use.</param>
/// <param name="Content">Content id of what was in it, so that what grew and what was updated can be told apart.</param>
public sealed record LockedSlot(string Owner, string Section, string Part, string Region, ulong Address, ulong Reserved, string Content)
{
    /// <summary>What the slot is known by.</summary>
    public (string Owner, string Section, string Part) Key => (Owner, Section, Part);

    /// <summary>The address just after what is reserved.</summary>
    public ulong End => Address > ulong.MaxValue - Reserved ? ulong.MaxValue : Address + Reserved;

    /// <summary>Whether it holds the applications' own sections of one class, of all images.</summary>
    public bool IsImageClass => Owner.Length == 0 && Section.StartsWith(ImageClass.Prefix, StringComparison.Ordinal);

    /// <summary>Whether another range lies in this one.</summary>
    public bool Holds(LockedSlot other) => Region == other.Region && Address <= other.Address && other.End <= End;

    /// <summary>How messages name it: <c>zlib.text</c>, <c>zlib.text(2)</c>, <c>the images' 'inits'</c>.</summary>
    public string DisplayName => Owner.Length == 0 ? "the images' '" + Section + "'" : Owner + "." + Section + (Part.Length == 0 ? "" : "(" + Part + ")");
}
