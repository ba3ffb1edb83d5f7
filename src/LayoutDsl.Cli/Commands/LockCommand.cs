using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Cli.Output;
using LayoutDsl.Diagnostics;
using LayoutDsl.Locking;
using LayoutDsl.Model;
using LayoutDsl.Planning;

namespace LayoutDsl.Cli.Commands;

/// <summary><c>layout lock</c>: writes the lock of a layout, or checks it.</summary>
internal static class LockCommand
{
    public static Command Create()
    {
        Argument<string> layout = CommonOptions.Layout();
        Option<string?> facts = CommonOptions.Facts();
        Option<OutputFormat> format = CommonOptions.Format();
        var check = new Option<bool>("--check") { Description = "Write nothing; exit with 1 when the lock does not describe the plan." };
        var update = new Option<bool>("--update") { Description = "Write also places of slots that had to move." };
        var prune = new Option<bool>("--prune") { Description = "Forget what the layout does not have any more." };
        var move = new Option<string[]>("--move") { Description = "Forget the places of this library: it alone gets new ones.", HelpName = "LIBRARY" };
        var command = new ToolCommand(
            "lock",
            "Writes LAYOUT.lock, which remembers the place of every slot: with it, a new library or image moves nothing that exists. It belongs into version control.",
            "layout lock fleet.layout",
            "layout lock fleet.layout --check          (in CI)",
            "layout lock fleet.layout --update         (after a library outgrew its slot)",
            "layout lock fleet.layout --only fn1001    (after an image was added: the lock stands for the others)",
            "layout lock new.layout --fleet-lock fleet.layout.lock",
            "layout lock fleet.layout --move zstd      (after two branches gave one place to two libraries)")
        { layout, check, update, prune, move, facts, format };
        var part = PartOptions.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(check) && (result.GetValue(update) || result.GetValue(prune) || result.GetValue(move) is { Length: > 0 })) result.AddError("--check writes nothing: it goes with no other option");
            if (part.Get(result) is not null && (result.GetValue(update) || result.GetValue(prune) || result.GetValue(move) is { Length: > 0 })) result.AddError("--update, --prune and --move are for whole fleets");
        });
        command.SetAction((parsed, cancellation) =>
        {
            var output = new CommandOutput(parsed, parsed.GetValue(format));
            var options = new Options(parsed.GetValue(check), parsed.GetValue(update), parsed.GetValue(prune), parsed.GetValue(move) ?? []);
            bool done = part.Get(parsed) is { } some
                ? RunPart(output, parsed.GetRequiredValue(layout), parsed.GetValue(facts), some, options, cancellation)
                : Run(output, parsed.GetRequiredValue(layout), parsed.GetValue(facts), options, cancellation);
            int code = output.Finish();
            return Task.FromResult(done ? code : ExitCodes.Failure);
        });
        return command;
    }

    private sealed record Options(bool Check, bool Update, bool Prune, IReadOnlyList<string> Move);

    private static bool RunPart(CommandOutput output, string path, string? factsPath, FleetPart part, Options options, CancellationToken cancellation) =>
        new LayoutSession(output).LoadPart(path, factsPath, part, cancellation) is { } made && Finish(output, made.LockPath, made.Plan, made.Locked, options);

    /// <summary>False when something is left to do for the user.</summary>
    private static bool Run(CommandOutput output, string path, string? factsPath, Options options, CancellationToken cancellation)
    {
        var session = new LayoutSession(output);
        if (session.Load(path) is not { } layout || !AreLibraries(output, layout, options.Move) || session.GetFacts(layout, factsPath, cancellation) is not { } facts) return false;
        LockFile? before = session.ReadLock(layout);
        if (output.HasErrors) return false;
        LockFile? kept = options.Move.Count > 0 ? before?.Without(options.Move.ToArray()) : before;
        if (session.Plan(layout, facts, kept, cancellation) is not { } plan) return false;
        if (options.Prune && kept is not null)
        {
            // What is new may now take the place of what is forgotten.
            var known = kept.Slots.Select(s => s.Key).ToHashSet();
            var pieces = kept.Pieces.ToHashSet();
            LockFile made = LockFile.From(plan);
            kept = LockFile.Of(made.Slots.Where(s => known.Contains(s.Key)), kept.Ranks, made.Pieces.Where(pieces.Contains));
            if (session.Plan(layout, facts, kept, cancellation) is not { } again) return false;
            plan = again;
        }

        return Finish(output, LockFiles.GetPath(layout.Path), plan, before, options);
    }

    private static bool Finish(CommandOutput output, string lockPath, LayoutPlan plan, LockFile? before, Options options)
    {
        LockFile now = LockFile.From(plan);
        LockFile written = options.Prune || before is null ? now : before.Update(now);
        IReadOnlyList<LockChange> changes = LockDiff.Between(before ?? LockFile.Empty, now);
        LockOutput.Show(output, plan, changes, options.Check);
        if (options.Check)
        {
            bool isCurrent = before is not null && !changes.Any(c => c.ChangesPlan) && before.FindMissing(now).Count == 0;
            output.Json["current"] = isCurrent;
            output.Line(before is null ? $"there is no {lockPath}: run 'layout lock'" : isCurrent ? $"{lockPath} describes the plan" : $"{lockPath} is out of date");
            return isCurrent;
        }

        LockChange[] moved = changes.Where(c => c.Kind == LockChangeKind.Moved && !options.Move.Contains(c.Slot.Owner)).ToArray();
        if (moved.Length > 0 && !options.Update)
        {
            output.Line($"{lockPath} is as it was: {moved.Length} slots have to move, and '--update' writes that");
            return false;
        }

        var bag = new DiagnosticBag();
        bool changed = LockFiles.WriteFile(lockPath, written, bag);
        output.Report(bag.ToSortedArray());
        output.Json["written"] = changed;
        if (!output.HasErrors) output.Line(FormattableString.Invariant($"{lockPath}: {written.Slots.Count} slots, {(changed ? "written" : "unchanged")}"));
        return true;
    }

    private static bool AreLibraries(CommandOutput output, BoundLayout layout, IReadOnlyList<string> names)
    {
        var bag = new DiagnosticBag();
        string[] known = layout.Libraries.Select(l => l.Name).ToArray();
        foreach (string name in names.Except(known)) bag.ReportUnknownName(layout.Target.Location, "library", name, known);
        output.Report(bag.ToSortedArray());
        return !output.HasErrors;
    }
}
