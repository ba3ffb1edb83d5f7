using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Text;

namespace LayoutDsl.Build.Files;

/// <summary>
/// Remembers every file that the tasks wrote, by layout and step. Cleaning deletes these files only, and a file that a step no longer makes (the script
/// of an image that was removed) goes when the step runs next.
/// </summary>
internal sealed class OutputManifest
{
    private const string FileName = "outputs";
    private const string Header = "layoutdsl-outputs";
    private const ulong Version = 1;

    private readonly string path;
    private readonly OwnedDirectories owned;
    private readonly Dictionary<(string Layout, string Step), string[]> files = new();

    private OutputManifest(string intermediateDirectory, OwnedDirectories owned)
    {
        path = Path.Combine(intermediateDirectory, FileName);
        this.owned = owned;
    }

    /// <summary>Reads the manifest; one that is missing or damaged is empty, and every step runs again.</summary>
    public static OutputManifest Load(string intermediateDirectory, OwnedDirectories owned)
    {
        var manifest = new OutputManifest(intermediateDirectory, owned);
        if (!File.Exists(manifest.path)) return manifest;
        var reader = new RecordReader(File.ReadAllText(manifest.path));
        if (!reader.Read() || reader.Keyword != Header || reader.Number(0) != Version) return manifest;
        while (reader.Read())
        {
            string[] fields = Enumerable.Range(0, reader.FieldCount).Select(reader.Text).ToArray();
            if (fields.Length >= 2) manifest.files[(fields[0], fields[1])] = fields.Skip(2).ToArray();
        }

        return manifest;
    }

    /// <summary>Whether a step of a layout is known to have run.</summary>
    public bool Has(string layout, string step) => files.ContainsKey((layout, step));

    /// <summary>Remembers what a step made (full paths) and deletes what only its earlier run made.</summary>
    public void Set(string layout, string step, IEnumerable<string> outputs)
    {
        string[] now = outputs.Distinct(StringComparer.Ordinal).OrderBy(o => o, StringComparer.Ordinal).ToArray();
        files.TryGetValue((layout, step), out string[]? before);
        files[(layout, step)] = now;
        Save();
        foreach (string file in (before ?? Array.Empty<string>()).Except(files.Values.SelectMany(f => f), StringComparer.Ordinal)) Delete(file);
    }

    /// <summary>Remembers what a step made besides what it made before: after a failed run, whose earlier outputs stay.</summary>
    public void Add(string layout, string step, IEnumerable<string> outputs)
    {
        files.TryGetValue((layout, step), out string[]? before);
        Set(layout, step, outputs.Concat(before ?? Array.Empty<string>()));
    }

    /// <summary>Deletes every file, and itself.</summary>
    /// <returns>Number of files that were deleted.</returns>
    public int DeleteAll()
    {
        int count = files.Values.SelectMany(f => f).Distinct(StringComparer.Ordinal).Count(Delete);
        files.Clear();
        if (File.Exists(path)) File.Delete(path);
        DeleteEmptyFolders(path);
        return count;
    }

    private bool Delete(string file)
    {
        // The manifest is a file like any other: what it says is believed inside the project's folders only.
        if (!owned.Contain(file) || !File.Exists(file)) return false;
        File.Delete(file);
        DeleteEmptyFolders(file);
        return true;
    }

    private void DeleteEmptyFolders(string file)
    {
        for (string? folder = Path.GetDirectoryName(file); folder is not null && owned.Contain(folder); folder = Path.GetDirectoryName(folder))
        {
            if (!Directory.Exists(folder) || Directory.EnumerateFileSystemEntries(folder).Any()) return;
            Directory.Delete(folder);
        }
    }

    private void Save()
    {
        var text = new StringBuilder();
        text.AppendRecord(Header, Version);
        foreach (var entry in files.OrderBy(f => f.Key.Layout, StringComparer.Ordinal).ThenBy(f => f.Key.Step, StringComparer.Ordinal))
        {
            text.AppendRecord("step", new object[] { entry.Key.Layout, entry.Key.Step }.Concat(entry.Value).ToArray());
        }

        OutputFile.WriteIfChanged(path, text.ToString());
    }
}
