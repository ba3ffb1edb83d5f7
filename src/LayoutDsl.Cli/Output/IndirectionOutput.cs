using System;
using System.Globalization;
using LayoutDsl.Planning;
using Spectre.Console;

namespace LayoutDsl.Cli.Output;

/// <summary>The indirections of a plan as text.</summary>
internal static class IndirectionOutput
{
    public static void Show(CommandOutput output, LayoutPlan plan)
    {
        if (plan.Indirections.Count > 0)
        {
            Table table = Tables.Create("function", "why", ">images", ">pages gained");
            foreach (IndirectionPlan indirection in plan.Indirections)
            {
                table.AddRow(
                    Markup.Escape(indirection.Symbol),
                    indirection.Reason.ToText(),
                    indirection.Images.ToString(CultureInfo.InvariantCulture),
                    indirection.Gain.ToString(CultureInfo.InvariantCulture));
            }

            output.Console.Write(table);
        }

        output.Line(FormattableString.Invariant($"{plan.Name}: {plan.Indirections.Count} functions are called through a jump at one address in all images"));
    }
}
