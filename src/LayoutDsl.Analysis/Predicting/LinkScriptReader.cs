using System;
using System.Collections.Generic;
using System.Globalization;

namespace LayoutDsl.Analysis.Predicting;

/// <summary>
/// Reads the scripts that layouts are emitted as. It is the script that is read, not the plan, since the script is what the linker sees. Of what it does not know it
/// says so, rather than leaving it out.
/// </summary>
internal sealed class LinkScriptReader
{
    private readonly IReadOnlyList<ScriptToken> tokens;
    private int position;

    private LinkScriptReader(IReadOnlyList<ScriptToken> tokens) => this.tokens = tokens;

    /// <summary>Reads a script.</summary>
    /// <exception cref="PredictionException">It has something in it that is not known here.</exception>
    public static LinkScript Read(string text) => new LinkScriptReader(ScriptToken.Split(text)).ReadAll();

    private LinkScript ReadAll()
    {
        string entry = "";
        int headers = 0;
        var statements = new List<ScriptStatement>();
        while (position < tokens.Count)
        {
            switch (Peek())
            {
                case "ENTRY":
                    position++;
                    Expect("(");
                    entry = Next();
                    Expect(")");
                    break;
                case "MEMORY":
                    position++;
                    SkipBlock();
                    break;
                case "PHDRS":
                    position++;
                    headers = CountHeaders();
                    break;
                case "ASSERT":
                    position++;
                    SkipParentheses();
                    break;
                case "SECTIONS":
                    position++;
                    ReadSections(statements);
                    break;
                case ";":
                    position++;
                    break;
                default:
                    statements.Add(ReadAssignment());
                    break;
            }
        }

        return new LinkScript(entry, headers, statements);
    }

    private int CountHeaders()
    {
        int count = 0;
        int start = position;
        SkipBlock();
        for (int i = start; i < position; i++)
        {
            if (tokens[i].Text == ";") count++;
        }

        return count;
    }

    private void ReadSections(List<ScriptStatement> statements)
    {
        Expect("{");
        while (Peek() != "}")
        {
            if (Peek() == "ASSERT")
            {
                position++;
                SkipParentheses();
                continue;
            }

            if (Peek() == ";")
            {
                position++;
                continue;
            }

            statements.Add(IsAssignment() ? ReadAssignment() : ReadSection());
        }

        Expect("}");
    }

    private bool IsAssignment() => tokens[position].Text is "PROVIDE" or "PROVIDE_HIDDEN" or "HIDDEN" || (position + 1 < tokens.Count && tokens[position + 1].Text == "=");

    private ScriptSection ReadSection()
    {
        string name = Next();
        ScriptExpression? address = null;
        bool isInMemory = name != ScriptSection.Discard;
        bool isLoaded = true;
        if (Peek() != ":" && Peek() != "(") address = ReadSum();
        if (Peek() == "(")
        {
            position++;
            string type = Next();
            if (type is not ("INFO" or "NOLOAD")) throw Unknown($"({type})");
            isInMemory &= type != "INFO";
            isLoaded = type != "NOLOAD";
            Expect(")");
        }

        Expect(":");
        if (Peek() == "AT")
        {
            // Where it is loaded from; it is run where it is placed.
            position++;
            SkipParentheses();
        }

        // Only the alignment of the section: with an address, the place stays.
        bool isAligned = Peek() == "ALIGN";
        if (isAligned) position++;
        ScriptExpression? alignment = isAligned ? ReadTerm() : null;
        Expect("{");
        var content = new List<ScriptStatement>();
        while (Peek() != "}") ReadContent(content);
        Expect("}");
        if (Peek() == ">") position += 2;
        while (Peek() == ":") position += 2;
        return new ScriptSection(name, address, alignment, isInMemory, isLoaded, ReadFill(), content);
    }

