using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;

namespace LayoutDsl.Analysis.Measuring;

/// <summary>The files that measuring has read, with the identities of what was in them at that moment.</summary>
internal sealed class ReadFiles
{
    /// <summary>The identity of a file that is not there.</summary>
    public const string Missing = "";

    private readonly ConcurrentDictionary<string, string> ids = new(StringComparer.Ordinal);

    /// <summary>Whether no file has changed between two times that it was read.</summary>
    public bool AreConsistent { get; private set; } = true;

    /// <summary>The files by path, in ordinal order.</summary>
    public IEnumerable<KeyValuePair<string, string>> All => ids.OrderBy(i => i.Key, StringComparer.Ordinal);

    /// <summary>Notes what was in a file.</summary>
    public void Add(string path, ReadOnlySpan<byte> content) => Add(path, ContentId.Of(content));

    /// <summary>Notes that a file is not there.</summary>
    public void AddMissing(string path) => Add(path, Missing);

    private void Add(string path, string id)
    {
        if (ids.GetOrAdd(path, id) != id) AreConsistent = false;
    }
}
