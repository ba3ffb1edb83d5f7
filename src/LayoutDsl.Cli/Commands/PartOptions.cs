using System.CommandLine;
using System.CommandLine.Parsing;

namespace LayoutDsl.Cli.Commands;

/// <summary>Options that plan some images without the rest of their fleet, which a lock stands for.</summary>
internal sealed class PartOptions
{
    private readonly Option<string[]> only = new("--only")
    {
        Description = "Plan this image, family or member of a family without the rest of the fleet, which the lock stands for; may be repeated.", HelpName = "IMAGE",
    };

    private readonly Option<string?> fleetLock = new("--fleet-lock")
    {
        Description = "The lock of a fleet that the images of this layout are added to: it stands for the fleet, and the layout needs only its libraries.", HelpName = "FILE",
    };

    private PartOptions(Command command)
    {
        command.Add(only);
        command.Add(fleetLock);
    }

    /// <summary>Gives a command the options.</summary>
    public static PartOptions AddTo(Command command) => new(command);

    /// <summary>What the command line says; null for the whole fleet.</summary>
    public FleetPart? Get(ParseResult parsed) => Make(parsed.GetValue(only), parsed.GetValue(fleetLock));

    /// <summary>The same while the command line is checked.</summary>
    public FleetPart? Get(CommandResult parsed) => Make(parsed.GetValue(only), parsed.GetValue(fleetLock));

    private static FleetPart? Make(string[]? names, string? lockPath) => lockPath is null && names is not { Length: > 0 } ? null : new FleetPart(names ?? [], lockPath);
}

/// <summary>Some images of a fleet.</summary>
/// <param name="Images">Their names; empty for all of the layout.</param>
/// <param name="LockPath">The lock of the fleet; null for that beside the layout.</param>
internal sealed record FleetPart(string[] Images, string? LockPath);
