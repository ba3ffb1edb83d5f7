using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LayoutDsl.Analysis.Resolution;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Tests.Resolution;

/// <summary>The inputs and options of a command line of ld, as far as they matter for symbols.</summary>
internal sealed class CommandLine(LinkFiles files, ResolutionOptions options)
{
    private static readonly string[] WithValue = ["-o", "-plugin", "-m", "-z", "-T", "--hash-style", "-dynamic-linker"];

    private readonly Stack<List<LinkInput>> open = new([[]]);
    private readonly List<string> folders = [];
    private readonly List<string> undefined = [];
    private readonly List<string> wrapped = [];
    private bool isWhole;

    public IReadOnlyList<LinkInput> Inputs => open.Peek();

    public ResolutionOptions Options { get; private set; } = options;

    public CommandLine Parse(IReadOnlyList<string> arguments)
    {
        for (int i = 0; i < arguments.Count; i++)
        {
            string argument = arguments[i];
            if (argument is "-u" or "--wrap" or "-e")
            {
                Named(argument, arguments[++i]);
            }
            else if (WithValue.Contains(argument))
            {
                i++;
            }
            else
            {
                Input(argument);
            }
        }

        Options = Options with { Undefined = [.. Options.Undefined, .. undefined], Wrapped = [.. Options.Wrapped, .. wrapped] };
        return this;
    }

    private void Named(string option, string name)
    {
        if (option == "-u") undefined.Add(name);
        else if (option == "--wrap") wrapped.Add(name);
        else Options = Options with { Entry = name };
    }

    private void Input(string argument)
    {
        if (argument.StartsWith("-L", StringComparison.Ordinal)) folders.Add(argument[2..]);
        else if (argument.StartsWith("-l", StringComparison.Ordinal)) Open(Find(argument[2..]));
        else if (argument == "--start-group") open.Push([]);
        else if (argument == "--end-group") CloseGroup();
        else if (argument == "--whole-archive") isWhole = true;
        else if (argument == "--no-whole-archive") isWhole = false;
        else if (!argument.StartsWith('-')) Open(argument);
    }

    private void CloseGroup()
    {
        List<LinkInput> group = open.Pop();
        open.Peek().Add(new GroupInput(group));
    }

    private string Find(string library) => folders.Select(f => $"{f}/lib{library}.a").First(File.Exists);

    private void Open(string path)
    {
        Assert.True(files.TryOpen(path, out IReadOnlyList<LinkInput>? inputs, out ObjectFileError? error), error?.ToString());
        open.Peek().AddRange(inputs.Select(i => i is ArchiveInput archive ? archive with { Whole = isWhole } : i));
    }
}
