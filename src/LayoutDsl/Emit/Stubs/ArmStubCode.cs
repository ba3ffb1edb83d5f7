namespace LayoutDsl.Emit.Stubs;

/// <summary>
/// Arm with 32 bits. A jump is in the state of its function, since a call has other bytes for each of them and a processor may have one only (Cortex-M); the address
/// stands behind it. GNU ld takes the bit for Thumb away from addresses of functions, so it is put back here.
/// </summary>
internal sealed class ArmStubCode : StubCode
{
    public override ulong WordSize => 4;

    public override ulong JumpSize => 12;

    public override ulong ChosenJumpSize => 12;

    public override ulong StopSize => 8;

    /// <summary>Resolvers are Thumb code on some systems and Arm code on others, which facts do not tell.</summary>
    public override int? ChooseRelocation => null;

    /// <summary><c>udf #0</c>, in both states.</summary>
    public override string Stop => $"{Instructions(0xe7f000f0)} SHORT(0xde00) SHORT(0xde00)";

    public override ulong StopOf(ulong address, bool isThumb) => isThumb ? address + 4 : address;

    /// <summary>
    /// <c>ldr pc, [pc, #-4]</c> and the address; in Thumb state <c>push {r0, r1}; ldr r0, .+6; str r0, [sp, #4]; pop {r0, pc}</c>, which Armv6-M has too.
    /// </summary>
    public override string Jump(ulong address, string target, bool isThumb) => isThumb
        ? $"SHORT(0xb403) SHORT(0x4801) SHORT(0x9001) SHORT(0xbd01) LONG(ABSOLUTE({target}) | 1)"
        : $"{Instructions(0xe51ff004)} LONG(ABSOLUTE({target})) LONG(0)";

    /// <summary><c>ldr ip, [pc]; ldr pc, [ip]</c> and the address of the word.</summary>
    public override string JumpThrough(ulong address, ulong word) => $"{Instructions(0xe59fc000, 0xe59cf000)} {Word(word)}";
}
