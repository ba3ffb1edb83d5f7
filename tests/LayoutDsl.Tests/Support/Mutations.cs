using System;
using System.Text;
using CsCheck;

namespace LayoutDsl.Tests.Support;

/// <summary>Damages a text in one or a few places; the same number gives the same text.</summary>
internal sealed class Mutations(string original, params string[] tokens)
{
    public string Next(int number)
    {
        var random = new PCG(7, (ulong)number);
        var text = new StringBuilder(original);
        for (uint left = 1 + random.Next(3); left > 0; left--)
        {
            int at = (int)random.Next((uint)text.Length + 1);
            int length = (int)Math.Min(random.Next(8), (uint)(text.Length - at));
            switch (random.Next(4))
            {
                case 0:
                    text.Remove(at, length);
                    break;
                case 1:
                    text.Insert(at, tokens[random.Next((uint)tokens.Length)]);
                    break;
                case 2:
                    text.Insert(at, original.AsSpan(at % original.Length, Math.Min(20, original.Length - (at % original.Length))));
                    break;
                default:
                    text.Remove(at, length).Insert(at, (char)(' ' + random.Next(95)));
                    break;
            }
        }

        return text.ToString();
    }
}
