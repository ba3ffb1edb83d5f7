using System;
using System.Buffers.Binary;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Predicting;

/// <summary>Accesses to thread-local data, which in a static program all become local exec (x86-64 psABI, Thread-Local Storage; ELF Handling For Thread-Local Storage, 5.5).</summary>
internal static class ThreadLoads
{
    private static readonly byte[] GeneralDynamic = [0x64, 0x48, 0x8b, 0x04, 0x25, 0, 0, 0, 0, 0x48, 0x8d, 0x80, 0, 0, 0, 0];
    private static readonly byte[] LocalDynamic = [0x66, 0x66, 0x66, 0x64, 0x48, 0x8b, 0x04, 0x25, 0, 0, 0, 0];

    /// <summary>Rewrites an access.</summary>
    /// <param name="content">The section.</param>
    /// <param name="relocation">R_X86_64_TLSGD, TLSLD or GOTTPOFF.</param>
    /// <param name="offset">The variable's distance from the thread pointer.</param>
    /// <returns>Whether the relocation behind it, of the call, is gone.</returns>
    public static bool Rewrite(Span<byte> content, in ElfRelocation relocation, uint offset)
    {
        int at = (int)relocation.Offset;
        switch (relocation.Type)
        {
            case 19:
                GeneralDynamic.CopyTo(content.Slice(at - 4));
                BinaryPrimitives.WriteUInt32LittleEndian(content.Slice(at + 8), offset);
                return true;
            case 20:
                if (content[at + 4] != 0xe8) throw new PredictionException("a call for thread-local data has a form that is not known");
                LocalDynamic.CopyTo(content.Slice(at - 3));
                return true;
            default:
                RewriteInitialExec(content, at);
                BinaryPrimitives.WriteUInt32LittleEndian(content.Slice(at), offset);
                return false;
        }
    }

    private static void RewriteInitialExec(Span<byte> content, int at)
    {
        byte opcode = content[at - 2];
        int register = content[at - 1] >> 3;
        bool isExtended = at >= 3 && content[at - 3] == 0x4c;
        if (opcode == 0x8b || register == 4)
        {
            if (isExtended) content[at - 3] = 0x49;
            content[at - 2] = opcode == 0x8b ? (byte)0xc7 : (byte)0x81;
            content[at - 1] = (byte)(0xc0 | register);
        }
        else
        {
            if (isExtended) content[at - 3] = 0x4d;
            content[at - 2] = 0x8d;
            content[at - 1] = (byte)(0x80 | register | (register << 3));
        }
    }
}
