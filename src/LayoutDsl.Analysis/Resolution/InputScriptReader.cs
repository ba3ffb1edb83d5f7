using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Linq;
using System.Text;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Resolution;

/// <summary>
/// Reads a linker script that only names files (ld manual: Simple Commands): INPUT, GROUP, AS_NEEDED, and OUTPUT_FORMAT, which is
/// skipped. Libraries are such scripts where one archive became several.
/// </summary>
internal sealed class InputScriptReader(LinkFiles files, string path, ReadOnlyMemory<byte> data, IReadOnlyList<string> scripts)
{
    private const int SizeLimit = 1 << 16;

    /// <summary>Scripts that name scripts could make any number of inputs out of a few lines.</summary>
    private const int InputLimit = 10_000;

    private readonly List<LinkInput> inputs = [];
    private string[] tokens = [];
    private int position;

    public bool TryRead([NotNullWhen(true)] out IReadOnlyList<LinkInput>? result, [NotNullWhen(false)] out ObjectFileError? error)
    {
        result = null;
        if (data.Length > SizeLimit || data.Span.IndexOf((byte)0) >= 0)
        {
            error = Error("the file is neither an object, nor an archive, nor a linker script that names files");
            return false;
        }

        tokens = Tokens(Encoding.UTF8.GetString(data.ToArray()));
        while (position < tokens.Length)
        {
            error = ReadCommand();
            if (error is not null) return false;
        }

        error = null;
        result = inputs;
        return true;
    }

    private static string[] Tokens(string text)
    {
        var found = new List<string>();
        for (int i = 0; i < text.Length;)
        {
            int start = i;
            if (char.IsWhiteSpace(text[i]) || text[i] is ',' or ';')
            {
                i++;
            }
            else if (text[i] is '(' or ')')
            {
                found.Add(text.Substring(i++, 1));
            }
            else if (string.CompareOrdinal(text, i, "/*", 0, 2) == 0)
            {
                int end = text.IndexOf("*/", i + 2, StringComparison.Ordinal);
                i = end < 0 ? text.Length : end + 2;
            }
            else
            {
                while (i < text.Length && !char.IsWhiteSpace(text[i]) && text[i] is not ('(' or ')' or ',' or ';')) i++;
                found.Add(text.Substring(start, i - start).Trim('"'));
            }
        }

        return [.. found];
    }

    private ObjectFileError? ReadCommand()
    {
        string command = tokens[position++];
        if (command is not ("INPUT" or "GROUP" or "OUTPUT_FORMAT" or "OUTPUT_ARCH") || position >= tokens.Length || tokens[position] != "(")
        {
            return Error($"'{Clip(command)}' is no linker script command that names files (INPUT, GROUP): is this an object or an archive?");
        }

        position++;
        var named = new List<LinkInput>();
        int open = 1;
        for (; position < tokens.Length && open > 0; position++)
        {
            string token = tokens[position];
            if (token == ")") open--;
            else if (token == "(") open++;
            else if (command[0] != 'O' && token != "AS_NEEDED" && Open(token, named) is { } error) return error;
        }

        if (command == "GROUP") inputs.Add(new GroupInput(named));
        else inputs.AddRange(named);
        return null;
    }

    private ObjectFileError? Open(string name, List<LinkInput> named)
    {
        if (name.StartsWith("-l", StringComparison.Ordinal)) return Error($"the script names the library '{Clip(name)}' without a path");
        string file = Path.IsPathRooted(name) ? name : Path.Combine(Path.GetDirectoryName(path) ?? "", name);
        if (file == path || scripts.Contains(file)) return Error($"the script names '{Clip(name)}', which names this script");
        if (!files.TryOpen(file, [.. scripts, path], out IReadOnlyList<LinkInput>? opened, out ObjectFileError? error)) return error;
        named.AddRange(opened);
        return inputs.Count + named.Count <= InputLimit ? null : Error($"the script stands for more than {InputLimit} files");
    }

    private static string Clip(string text) => text.Length <= 40 ? text : text.Substring(0, 40) + "...";

    private ObjectFileError Error(string message) => new(ObjectFileErrorCode.Unsupported, path, 0, message);
}
