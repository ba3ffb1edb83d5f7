using System;
using System.IO;
using System.Linq;
using Iced.Intel;

namespace LayoutDsl.Analysis.Rewriting;

/// <summary>
/// An instruction that works on a variable at a distance, moved out of line, where it finds the variable through a word: at its old place is a jump to it, and behind it one back. Code for
/// programs at fixed addresses (<c>-fPIE</c>, <c>-fno-pic</c>) has such instructions; they are at least six bytes long, and a jump has five.
/// </summary>
internal sealed class MovedInstruction
{
    private const int JumpSize = 5;
    private const byte Nop = 0x90;

    // lea -128(%rsp),%rsp and lea 128(%rsp),%rsp: around the red zone (x86-64 psABI, The Stack Frame); flags stay as they are.
    private static readonly byte[] LeaveRedZone = [0x48, 0x8d, 0x64, 0x24, 0x80];
    private static readonly byte[] EnterRedZone = [0x48, 0x8d, 0xa4, 0x24, 0x80, 0, 0, 0];

    private static readonly Register[] Candidates =
    [
        Register.RAX, Register.RCX, Register.RDX, Register.RSI, Register.RDI, Register.R8, Register.R9, Register.R10, Register.R11, Register.RBX, Register.R14, Register.R15,
    ];

    private MovedInstruction(byte[] thunk, int wordOffset, long addend, bool isCall)
    {
        Thunk = thunk;
        WordOffset = wordOffset;
        Addend = addend;
        IsCall = isCall;
    }

    /// <summary>The code out of line. When it comes back, its last four bytes are the distance to do so, still zero.</summary>
    public byte[] Thunk { get; }

    /// <summary>Where in the thunk the distance to the word is to be.</summary>
    public int WordOffset { get; }

    /// <summary>What the word holds beside the address of the symbol.</summary>
    public long Addend { get; }

    /// <summary>Whether the old place calls the thunk, which then never comes back by itself; else it jumps there.</summary>
    private bool IsCall { get; }

    private bool ComesBack { get; init; }

    /// <summary>Moves an instruction.</summary>
    /// <param name="instruction">It, with a memory operand relative to the instruction pointer.</param>
    /// <param name="fieldOffset">Where in the instruction the distance is.</param>
    /// <param name="addend">Addend of the relocation at that distance.</param>
    /// <returns>Null when it cannot be moved.</returns>
    public static MovedInstruction? Create(in Instruction instruction, int fieldOffset, long addend)
    {
        // The distance counts from the end of the instruction.
        long own = addend + (instruction.Length - fieldOffset);
        if (instruction.FlowControl is FlowControl.IndirectCall or FlowControl.IndirectBranch) return CreateBranch(instruction, own);
        if (instruction.FlowControl != FlowControl.Next || instruction.Length < JumpSize) return null;
        InstructionInfo info = new InstructionInfoFactory().GetInfo(instruction);
        Register[] used = info.GetUsedRegisters().Select(r => r.Register.GetFullRegister()).Concat(info.GetUsedMemory().SelectMany(m => new[] { m.Base.GetFullRegister(), m.Index.GetFullRegister() })).ToArray();
        if (used.Contains(Register.RSP)) return null;
        Register scratch = FindTarget(instruction, info);
        bool isFree = scratch != Register.None;
        if (!isFree) scratch = Candidates.First(r => !used.Contains(r));
        if (Encode(instruction, scratch) is not { } moved) return null;
        using var thunk = new MemoryStream();
        if (!isFree) Write(thunk, [.. LeaveRedZone, .. Push(scratch)]);
        Write(thunk, Load(scratch));
        int word = (int)thunk.Position - 4;
        Write(thunk, moved);
        if (!isFree) Write(thunk, [.. Pop(scratch), .. EnterRedZone]);
        Write(thunk, [0xe9, 0, 0, 0, 0]);
        return new MovedInstruction(thunk.ToArray(), word, own, false) { ComesBack = true };
    }

    /// <summary>Puts the jump at the old place, and the distances into the thunk.</summary>
    /// <param name="content">The section with room for the thunk.</param>
    /// <param name="at">Where the instruction was.</param>
    /// <param name="length">Its bytes.</param>
    /// <param name="thunkAt">Where the thunk is to be.</param>
    public void Place(Span<byte> content, int at, int length, int thunkAt)
    {
        Thunk.CopyTo(content.Slice(thunkAt));
        content.Slice(at, length).Fill(Nop);
        content[at] = IsCall ? (byte)0xe8 : (byte)0xe9;
        WriteDistance(content.Slice(at + 1), thunkAt - (at + JumpSize));
        if (ComesBack) WriteDistance(content.Slice(thunkAt + Thunk.Length - 4), at + length - (thunkAt + Thunk.Length));
    }

    /// <summary>A call or jump through a variable: the linkage register of calls is free to use (x86-64 psABI, Register Usage: %r11).</summary>
    private static MovedInstruction? CreateBranch(in Instruction instruction, long addend)
    {
        if (instruction.Code is not (Code.Call_rm64 or Code.Jmp_rm64)) return null;
        byte[] thunk = [.. Load(Register.R11), 0x41, 0xff, 0x23];
        return new MovedInstruction(thunk, 3, addend, instruction.Code == Code.Call_rm64);
    }

    /// <summary>The register that the instruction fills and does not look at, which is free before it; none when there is no such one.</summary>
    private static Register FindTarget(in Instruction instruction, InstructionInfo info)
    {
        if (instruction.Op0Kind != OpKind.Register || !(instruction.Op0Register.IsGPR32() || instruction.Op0Register.IsGPR64()) || info.Op0Access != OpAccess.Write) return Register.None;
        Register target = instruction.Op0Register.GetFullRegister();
        bool isRead = info.GetUsedRegisters().Any(r => r.Register.GetFullRegister() == target && r.Access != OpAccess.Write);
        return isRead ? Register.None : target;
    }

    private static byte[]? Encode(Instruction instruction, Register scratch)
    {
        instruction.MemoryBase = scratch;
        instruction.MemoryDisplacement64 = 0;
        instruction.MemoryDisplSize = 0;
        return EncodeAny(instruction);
    }

    /// <summary><c>mov word(%rip), register</c>: the distance is its last four bytes.</summary>
    private static byte[] Load(Register register)
    {
        int number = register - Register.RAX;
        return [(byte)(number < 8 ? 0x48 : 0x4c), 0x8b, (byte)(0x05 | ((number & 7) << 3)), 0, 0, 0, 0];
    }

    private static byte[] Push(Register register) => EncodeAny(Instruction.Create(Code.Push_r64, register))!;

    private static byte[] Pop(Register register) => EncodeAny(Instruction.Create(Code.Pop_r64, register))!;

    private static byte[]? EncodeAny(in Instruction instruction)
    {
        using var bytes = new MemoryStream();
        var encoder = Encoder.Create(64, new StreamCodeWriter(bytes));
        return encoder.TryEncode(instruction, 0, out _, out _) ? bytes.ToArray() : null;
    }

    private static void Write(MemoryStream stream, byte[] bytes) => stream.Write(bytes, 0, bytes.Length);

    private static void WriteDistance(Span<byte> content, int distance) => System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(content, distance);
}
