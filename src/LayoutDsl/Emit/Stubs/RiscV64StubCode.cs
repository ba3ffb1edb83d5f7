namespace LayoutDsl.Emit.Stubs;

/// <summary>
/// RISC-V with 64 bits. A jump loads the address, which stands behind it, into <c>t1</c>: a temporary that is no link register (RISC-V calling convention, Integer
/// Register Convention).
/// </summary>
internal sealed class RiscV64StubCode : StubCode
{
    /// <summary><c>auipc t1, 0</c>: the address of this instruction.</summary>
    private const uint Here = 0x00000317;

    /// <summary><c>ld t1, 16(t1)</c>.</summary>
    private const uint LoadBehind = 0x01033303;

    /// <summary><c>jr t1</c>.</summary>
    private const uint JumpToT1 = 0x00030067;

    public override ulong WordSize => 8;

    public override ulong JumpSize => 24;

    public override ulong ChosenJumpSize => 24;

    public override ulong StopSize => 8;

    /// <summary><c>R_RISCV_IRELATIVE</c> (RISC-V ELF psABI, Relocations).</summary>
    public override int? ChooseRelocation => 58;

    /// <summary><c>ebreak</c>.</summary>
    public override string Stop => Instructions(0x00100073, 0x00100073);

    /// <summary>The jump, a <c>nop</c> and the address.</summary>
    public override string Jump(ulong address, string target, bool isThumb) =>
        $"{Instructions(Here, LoadBehind, JumpToT1, 0x00000013)} {Word($"ABSOLUTE({target})")}";

    /// <summary>The jump with <c>ld t1, 0(t1)</c> in it, and the address of the word.</summary>
    public override string JumpThrough(ulong address, ulong word) => $"{Instructions(Here, LoadBehind, 0x00033303, JumpToT1)} {Word(word)}";
}
