using System;
using System.Collections;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Text;
using LayoutDsl.Text;

namespace LayoutDsl.Tests.Support;

/// <summary>A value with all that it holds as text, without places in a file.</summary>
internal static class Description
{
    public static string Of(object? value)
    {
        var text = new StringBuilder();
        Write(text, value);
        return text.ToString();
    }

    private static void Write(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                return;
            case SourceLocation or TextSpan:
                text.Append('@');
                return;
            case string or Enum or IConvertible:
                text.Append(Convert.ToString(value, CultureInfo.InvariantCulture));
                return;
            case IEnumerable items:
                foreach (object? item in items)
                {
                    text.Append("\n- ");
                    Write(text, item);
                }

                return;
        }

        text.Append(value.GetType().Name).Append('(');
        foreach (PropertyInfo property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0))
        {
            text.Append(property.Name).Append('=');
            Write(text, property.GetValue(value));
            text.Append(' ');
        }

        text.Append(')');
    }
}
