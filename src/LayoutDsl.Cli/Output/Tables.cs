using Spectre.Console;

namespace LayoutDsl.Cli.Output;

/// <summary>Tables that look the same everywhere.</summary>
internal static class Tables
{
    /// <summary>A table with these columns; <c>&gt;</c> in front of a name aligns it to the right.</summary>
    public static Table Create(params string[] columns)
    {
        Table table = new Table().Border(TableBorder.Simple);
        foreach (string column in columns)
        {
            bool right = column.StartsWith('>');
            var made = new TableColumn(Markup.Escape(right ? column[1..] : column)).NoWrap();
            table.AddColumn(right ? made.RightAligned() : made);
        }

        return table;
    }
}