    private uint? ReadFill()
    {
        if (Peek() != "=") return null;
        position++;
        string fill = Next();
        const string Hexadecimal = "0x";
        bool isWord = fill.Length == 10 && fill.StartsWith(Hexadecimal, StringComparison.Ordinal);
        return isWord && uint.TryParse(fill.Substring(Hexadecimal.Length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint word) ? word : throw Unknown("the fill " + fill);
    }

    private void ReadContent(List<ScriptStatement> content)
    {
        string word = Peek();
        if (word == ";")
        {
            position++;
        }
        else if (word is "BYTE" or "SHORT" or "LONG" or "QUAD")
        {
            position++;
            Expect("(");
            content.Add(new ScriptData(word switch { "BYTE" => 1, "SHORT" => 2, "LONG" => 4, _ => 8 }, ReadSum()));
            Expect(")");
        }
        else if (word == "ASSERT")
        {
            position++;
            SkipParentheses();
        }
        else if (IsAssignment())
        {
            content.Add(ReadAssignment());
        }
        else
        {
            content.Add(ReadInput());
        }
    }

    private ScriptInput ReadInput()
    {
        bool isKept = Peek() == "KEEP";
        if (isKept)
        {
            position++;
            Expect("(");
        }

        string file = Next();
        Expect("(");
        var patterns = new List<ScriptPattern>();
        while (Peek() != ")")
        {
            ScriptSort sort = Peek() switch { "SORT_BY_NAME" or "SORT" => ScriptSort.Name, "SORT_BY_INIT_PRIORITY" => ScriptSort.Priority, _ => ScriptSort.None };
            if (sort == ScriptSort.None)
            {
                patterns.Add(new ScriptPattern(Next(), sort));
                continue;
            }

            position++;
            Expect("(");
            while (Peek() != ")") patterns.Add(new ScriptPattern(Next(), sort));
            Expect(")");
        }

        Expect(")");
        if (isKept) Expect(")");
        return new ScriptInput(file, patterns);
    }

    private ScriptAssignment ReadAssignment()
    {
        bool isProvided = Peek() is "PROVIDE" or "PROVIDE_HIDDEN";
        bool isInside = isProvided || Peek() == "HIDDEN";
        if (isInside)
        {
            position++;
            Expect("(");
        }

        string name = Next();
        Expect("=");
        ScriptExpression value = ReadExpression();
        if (isInside) Expect(")");
        if (Peek() == ";") position++;
        return new ScriptAssignment(name, value, isProvided);
    }

    private ScriptExpression ReadExpression()
    {
        if (Peek() != "DEFINED") return ReadSum();
        position++;
        Expect("(");
        string name = Next();
        Expect(")");
        Expect("?");
        ScriptExpression then = ReadExpression();
        Expect(":");
        return new DefinedExpression(name, then, ReadExpression());
    }

    private ScriptExpression ReadSum()
    {
        ScriptExpression left = ReadTerm();
        while (Peek() is "+" or "-")
        {
            char op = Next()[0];
            left = new BinaryExpression(op, left, ReadTerm());
        }

        return left;
    }

    private ScriptExpression ReadTerm()
    {
        ScriptToken token = tokens[position];
        string text = Next();
        if (!token.IsQuoted)
        {
            switch (text)
            {
                case "ABSOLUTE" or "(":
                    if (text == "ABSOLUTE") Expect("(");
                    ScriptExpression inner = ReadExpression();
                    Expect(")");
                    return inner;
                case "ALIGN":
                    Expect("(");
                    ScriptExpression first = ReadSum();
                    bool isPair = Peek() == ",";
                    if (isPair) position++;
                    ScriptExpression aligned = isPair ? new BinaryExpression('a', first, ReadSum()) : new BinaryExpression('a', new SymbolExpression("."), first);
                    Expect(")");
                    return aligned;
                case "MAX":
                    Expect("(");
                    ScriptExpression left = ReadSum();
                    Expect(",");
                    ScriptExpression larger = new BinaryExpression('m', left, ReadSum());
                    Expect(")");
                    return larger;
            }

            if (text.StartsWith("0x", StringComparison.Ordinal) && ulong.TryParse(text.Substring(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong hex)) return new NumberExpression(hex);
            if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value)) return new NumberExpression(value);
            if (Peek() == "(") throw Unknown(text + "()");
        }

        return new SymbolExpression(text);
    }

    private void SkipBlock()
    {
        Expect("{");
        int depth = 1;
        while (depth > 0)
        {
            string token = Next();
            if (token == "{") depth++;
            if (token == "}") depth--;
        }
    }

    private void SkipParentheses()
    {
        Expect("(");
        int depth = 1;
        while (depth > 0)
        {
            ScriptToken token = tokens[position];
            string text = Next();
            if (token.IsQuoted) continue;
            if (text == "(") depth++;
            if (text == ")") depth--;
        }
    }

    private string Peek() => position < tokens.Count ? tokens[position].Text : "";

    private string Next() => position < tokens.Count ? tokens[position++].Text : throw new PredictionException("the script ends too early");

    private void Expect(string text)
    {
        string next = Next();
        if (next != text) throw new PredictionException($"the script has '{next}' where the model expects '{text}'");
    }

    private static PredictionException Unknown(string what) => new($"the script has {what}, which the model of the linker does not know");
}
