using System;
using System.Collections.Concurrent;
using System.IO;
using System.Linq;
using System.Text;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Text;

namespace LayoutDsl.Analysis.Linking;

/// <summary>Remembers from what each image was linked, so that an image whose inputs have the same contents is not linked again.</summary>
internal sealed class LinkRecord
{
    private const string Header = "layoutdsl-links";
    private const ulong Version = 1;

    private readonly string path;
    private readonly ConcurrentDictionary<string, Entry> entries = new(StringComparer.Ordinal);

    private LinkRecord(string path) => this.path = path;

    private sealed record Entry(string Fingerprint, ulong Length, ulong Time);

    /// <summary>Reads a record; one that is missing or damaged is empty, and everything is linked again.</summary>
    public static LinkRecord Load(string path)
    {
        var record = new LinkRecord(path);
        if (!File.Exists(path)) return record;
        var reader = new RecordReader(File.ReadAllText(path));
        if (!reader.Read() || reader.Keyword != Header || reader.Number(0) != Version) return record;
        while (reader.Read())
        {
            var entry = new Entry(reader.Text(1), reader.Number(2), reader.Number(3));
            if (reader.Error is null) record.entries[reader.Text(0)] = entry;
        }

        return record;
    }

    /// <summary>Whether an image stands at <paramref name="output"/> as it was linked from these inputs.</summary>
    public bool IsUpToDate(string image, string fingerprint, string output)
    {
        var file = new FileInfo(output);
        return file.Exists && entries.TryGetValue(image, out Entry? entry) && entry == EntryOf(fingerprint, file);
    }

    /// <summary>Remembers a link.</summary>
    public void Set(string image, string fingerprint, string output) => entries[image] = EntryOf(fingerprint, new FileInfo(output));

    /// <summary>Writes the record.</summary>
    public void Save()
    {
        var text = new StringBuilder();
        text.AppendRecord(Header, Version);
        foreach (var entry in entries.OrderBy(e => e.Key, StringComparer.Ordinal))
        {
            text.AppendRecord("image", entry.Key, entry.Value.Fingerprint, entry.Value.Length, entry.Value.Time);
        }

        OutputFile.WriteIfChanged(path, text.ToString());
    }

    private static Entry EntryOf(string fingerprint, FileInfo file) => new(fingerprint, (ulong)file.Length, (ulong)file.LastWriteTimeUtc.Ticks);
}
