using System;
using System.Buffers.Binary;
using System.Text;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Resolution;

/// <summary>
/// Gives every symbol name a number, so that names are compared and looked up as numbers. One table serves all files and links of a
/// run; a name is the bytes in a file, never a copy. May be used from several threads.
/// </summary>
public sealed class SymbolNameTable
{
    private readonly object gate = new();
    private int[] buckets = new int[1 << 12];
    private int[] next = new int[1 << 12];
    private uint[] hashes = new uint[1 << 12];
    private ReadOnlyMemory<byte>[] names = new ReadOnlyMemory<byte>[1 << 12];
    private int count;

    /// <summary>How many names there are.</summary>
    public int Count => count;

    /// <summary>The number of a name; the same number for the same bytes.</summary>
    public int Add(ReadOnlyMemory<byte> name)
    {
        uint hash = Hash(name.Span);
        lock (gate)
        {
            int found = Find(name.Span, hash);
            if (found >= 0) return found;
            if (count == names.Length) Grow();
            int bucket = (int)(hash & (uint)(buckets.Length - 1));
            names[count] = name;
            hashes[count] = hash;
            next[count] = buckets[bucket];
            buckets[bucket] = count + 1;
            return count++;
        }
    }

    /// <summary>The number of a name given as text (UTF-8).</summary>
    public int Add(string name) => Add(Encoding.UTF8.GetBytes(name));

    /// <summary>The number of a name, or -1 if it was never added.</summary>
    public int Find(string name)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        lock (gate) return Find(bytes, Hash(bytes));
    }

    /// <summary>The bytes of a name.</summary>
    public ReadOnlyMemory<byte> Bytes(int id) => names[id];

    /// <summary>The name as text; a byte that is not UTF-8 is written as <c>\xNN</c>. Decoded at each call.</summary>
    public string Text(int id) => Names.Decode(names[id]);

    private static uint Hash(ReadOnlySpan<byte> name)
    {
        const ulong Factor = 0x9e37_79b9_7f4a_7c15;
        ulong hash = (ulong)name.Length * Factor;
        while (name.Length >= sizeof(ulong))
        {
            hash = (hash ^ BinaryPrimitives.ReadUInt64LittleEndian(name)) * Factor;
            hash ^= hash >> 29;
            name = name.Slice(sizeof(ulong));
        }

        foreach (byte value in name) hash = (hash ^ value) * Factor;
        return (uint)(hash >> 32);
    }

    private int Find(ReadOnlySpan<byte> name, uint hash)
    {
        for (int i = buckets[hash & (uint)(buckets.Length - 1)] - 1; i >= 0; i = next[i] - 1)
        {
            if (hashes[i] == hash && names[i].Span.SequenceEqual(name)) return i;
        }

        return -1;
    }

    private void Grow()
    {
        int size = checked(names.Length * 2);
        Array.Resize(ref hashes, size);
        Array.Resize(ref next, size);
        Array.Resize(ref names, size);
        buckets = new int[size];
        for (int i = 0; i < count; i++)
        {
            int bucket = (int)(hashes[i] & (uint)(size - 1));
            next[i] = buckets[bucket];
            buckets[bucket] = i + 1;
        }
    }
}
