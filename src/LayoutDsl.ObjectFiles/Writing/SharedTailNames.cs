using System;
using System.Collections.Generic;
using System.Text;

namespace LayoutDsl.ObjectFiles;

/// <summary>
/// Makes a string table (gABI: String Table) in which a name that is the tail of another shares its bytes. First all names are added, then they have their places. Equal
/// names, in whatever order, give equal bytes.
/// </summary>
internal sealed class SharedTailNames
{
    // One character for each byte: names are bytes, in whatever encoding.
    private static readonly Encoding Latin1 = Encoding.GetEncoding(28591);

    private readonly Dictionary<string, uint> _offsets = new(StringComparer.Ordinal);
    private byte[]? _content;

    public void Add(ReadOnlyMemory<byte> name) => _offsets[Text(name)] = 0;

    public uint Offset(ReadOnlyMemory<byte> name)
    {
        _ = Content();
        return _offsets[Text(name)];
    }

    public byte[] Content() => _content ??= Place();

    private byte[] Place()
    {
        string[] names = [.. _offsets.Keys];

        // Read from behind and descending, the tail of a name follows it directly.
        Array.Sort(names, (a, b) => CompareReversed(b, a));
        var bytes = new List<byte> { 0 };
        string last = "";
        uint lastOffset = 0;
        foreach (string name in names)
        {
            if (name.Length == 0) continue;
            if (!last.EndsWith(name, StringComparison.Ordinal))
            {
                last = name;
                lastOffset = (uint)bytes.Count;
                bytes.AddRange(Latin1.GetBytes(name));
                bytes.Add(0);
            }

            _offsets[name] = lastOffset + (uint)(last.Length - name.Length);
        }

        return [.. bytes];
    }

    private static int CompareReversed(string a, string b)
    {
        for (int i = 1; i <= a.Length && i <= b.Length; i++)
        {
            int order = a[a.Length - i].CompareTo(b[b.Length - i]);
            if (order != 0) return order;
        }

        return a.Length.CompareTo(b.Length);
    }

    private static string Text(ReadOnlyMemory<byte> name) => name.IsEmpty ? "" : Latin1.GetString(name.ToArray());
}
