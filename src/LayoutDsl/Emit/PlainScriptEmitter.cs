using System;
using System.Linq;
using LayoutDsl.Model;
using LayoutDsl.Planning;

namespace LayoutDsl.Emit;

/// <summary>
/// The script that a developer who thinks of one image writes for a machine without an operating system: the sections one after the other where the layout's memory starts, each class
/// of permissions on a page of its own, filled in the order of the command line. It is what LayoutDsl is compared with.
/// </summary>
public static class PlainScriptEmitter
{
    /// <summary>The script, the same for all images.</summary>
    public static string Emit(BoundLayout layout, LayoutPlan plan)
    {
        BoundPlacement first = layout.Placements.Where(p => p.From is not null).OrderBy(p => p.From).First();
        var text = new IndentedText();
        text.Line($"ENTRY({ScriptNames.Write(layout.Target.Entry)})");
        text.Open("SECTIONS");

        // First of all, since a note to the linker among the notes of the image would make all of them ordinary data.
        text.Line($"/DISCARD/ : {{ *({string.Join(" ", layout.Discards.Select(d => ScriptNames.Write(d.Text)).Concat(UnallocatedSections.Dropped))}) }}");
        text.Line(FormattableString.Invariant($". = 0x{first.From:x};"));
        foreach (SectionClass sectionClass in SectionClass.Order(layout.Sections.Where(s => !s.IsBuiltIn)))
        {
            text.Line(FormattableString.Invariant($". = ALIGN(0x{layout.Target.Page:x});"));
            foreach (BoundSection section in sectionClass.Sections) EmitSection(text, section);
        }

        text.Close();

        // What the layout defines is wanted; its value in the plan is as good as another, since it is above all that is here.
        foreach (SymbolPlan symbol in plan.Symbols) text.Line(FormattableString.Invariant($"{ScriptNames.Write(symbol.Name)} = 0x{symbol.Value:x};"));
        return text.ToString();
    }

    private static void EmitSection(IndentedText text, BoundSection section)
    {
        text.Open($".{section.Name} :");
        if (section.Bounds is { } bounds) text.Line($"{ScriptNames.Write(bounds.Start)} = .;");
        foreach (BoundPattern pattern in section.Patterns)
        {
            string name = ScriptNames.Write(pattern.Text);
            string input = $"KEEP(*({(pattern.Sort ? $"{LinkerScriptEmitter.SortFunction(pattern.Text)}({name})" : name)}))";
            bool isArray = section.Bounds is null && ScriptNames.IsCIdentifier(pattern.Text) && pattern.Text != SectionPlan.Common;
            text.Line(isArray ? $"PROVIDE(__start_{pattern.Text} = .); {input} PROVIDE(__stop_{pattern.Text} = .);" : input);
        }

        if (section.IsTable && section.Reserve > 0) text.Line(FormattableString.Invariant($". = MAX(., {section.Reserve});"));
        if (section.Bounds is { } after) text.Line($"{ScriptNames.Write(after.End)} = .;");
        text.Close();
    }
}
