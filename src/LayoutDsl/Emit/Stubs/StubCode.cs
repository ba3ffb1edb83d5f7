using System;
using System.Collections.Generic;
using System.Linq;

namespace LayoutDsl.Emit.Stubs;

/// <summary>
/// Jumps of one machine as data statements of a linker script. A jump stands at an address that the plan knows, so that its callers are the same in all images;
/// where it leads is the image's own.
/// </summary>
internal abstract class StubCode
{
    private static readonly Dictionary<string, StubCode> All = new(StringComparer.Ordinal)
    {
        ["x86_64"] = new X64StubCode(),
        ["i386"] = new I386StubCode(),
        ["aarch64"] = new Arm64StubCode(),
        ["arm"] = new ArmStubCode(),
        ["riscv64"] = new RiscV64StubCode(),
    };

    /// <summary>The jumps of the architecture of that name (<see cref="Model.Architecture.Name"/>).</summary>
    public static StubCode For(string architecture) => All[architecture];

    /// <summary>Bytes of an address.</summary>
    public abstract ulong WordSize { get; }

    /// <summary>Bytes of a jump with its padding: a multiple of <see cref="WordSize"/>.</summary>
    public abstract ulong JumpSize { get; }

    /// <summary>Bytes of a jump through a word, with its padding: a multiple of <see cref="WordSize"/>.</summary>
    public abstract ulong ChosenJumpSize { get; }

    /// <summary>Where in a jump through a word an instruction stands, behind the jump, that only returns; null when there is no room for one.</summary>
    public virtual ulong? ReturnOffset => null;

    /// <summary>Bytes of what stops the program where a jump leads nowhere: a multiple of <see cref="WordSize"/>.</summary>
    public abstract ulong StopSize { get; }

    /// <summary>Number of the relocation that calls its addend at start and stores what it returns; null when functions are not chosen by jumps of ours.</summary>
    public abstract int? ChooseRelocation { get; }

    /// <summary>Whether such relocations carry their addend themselves (<c>Elf64_Rela</c>) and not in the word (<c>Elf32_Rel</c>; gABI, Relocation).</summary>
    public virtual bool HasAddends => WordSize == 8;

    /// <summary>Bytes of such a relocation.</summary>
    public ulong RelocationSize => WordSize * (HasAddends ? 3UL : 2UL);

    /// <summary>The jump to a symbol.</summary>
    /// <param name="address">Address of the jump.</param>
    /// <param name="target">The symbol, as scripts write it.</param>
    /// <param name="isThumb">Whether its code is Thumb code (Arm only).</param>
    public abstract string Jump(ulong address, string target, bool isThumb);

    /// <summary>The jump to the address that a word holds.</summary>
    public abstract string JumpThrough(ulong address, ulong word);

    /// <summary>Where a jump leads in an image that lacks its function.</summary>
    /// <param name="address">Address of what <see cref="Stop"/> wrote.</param>
    /// <param name="isThumb">Whether it is reached in Thumb state (Arm only).</param>
    public virtual ulong StopOf(ulong address, bool isThumb) => address;

    /// <summary>An instruction that stops the program.</summary>
    public abstract string Stop { get; }

    /// <summary>A word with a value.</summary>
    public string Word(string value) => WordSize == 8 ? $"QUAD({value})" : $"LONG({value})";

    /// <summary>A word with a number.</summary>
    public string Word(ulong value) => Word(value == 0 ? "0" : Hex(value));

    /// <summary>The relocation that fills a word.</summary>
    public string Choose(ulong word, string resolver) =>
        Word(word) + " " + Word(FormattableString.Invariant($"{ChooseRelocation}")) + (HasAddends ? " " + Word(resolver) : "");

    protected static string Bytes(params byte[] bytes) => string.Join(" ", bytes.Select(b => FormattableString.Invariant($"BYTE(0x{b:x2})")));

    protected static string Instructions(params uint[] words) => string.Join(" ", words.Select(w => FormattableString.Invariant($"LONG(0x{w:x8})")));

    protected static string Hex(ulong value) => FormattableString.Invariant($"0x{value:x}");
}
