using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using LayoutDsl.Text;

namespace LayoutDsl.Facts;

/// <summary>
/// Symbols of an object as records of <see cref="FactsText"/>: <c>define SECTION TRAITS NAMES...</c> for what it defines and
/// <c>refer SECTION TRAITS NAME PLACES...</c> for what it refers to; traits are letters, and <c>-</c> as section stands for none.
/// </summary>
internal sealed class SymbolFactsText
{
    private const string DefinitionLetters = "wctl";
    private const string ReferenceLetters = "caw";

    private readonly List<DefinitionFacts> definitions = new();
    private readonly List<ReferenceFacts> references = new();
    private bool any;

    /// <summary>Appends the symbols of an object.</summary>
    public static void Write(StringBuilder text, SymbolFacts? symbols)
    {
        if (symbols is null) return;
        text.AppendRecord("symbols");
        (int Section, DefinitionTraits Traits)? open = null;
        var names = new List<object>();
        foreach (DefinitionFacts d in symbols.Definitions)
        {
            if (open != (d.Section, d.Traits)) Flush();
            open = (d.Section, d.Traits);
            names.Add(d.Name);
        }

        Flush();
        foreach (ReferenceFacts r in symbols.References)
        {
            text.AppendRecord("refer", new object[] { r.Section, Letters((int)r.Traits, ReferenceLetters), r.Name }.Concat(r.Places.Cast<object>()).ToArray());
        }

        void Flush()
        {
            if (open is { } o) text.AppendRecord("define", new object[] { o.Section < 0 ? "-" : o.Section, Letters((int)o.Traits, DefinitionLetters) }.Concat(names).ToArray());
            names.Clear();
        }
    }

    /// <summary>Takes a record of the current object; false when it is none of symbols.</summary>
    public bool TryAdd(RecordReader reader)
    {
        switch (reader.Keyword)
        {
            case "symbols":
                return any = true;
            case "define" when any:
                int section = reader.Text(0) == "-" ? -1 : reader.Int32(0);
                var traits = (DefinitionTraits)Flags(reader, DefinitionLetters);
                for (int i = 2; i < reader.FieldCount; i++) definitions.Add(new DefinitionFacts(reader.Text(i), traits, section));
                return true;
            case "refer" when any:
                references.Add(new ReferenceFacts(
                    reader.Text(2),
                    (ReferenceTraits)Flags(reader, ReferenceLetters),
                    reader.Int32(0),
                    Enumerable.Range(3, Math.Max(0, reader.FieldCount - 3)).Select(reader.Int32).ToEquatableArray()));
                return true;
            default:
                return false;
        }
    }

    /// <summary>What was read; null when the object has no records of symbols.</summary>
    /// <param name="sections">How many sections the object has.</param>
    /// <param name="reader">Takes the error of a section that is not there.</param>
    public SymbolFacts? ToFacts(int sections, RecordReader reader)
    {
        if (!any) return null;
        if (definitions.Any(d => d.Section >= sections) || references.Any(r => r.Section >= sections)) reader.Fail("a symbol is in a section that the object does not have");
        return new SymbolFacts(definitions.ToEquatableArray(), references.ToEquatableArray());
    }

    private static string Letters(int flags, string letters) => string.Concat(letters.Where((_, i) => (flags & (1 << i)) != 0));

    private static int Flags(RecordReader reader, string letters)
    {
        int flags = 0;
        foreach (char c in reader.Text(1))
        {
            int bit = letters.IndexOf(c);
            if (bit < 0) reader.Fail($"'{c}' is no trait of a symbol");
            else flags |= 1 << bit;
        }

        return flags;
    }
}
