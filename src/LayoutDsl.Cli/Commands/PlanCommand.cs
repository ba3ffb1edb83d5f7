using System;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using LayoutDsl.Analysis.Linking.Strategies;
using LayoutDsl.Cli.Output;
using LayoutDsl.Locking;
using LayoutDsl.Model;
using LayoutDsl.Planning;
using LayoutDsl.Planning.Costs;
using Spectre.Console;

namespace LayoutDsl.Cli.Commands;

/// <summary><c>layout plan</c>: shows which library is where.</summary>
internal static class PlanCommand
{
    public static Command Create()
    {
        Argument<string> layout = CommonOptions.Layout();
        Option<string?> facts = CommonOptions.Facts();
        Option<OutputFormat> format = CommonOptions.Format();
        var image = new Option<string?>("--image") { Description = "Show all slots and segments of this image.", HelpName = "NAME" };
        var indirections = new Option<bool>("--indirections") { Description = "Show the functions that are called through a jump at one address, and why." };
        var aslr = new Option<bool>("--aslr") { Description = "Show how many bits an attacker has to guess, and what the tables of blocks cost." };
        var diff = new Option<bool>("--diff") { Description = "Show what differs from the lock: what moved, grew, is new or gone, and the pages of the images that this costs." };
        var costs = new Option<bool>("--costs") { Description = "Show the pages that the fleet is expected to need, by library and by choice." };
        Option<LinkStrategy> strategy = CommonOptions.Strategy();
        strategy.Description += " Goes with --costs and --image.";
        var command = new ToolCommand(
            "plan",
            "Plans a layout and shows the address of every library.",
            "layout plan fleet.layout",
            "layout plan fleet.layout --only fn1001",
            "layout plan fleet.layout --image hello",
            "layout plan fleet.layout --indirections",
            "layout plan fleet.layout --aslr",
            "layout plan fleet.layout --diff",
            "layout plan fleet.layout --costs",
            "layout plan fleet.layout --costs --strategy spacer",
            "layout plan fleet.layout --facts fleet.layout.facts --format json")
        { layout, facts, image, indirections, aslr, diff, costs, strategy, format };
        var part = PartOptions.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(strategy) != LinkStrategy.LayoutDsl && !result.GetValue(costs) && result.GetValue(image) is null) result.AddError("--strategy goes with --costs or --image");
        });
        command.SetAction((parsed, cancellation) =>
        {
            var output = new CommandOutput(parsed, parsed.GetValue(format));
            if (new LayoutSession(output).LoadPlan(parsed.GetRequiredValue(layout), parsed.GetValue(facts), part.Get(parsed), cancellation) is not { } made) return Task.FromResult(output.Finish());
            output.Json["plan"] = PlanJson.ToJson(made.Plan);
            if (parsed.GetValue(diff))
            {
                LockFile before = new LayoutSession(output).ReadLock(made.Layout) ?? LockFile.Empty;
                LockOutput.Show(output, made.Plan, LockDiff.Between(before, LockFile.From(made.Plan)), onlyPlaces: false);
                return Task.FromResult(output.Finish());
            }

            if (parsed.GetValue(costs))
            {
                PlanProgress counting = output.Progress.OfPlanning(cancellation);
                PlanCosts found = parsed.GetValue(strategy) == LinkStrategy.LayoutDsl
                    ? PlanCosts.Of(made.Plan, counting)
                    : PlanCosts.Of(made.Plan, StrategyLinks.PlansOf(parsed.GetValue(strategy), made.Plan), counting);
                CostOutput.Show(output, found, output.Progress.While("finding the floor", () => PlanFloor.Of(made.Plan)), output.Progress.While("finding the smallest region", () => AddressNeed.Of(made.Plan)));
                return Task.FromResult(output.Finish());
            }

            if (parsed.GetValue(aslr))
            {
                AslrOutput.Show(output, made.Plan, made.Facts);
                return Task.FromResult(output.Finish());
            }

            if (!parsed.GetValue(indirections) && parsed.GetValue(image) is null) VariantOutput.Show(output, made.Plan, made.Facts);
            if (!output.IsText) return Task.FromResult(output.Finish());
            if (parsed.GetValue(indirections)) IndirectionOutput.Show(output, made.Plan);
            else if (parsed.GetValue(image) is not { } name) ShowLibraries(output, made.Plan);
            else if (StrategyLinks.PlansOf(parsed.GetValue(strategy), made.Plan).FirstOrDefault(p => p.Images.Any(i => i.Name == name)) is { } plan) ShowImage(output, plan, plan.GetImage(name));
            else
            {
                parsed.InvocationConfiguration.Error.WriteLine($"layout: there is no image '{name}' in {made.Plan.Name}");
                return Task.FromResult(ExitCodes.Usage);
            }

            return Task.FromResult(output.Finish());
        });
        return command;
    }

    private static void ShowLibraries(CommandOutput output, LayoutPlan plan)
    {
        SectionPlan[] sections = plan.Sections.Where(s => !s.IsTable && (!s.IsBuiltIn || plan.Libraries.Any(l => l.Slots.Any(x => x.Section == s.Name)))).ToArray();
        Table table = Tables.Create(["library", ">images", .. sections.Select(s => $"{s.Name} ({s.Permissions.ToLetters()})")]);
        foreach (LibraryPlan library in plan.Libraries)
        {
            table.AddRow([Markup.Escape(library.Name), library.ImageCount.ToString(CultureInfo.InvariantCulture), .. sections.Select(s => Describe(library.Slots.FirstOrDefault(x => x.Section == s.Name)))]);
        }

        output.Console.Write(table);
        output.Line(FormattableString.Invariant($"{plan.Name}: {plan.Libraries.Count} libraries, {plan.Images.Count} images, pages of {plan.Page} bytes"));
    }

    private static string Describe(SlotPlan? slot) => slot is null or { Reserved: 0 } ? "-" : FormattableString.Invariant($"0x{slot.Address:x} +0x{slot.Reserved:x}");

    private static void ShowImage(CommandOutput output, LayoutPlan plan, ImagePlan image)
    {
        Table table = Tables.Create("segment", "slot", "address", ">size", ">reserved", ">align");
        foreach (SegmentPlan segment in SegmentPlan.Find(plan, image))
        {
            foreach (SlotPlan slot in segment.Slots)
            {
                table.AddRow(
                    $"{segment.Name} {segment.Permissions.ToLetters()}",
                    Markup.Escape(slot.Owner + "." + slot.Section),
                    FormattableString.Invariant($"0x{slot.Address:x}"),
                    slot.Size.ToString(CultureInfo.InvariantCulture),
                    slot.Reserved.ToString(CultureInfo.InvariantCulture),
                    slot.Alignment.ToString(CultureInfo.InvariantCulture));
            }
        }

        output.Console.Write(table);
        foreach (SymbolPlan symbol in plan.At(image).Symbols) output.Line(FormattableString.Invariant($"{symbol.Name} = 0x{symbol.Value:x}"));
    }
}
