namespace LayoutDsl.Emit.Stubs;

/// <summary>
/// AArch64. A direct branch reaches 128 MiB only, so a jump loads the address, which stands behind it, into <c>x16</c>: the register that may change between a call and
/// the function (AAPCS64, General-purpose Registers).
/// </summary>
internal sealed class Arm64StubCode : StubCode
{
    private const uint LoadX16 = 0xf9400210;
    private const uint BranchToX16 = 0xd61f0200;
    private const uint Return = 0xd65f03c0;
    private const uint Breakpoint = 0xd4200000;
    private const int PageBits = 12;

    public override ulong WordSize => 8;

    public override ulong JumpSize => 16;

    public override ulong ChosenJumpSize => 24;

    public override ulong? ReturnOffset => 12;

    public override ulong StopSize => 8;

    /// <summary><c>R_AARCH64_IRELATIVE</c> (ELF for the Arm 64-bit Architecture, Dynamic relocations).</summary>
    public override int? ChooseRelocation => 1032;

    /// <summary><c>brk #0</c>.</summary>
    public override string Stop => Instructions(Breakpoint, Breakpoint);

    /// <summary><c>ldr x16, .+8; br x16</c> and the address.</summary>
    public override string Jump(ulong address, string target, bool isThumb) => $"{Instructions(0x58000050, BranchToX16)} {Word($"ABSOLUTE({target})")}";

    /// <summary>
    /// <c>adrp x16, word; ldr x16, [x16, :lo12:word]; br x16; ret</c>: the same bytes wherever a library stands with its words. Where these are more than 4 GiB away,
    /// <c>ldr x16, .+16; ldr x16, [x16]; br x16; ret</c> and the address of the word.
    /// </summary>
    public override string JumpThrough(ulong address, ulong word)
    {
        long pages = unchecked((long)((word >> PageBits) - (address >> PageBits)));
        if (pages is < -(1 << 20) or >= 1 << 20) return $"{Instructions(0x58000090, LoadX16, BranchToX16, Return)} {Word(word)}";
        uint page = 0x90000010 | ((uint)(pages & 3) << 29) | ((uint)((pages >> 2) & 0x7ffff) << 5);
        uint load = LoadX16 | ((uint)((word & 0xfff) / WordSize) << 10);
        return Instructions(page, load, BranchToX16, Return, Breakpoint, Breakpoint);
    }
}
