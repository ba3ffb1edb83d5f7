using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.IO;
using System.Linq;

namespace LayoutDsl.Cli.Commands;

/// <summary>A command whose help ends with examples.</summary>
internal sealed class ToolCommand : Command
{
    public ToolCommand(string name, string description, params string[] examples)
        : base(name, description) => Examples = examples;

    public IReadOnlyList<string> Examples { get; }

    /// <summary>Makes <c>--help</c> show the examples, and those of the whole tool at its root.</summary>
    public static void AddExamplesToHelp(RootCommand root, params string[] examples)
    {
        HelpOption help = root.Options.OfType<HelpOption>().First();
        help.Action = new HelpWithExamples((HelpAction)help.Action!, examples);
    }

    private sealed class HelpWithExamples(HelpAction usual, IReadOnlyList<string> rootExamples) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            int code = usual.Invoke(parseResult);
            TextWriter output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (string example in parseResult.CommandResult.Command is ToolCommand command ? command.Examples : rootExamples) output.WriteLine("  " + example);
            output.WriteLine();
            output.WriteLine("Exit codes: 0 success, 1 the input has errors, 2 the command line has errors, 130 interrupted.");
            return code;
        }
    }
}
