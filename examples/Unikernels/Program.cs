using System;
using System.Linq;
using LayoutDsl.Planning;
using Unikernels;

// What the compiler made of fleet.layout: constants where an address is needed, the plan as an object model where it is to be searched.
const ulong heap = Fleet.Libraries.Alloc.Text.Address;
Console.WriteLine($"alloc stands at 0x{heap:x} in all of its images");

LayoutPlan plan = Fleet.Plan;
foreach (LibraryPlan library in plan.Libraries.Where(l => l.ImageCount > 1))
{
    ulong bytes = library.Slots.Aggregate(0UL, (sum, slot) => sum + slot.Reserved);
    Console.WriteLine($"  {library.Name,-10} {library.ImageCount,3} images {bytes,7} bytes, first at 0x{library.Slots.Where(s => s.Reserved > 0).Min(s => s.Address):x}");
}

Console.WriteLine($"{plan.Images.Count} images; the script of fn{Fleet.Images.Fn.First} has {Fleet.Images.Fn.LinkerScript(Fleet.Images.Fn.First).Split('\n').Length} lines");
