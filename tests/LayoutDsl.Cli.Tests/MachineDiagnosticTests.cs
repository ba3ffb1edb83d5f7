using System;
using System.Linq;
using LayoutDsl.Analysis.Diagnostics;
using LayoutDsl.Diagnostics;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Cli.Tests;

/// <summary>Messages about the machine are those of their pages.</summary>
public sealed class MachineDiagnosticTests
{
    [Fact]
    public void Page_OfTheMachine_PrintsTheMessage()
    {
        var bag = new DiagnosticBag();
        bag.ReportNoMerging();
        bag.ReportMergingIsOff();
        bag.ReportNotEnoughMemory("out", 10000, 11000L << 20, 6000L << 20);
        bag.ReportFramesHidden();
        bag.ReportNotSettled("out", 1000, TimeSpan.FromSeconds(300));
        foreach (Diagnostic diagnostic in bag.ToSortedArray())
        {
            string page = Repository.Read("docs", "diagnostics", diagnostic.Id + ".md");
            string severity = diagnostic.Severity.ToString().ToLowerInvariant();
            Assert.Equal($"{diagnostic.Location.Path}: {severity} {diagnostic.Id}: {diagnostic.Message}\n  hint: {diagnostic.Hint}\n", Markdown.FindBlocks(page).Single(b => b.Info == "text").Text);
        }

        Assert.Equal(5, bag.Count);
    }
}
