using System.CommandLine;
using System.Linq;
using LayoutDsl.Analysis.Linking.Strategies;
using LayoutDsl.Cli.Output;
using LayoutDsl.Model;

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

    /// <summary>The formats of commands that have figures.</summary>
    public static Option<OutputFormat> FormatOfFigures()
    {
        var option = new Option<OutputFormat>("--format") { Description = "text for people, json for programs, csv for the figures alone, sarif for tools that show diagnostics.", DefaultValueFactory = _ => OutputFormat.Text };
        option.AcceptOnlyFromAmong("text", "json", "csv", "sarif");
        return option;
    }

    /// <summary>Values for the parameters of layouts; an option of every command.</summary>
    public static Option<string[]> Define { get; } = CreateDefine();

    public static Option<string?> Facts() => new("--facts") { Description = "Use this facts file and do not read the objects.", HelpName = "FILE" };

    public static Option<LinkStrategy> Strategy()
    {
        var option = new Option<LinkStrategy>("--strategy") { Description = "Where things go: as LayoutDsl plans, as the linker does it (default), or as the published Spacer does.", DefaultValueFactory = _ => LinkStrategy.LayoutDsl };
        option.AcceptOnlyFromAmong("layoutdsl", "spacer", "default");
        return option;
    }

    private static Option<string[]> CreateDefine()
    {
        var option = new Option<string[]>("-D", "--define") { Description = "Give a parameter of the layout a value; may be repeated.", HelpName = "NAME=VALUE", Recursive = true };
        option.Validators.Add(result =>
        {
            foreach (string text in result.Tokens.Select(t => t.Value).Where(t => LayoutParameter.Parse(t) is null)) result.AddError($"'{text}' is not of the form NAME=VALUE");
        });
        return option;
    }

    public static Option<string?> LinkerKind(string unless)
    {
        var option = new Option<string?>("--linker-kind") { Description = "What the linker is: gnu, gold or lld. What it cannot do is an error. " + unless, HelpName = "KIND" };
        option.AcceptOnlyFromAmong("gnu", "gold", "lld");
        return option;
    }

    public static Option<int> Jobs()
    {
        var option = new Option<int>("--jobs", "-j") { Description = "Links at once; the number of processors when not given.", HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<int>() < 1) result.AddError("--jobs needs a number from 1 on");
        });
        return option;
    }

    public static Option<string> Directory(string name, string alias, string description, string @default) =>
        new(name, alias) { Description = description, HelpName = "DIR", DefaultValueFactory = _ => @default };
}
