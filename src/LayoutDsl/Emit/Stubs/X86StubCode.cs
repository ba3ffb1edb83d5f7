namespace LayoutDsl.Emit.Stubs;

/// <summary>What both x86 machines have: a direct jump, which reaches everything that code of the small model does.</summary>
internal abstract class X86StubCode : StubCode
{
    private const byte Breakpoint = 0xcc;
    private const byte Return = 0xc3;

    public override ulong JumpSize => 8;

    public override ulong ChosenJumpSize => 8;

    public override ulong? ReturnOffset => 6;

    public override ulong StopSize => 8;

    public override string Stop => Bytes(Breakpoint, Breakpoint, Breakpoint, Breakpoint, Breakpoint, Breakpoint, Breakpoint, Breakpoint);

    /// <summary><c>jmp target</c>.</summary>
    public override string Jump(ulong address, string target, bool isThumb) =>
        $"BYTE(0xe9) LONG(ABSOLUTE({target}) - {Hex(address + 5)}) {Bytes(Breakpoint, Breakpoint, Breakpoint)}";

    /// <summary><c>jmp *operand</c>: relative to what follows, or absolute.</summary>
    protected static string JumpThrough(uint operand) => $"{Bytes(0xff, 0x25)} LONG({Hex(operand)}) {Bytes(Return, Breakpoint)}";
}

/// <summary>x86-64.</summary>
internal sealed class X64StubCode : X86StubCode
{
    public override ulong WordSize => 8;

    /// <summary><c>R_X86_64_IRELATIVE</c> (x86-64 psABI, Relocation Types).</summary>
    public override int? ChooseRelocation => 37;

    /// <summary><c>jmp *word(%rip)</c>.</summary>
    public override string JumpThrough(ulong address, ulong word) => JumpThrough(unchecked((uint)(word - (address + 6))));
}

/// <summary>i386.</summary>
internal sealed class I386StubCode : X86StubCode
{
    public override ulong WordSize => 4;

    /// <summary><c>R_386_IRELATIVE</c> (i386 psABI, Relocation Types).</summary>
    public override int? ChooseRelocation => 42;

    /// <summary><c>jmp *word</c>.</summary>
    public override string JumpThrough(ulong address, ulong word) => JumpThrough((uint)word);
}
