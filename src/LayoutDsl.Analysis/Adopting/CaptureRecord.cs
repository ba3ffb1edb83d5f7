using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LayoutDsl.Analysis.Diagnostics;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Diagnostics;
using LayoutDsl.Text;

namespace LayoutDsl.Analysis.Adopting;

/// <summary>Reads the record of one run, which the tool's stand-in in the build wrote (<c>Native/Capture/capture.c</c> of the tool).</summary>
internal static class CaptureRecord
{
    public const string RecordFolder = "records";
    public const string FileFolder = "files";
    public const string Extension = ".record";

    private const string Header = "layoutdsl-capture";
    private const ulong Version = 1;
    private const int DeepestResponse = 8;

    /// <summary>Reads a record; null after a diagnostic.</summary>
    public static CapturedRun? Read(string folder, string path, DiagnosticBag bag)
    {
        SourceText? text = LayoutFiles.ReadText(path, bag);
        if (text is null) return null;
        var reader = new RecordReader(text.Content);
        string tool = "", program = "", directory = "/";
        ulong start = 0;
        bool hasEnded = false;
        var arguments = new List<string>();
        var files = new List<(string Keyword, string Name, string Key)>();
        if (!reader.Read() || reader.Keyword != Header) reader.Fail("this is no record of a capture");
        else if (reader.Number(0) != Version) reader.Fail("it is of another version of this tool: capture again");
        while (reader.Read())
        {
            switch (reader.Keyword)
            {
                case "tool": (tool, program) = (reader.Text(0), reader.Text(1)); break;
                case "directory": directory = reader.Text(0); break;
                case "time": start = reader.Number(0); break;
                case "argument": arguments.Add(reader.Text(0)); break;
                case "input" or "output" or "response" or "stdin": files.Add((reader.Keyword, reader.Text(0), CheckKey(reader))); break;
                case "incomplete": reader.Fail("a file could not be copied when the tool ran: is there room on the disk?"); break;
                case "end": hasEnded = true; break;
                default: reader.Fail($"'{reader.Keyword}' is unknown"); break;
            }
        }

        if (!hasEnded) reader.Fail("the end is missing");
        else if (!LayoutPath.IsRooted(directory)) reader.Fail("the working directory is no full path");
        if (reader.Error is { } error)
        {
            bag.ReportDamagedCapture(path, error);
            return null;
        }

        CapturedFile[] Files(string keyword) => files
            .Where(f => f.Keyword == keyword)
            .Select(f => new CapturedFile(f.Name, Path.GetFullPath(Path.Combine(directory, f.Name)), Path.GetFullPath(Path.Combine(folder, FileFolder, f.Key))))
            .ToArray();
        var responses = Files("response").ToDictionary(f => f.Name, f => f.Copy, StringComparer.Ordinal);
        CapturedFile? standardInput = Files("stdin").FirstOrDefault();
        CapturedFile[] inputs = standardInput is null ? Files("input") : [.. Files("input"), standardInput];
        return new CapturedRun(path, tool, program, directory, start, arguments.SelectMany(a => Expand(a, responses, 0)).ToArray(), inputs, Files("output"), standardInput);
    }

    private static string CheckKey(RecordReader reader)
    {
        string key = reader.Text(1);
        if (key.Length == 0 || !key.All(c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f') or '-' or '.') || key[0] == '.') reader.Fail($"'{key}' is no key of a file");
        return key;
    }

    private static IEnumerable<string> Expand(string argument, Dictionary<string, string> responses, int depth)
    {
        if (argument.Length < 2 || argument[0] != '@' || depth > DeepestResponse || !responses.TryGetValue(argument.Substring(1), out string? copy) || !File.Exists(copy)) return new[] { argument };
        return ResponseText.Split(File.ReadAllText(copy)).SelectMany(a => Expand(a, responses, depth + 1));
    }
}
