using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Text;

namespace LayoutDsl.Build.Files;

/// <summary>
/// Remembers what a step was made from and what it made: settings, the state of files, and the files that a pattern stands for. While all of it is as it
/// was, the step has nothing to do, and finds that out without reading any of those files.
/// </summary>
internal sealed class BuildStamp
{
    private const string Header = "layoutdsl-stamp";
    private const ulong Version = 1;

    /// <summary>Other tools may give other outputs: a stamp holds for the build of the tools that made it.</summary>
    private static readonly string Tools = string.Join(
        " ",
        new[] { typeof(BuildStamp), typeof(OutputFile), typeof(LayoutCompiler) }.Select(t => t.Assembly.ManifestModule.ModuleVersionId.ToString("n")));

    private readonly StringBuilder text = new();

    /// <summary>Starts a stamp.</summary>
    /// <param name="settings">What the step was asked to do.</param>
    public BuildStamp(params string[] settings)
    {
        text.AppendRecord(Header, Version);
        text.AppendRecord("settings", SettingsOf(settings));
    }

    /// <summary>Adds a file as it is now; one that is missing must stay missing.</summary>
    public void AddFile(string path)
    {
        FileState state = FileState.Of(path);
        text.AppendRecord("file", path, state.Length, state.Time);
    }

    /// <summary>Adds files as they are now.</summary>
    public void AddFiles(IEnumerable<string> paths)
    {
        foreach (string path in paths.Distinct(StringComparer.Ordinal)) AddFile(path);
    }

    /// <summary>Adds a pattern with the files that it stands for now, and their state.</summary>
    public void AddPattern(string directory, string pattern)
    {
        IReadOnlyList<string> files = FilePatterns.Expand(directory, pattern);
        text.AppendRecord("pattern", directory, pattern, string.Join("\n", files));
        AddFiles(files.Select(f => Path.Combine(directory, f)));
    }

    /// <summary>Adds something that the step found out, for the next run.</summary>
    public void AddNote(string name, string value) => text.AppendRecord("note", name, value);

    /// <summary>Writes the stamp: from now on the step is up to date.</summary>
    public void Save(string path) => OutputFile.WriteIfChanged(path, text.ToString());

    /// <summary>The notes of a stamp when all that it remembers is as it was; else null.</summary>
    public static ILookup<string, string>? FindCurrent(string path, params string[] settings)
    {
        try
        {
            return Read(path, settings, check: true);
        }
        catch (Exception exception) when (OutputFile.IsFileProblem(exception))
        {
            // The step runs, meets the same problem and reports it where it belongs.
            return null;
        }
    }

    /// <summary>The notes of a stamp whether it still holds or not; null when there is none.</summary>
    public static ILookup<string, string>? FindLast(string path) => Read(path, Array.Empty<string>(), check: false);

    private static ILookup<string, string>? Read(string path, string[] settings, bool check)
    {
        if (!File.Exists(path)) return null;
        var reader = new RecordReader(File.ReadAllText(path));
        var notes = new List<(string Name, string Value)>();
        if (!reader.Read() || reader.Keyword != Header || reader.Number(0) != Version) return null;
        while (reader.Read())
        {
            if (reader.Keyword == "note") notes.Add((reader.Text(0), reader.Text(1)));
            else if (check && !IsUnchanged(reader, settings)) return null;
        }

        return reader.Error is null ? notes.ToLookup(n => n.Name, n => n.Value, StringComparer.Ordinal) : null;
    }

    private static bool IsUnchanged(RecordReader record, string[] settings) => record.Keyword switch
    {
        "settings" => record.Text(0) == SettingsOf(settings),
        "file" => FileState.Of(record.Text(0)) == new FileState(record.Number(1), record.Number(2)),
        "pattern" => Directory.Exists(record.Text(0)) && string.Join("\n", FilePatterns.Expand(record.Text(0), record.Text(1))) == record.Text(2),
        _ => false,
    };

    private static string SettingsOf(string[] settings) => string.Join("\n", settings.Prepend(Tools));
}
