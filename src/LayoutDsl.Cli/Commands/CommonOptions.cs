using System.CommandLine;
using LayoutDsl.Analysis.Linking.Strategies;
using LayoutDsl.Cli.Output;

namespace LayoutDsl.Cli.Commands;

/// <summary>Arguments and options that several commands have, with one meaning everywhere.</summary>
internal static class CommonOptions
{
    public static Argument<string> Layout() => new("LAYOUT") { Description = "The .layout file." };

    public static Option<OutputFormat> Format()
    {
        var option = new Option<OutputFormat>("--format") { Description = "text for people, json for programs, sarif for tools that show diagnostics.", DefaultValueFactory = _ => OutputFormat.Text };
        option.AcceptOnlyFromAmong("text", "json", "sarif");
        return option;
    }

    public static Option<string?> Facts() => new("--facts") { Description = "Use this facts file and do not read the objects.", HelpName = "FILE" };

    public static Option<LinkStrategy> Strategy()
    {
        var option = new Option<LinkStrategy>("--strategy") { Description = "Where things go: as LayoutDsl plans, as the linker does it (default), or as the published Spacer does.", DefaultValueFactory = _ => LinkStrategy.LayoutDsl };
        option.AcceptOnlyFromAmong("layoutdsl", "spacer", "default");
        return option;
    }

    public static Option<string> Directory(string name, string alias, string description, string @default) =>
        new(name, alias) { Description = description, HelpName = "DIR", DefaultValueFactory = _ => @default };
}
