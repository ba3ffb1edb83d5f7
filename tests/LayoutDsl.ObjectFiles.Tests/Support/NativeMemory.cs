using System;
using System.Buffers;

namespace LayoutDsl.ObjectFiles.Tests;

/// <summary>Memory that does not give out its array, as that of a memory-mapped file.</summary>
internal sealed class NativeMemory(byte[] content) : MemoryManager<byte>
{
    public override Span<byte> GetSpan() => content;

    public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException();

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}
