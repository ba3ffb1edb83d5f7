using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LayoutDsl.Analysis.Linking;
using LayoutDsl.Analysis.Measuring;
using LayoutDsl.Diagnostics;
using LayoutDsl.Facts;
using LayoutDsl.Model;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Link.Tests;

/// <summary>A fleet with an archive of which each image needs another part.</summary>
internal static class MembersFleet
{
    public const string Folder = "obj/fleet/members/";

    /// <summary>The small fleet with an archive of which each image needs another part; <c>alone</c> uses no library of it.</summary>
    public static SmallFleet MakeFleet(string input = "build/libparts.a")
    {
        string layout = SmallFleet.Layout.Replace("library count { archive \"build/libcount.a\"; }", $"library parts {{ members \"{input}\"; }}", StringComparison.Ordinal)
            .Replace("uses sys, count;", "uses sys, parts;", StringComparison.Ordinal)
            .Replace("image two { uses sys;", "image two { uses sys, parts;", StringComparison.Ordinal);
        var fleet = new SmallFleet(layout);
        fleet.Compile("first", "extern int second(void); int first(void) { return second() + 1; }");
        fleet.Compile("second", "int second(void) { return 1; }");
        fleet.Compile("third", "int third(void) { return 3; }");
        fleet.Compile("fourth", "int fourth(void) { return 4; }");
        fleet.Compile("unused", "int unused(void) { return 5; }");
        Archive(fleet, "libparts.a", "unused.o", "third.o", "second.o", "first.o", "fourth.o");
        fleet.Compile("one", SmallFleet.Program("extern int first(void);", "print(\"one\\n\"); return first() - 2;"));
        fleet.Compile("two", SmallFleet.Program("extern int third(void);", "print(\"two\\n\"); return third() - 3;"));
        for (int i = 1; i <= 3; i++) fleet.Compile($"fn{i}", SmallFleet.Program("", $"print(\"fn{i}\\n\"); return 0;"));
        return fleet;
    }

    public static void Archive(SmallFleet fleet, string name, params string[] members)
    {
        File.Delete(fleet.Folder["build/" + name]);
        Tool.Run(fleet.Folder["build"], "ar", ["rcs", name, .. members]);
    }

    public static IEnumerable<string> Members(FactsFile facts) => facts.Inputs.Single(i => i.Kind == InputKind.Members).Files;

    public static Result<FactsFile> Measure(SmallFleet fleet) => ObjectMeasurer.Measure(fleet.Bind(), fleet.Folder.Path, null, default);

    public static LinkSummary LinkAll(SmallFleet fleet)
    {
        Result<LinkSummary> linked = fleet.Link();
        Assert.Empty(linked.Diagnostics.Select(d => d.ToString()));
        return linked.Value!;
    }

    public static string[] Functions(SmallFleet fleet, string image) => Tool.Run(fleet.Output, "nm", image + ".elf")
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Where(l => l.EndsWith("first", StringComparison.Ordinal) || l.EndsWith("second", StringComparison.Ordinal) || l.EndsWith("third", StringComparison.Ordinal)
            || l.EndsWith("fourth", StringComparison.Ordinal) || l.EndsWith("unused", StringComparison.Ordinal))
        .OrderBy(l => l, StringComparer.Ordinal)
        .ToArray();
}
