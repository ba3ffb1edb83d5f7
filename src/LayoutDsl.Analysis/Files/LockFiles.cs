using LayoutDsl.Diagnostics;
using LayoutDsl.Locking;
using LayoutDsl.Model;
using LayoutDsl.Planning;
using LayoutDsl.Text;

namespace LayoutDsl.Analysis.Files;

/// <summary>The lock beside a layout: <c>fleet.layout.lock</c> for <c>fleet.layout</c>.</summary>
public static class LockFiles
{
    /// <summary>Path of the lock of a layout.</summary>
    public static string GetPath(string layoutPath) => layoutPath + ".lock";

    /// <summary>Reads the lock of a layout; null when there is none, or after errors, which are in the bag.</summary>
    public static LockFile? Read(string layoutPath, DiagnosticBag bag) => ReadFile(GetPath(layoutPath), bag);

    /// <summary>Reads a lock; null when there is none, or after errors, which are in the bag.</summary>
    public static LockFile? ReadFile(string path, DiagnosticBag bag)
    {
        SourceText? text = LayoutFiles.ReadText(path, bag);
        if (text is null) return null;
        Result<LockFile> locked = LayoutCompiler.ReadLock(text);
        bag.AddRange(locked.Diagnostics);
        return locked.Value;
    }

    /// <summary>Plans a layout with the lock that is beside it; the plan is null after errors, which are in the bag.</summary>
    public static (LayoutPlan? Plan, LockFile? Locked) Plan(BoundLayout layout, Facts.FactsFile facts, DiagnosticBag bag)
    {
        LockFile? locked = Read(layout.Path, bag);
        if (bag.HasErrors) return (null, null);
        Result<LayoutPlan> plan = LayoutCompiler.Plan(layout, facts, locked);
        bag.AddRange(plan.Diagnostics);
        return (bag.HasErrors ? null : plan.Value, locked);
    }

    /// <summary>Writes a lock; one that is the same already keeps its time.</summary>
    /// <returns>Whether it was written.</returns>
    public static bool Write(string layoutPath, LockFile locked, DiagnosticBag bag) => WriteFile(GetPath(layoutPath), locked, bag);

    /// <summary>Writes a lock; one that is the same already keeps its time.</summary>
    /// <returns>Whether it was written.</returns>
    public static bool WriteFile(string path, LockFile locked, DiagnosticBag bag) => OutputFile.TryWriteIfChanged(path, LockText.Write(locked), bag);
}
