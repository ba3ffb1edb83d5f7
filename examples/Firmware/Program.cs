using System;
using System.Linq;
using Firmware;
using LayoutDsl.Planning;

// Constants of the plan stand where the compiler can check them: this does not compile when the stack is not in RAM.
const ulong freeRam = checked(Board.Regions.Ram.Origin + Board.Regions.Ram.Length - Board.Areas.Heap.Address - Board.Areas.Heap.Size);
LayoutPlan plan = Board.Plan;

foreach (RegionPlan region in plan.Regions)
{
    Console.WriteLine($"{region.Name,-8} 0x{region.Origin:x8} {region.Length,7} bytes");
    foreach (AreaPlan area in plan.Areas.Where(a => a.Region == region.Name))
    {
        string load = area.LoadAddress == area.Address ? "" : $"  copied from 0x{area.LoadAddress:x}";
        Console.WriteLine($"  {string.Join(", ", area.Sections),-20} 0x{area.Address:x8} {area.Size,6} bytes{load}");
    }
}

// What belongs in a test of the firmware: the stack has room for what its images were measured to use, and lies below all other data, so that one
// that grows too large stops at the end of RAM and overwrites nothing.
AreaPlan stack = plan.GetArea("stack");
bool fits = stack.Size >= 1024 && stack.Address == plan.GetRegion("ram").Origin && stack.End <= plan.GetArea("data").Address;
Console.WriteLine($"stack {(fits ? "fits" : "DOES NOT FIT")}, {freeRam} bytes of RAM are free");
return fits ? 0 : 1;
