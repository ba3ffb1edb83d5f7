using System.Collections.Generic;
using System.Linq;

namespace LayoutDsl.Model;

/// <summary>A machine that images can be linked for.</summary>
/// <param name="Name">Its name in layouts.</param>
/// <param name="Machine">Its number in <c>e_machine</c> (gABI, ELF Header).</param>
/// <param name="Is64Bit">Whether its objects are ELFCLASS64.</param>
/// <param name="Emulation">GNU ld's name for it (<c>ld -m</c>).</param>
/// <param name="AddressBits">Bits of an address.</param>
/// <param name="IsRelaxed">Whether GNU ld makes code shorter where a target is near (RISC-V): sizes would depend on the image.</param>
public sealed record Architecture(string Name, int Machine, bool Is64Bit, string Emulation, int AddressBits, bool IsRelaxed = false)
{
    /// <summary>Every architecture that layouts can name.</summary>
    public static IReadOnlyList<Architecture> All { get; } = new[]
    {
        new Architecture("x86_64", 62, true, "elf_x86_64", 64),
        new Architecture("aarch64", 183, true, "aarch64elf", 64),
        new Architecture("arm", 40, false, "armelf", 32),
        new Architecture("riscv64", 243, true, "elf64lriscv", 64, IsRelaxed: true),
        new Architecture("i386", 3, false, "elf_i386", 32),
    };

    /// <summary>Whether the compiler can write the table of unwind records that its start code registers.</summary>
    public bool HasUnwindTable => Name == "x86_64";

    /// <summary>Whether objects are rewritten so that libraries can move on their own (<c>aslr shuffle</c>).</summary>
    public bool HasBlocks => Name is "x86_64" or "aarch64";

    /// <summary>Bytes that code can be from what it calls without a detour of the linker's making; null when that is as far as the small model goes (Arm ARM, BL: 128 MiB).</summary>
    public ulong? BranchReach => Name == "aarch64" ? 128UL << 20 : null;

    /// <summary>Bytes of the pages that code counts distances in: it stays equal only when it moves by whole ones (Arm ARM, ADRP).</summary>
    public ulong DistanceUnit => Name == "aarch64" ? 4096UL : 1UL;

    /// <summary>Highest address.</summary>
    public ulong LastAddress => AddressBits == 64 ? ulong.MaxValue : (1UL << AddressBits) - 1;

    /// <summary>The architecture of that name, or null.</summary>
    public static Architecture? Find(string name) => All.FirstOrDefault(a => a.Name == name);
}
