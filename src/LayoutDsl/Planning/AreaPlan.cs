using LayoutDsl.Text;

namespace LayoutDsl.Planning;

/// <summary>A range of memory that holds sections with a <c>place</c> of their own, of all libraries and images.</summary>
/// <param name="Name">Name of its first section.</param>
/// <param name="Sections">Names of its sections.</param>
/// <param name="Region">Region it runs in.</param>
/// <param name="Address">First address.</param>
/// <param name="Size">Bytes, up to the end of the image that has most in it.</param>
/// <param name="LoadRegion">Region it is loaded to; the same as <paramref name="Region"/> when nothing is copied.</param>
/// <param name="LoadAddress">First address of what is loaded; the same as <paramref name="Address"/> when nothing is copied.</param>
public sealed record AreaPlan(string Name, EquatableArray<string> Sections, string Region, ulong Address, ulong Size, string LoadRegion, ulong LoadAddress)
{
    /// <summary>The address just after it.</summary>
    public ulong End => Address + Size;
}
