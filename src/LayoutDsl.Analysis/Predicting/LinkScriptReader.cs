using System;
using System.Collections.Generic;
using System.Globalization;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Predicting;

/// <summary>
/// Reads the scripts that layouts are emitted as. It is the script that is read, not the plan, since the script is what the linker sees. Of what it does not know it
/// says so, rather than leaving it out.
/// </summary>
internal sealed class LinkScriptReader
{
    private readonly ScriptCursor cursor;
    private readonly ScriptExpressionReader expressions;

    private LinkScriptReader(ScriptCursor cursor)
    {
        this.cursor = cursor;
        expressions = new ScriptExpressionReader(cursor);
    }

    /// <summary>Reads a script.</summary>
    /// <exception cref="PredictionException">It has something in it that is not known here.</exception>
    public static LinkScript Read(string text) => new LinkScriptReader(new ScriptCursor(text)).ReadAll();

    private LinkScript ReadAll()
    {
        string entry = "";
        IReadOnlyList<ScriptHeader> headers = [];
        var statements = new List<ScriptStatement>();
        while (!cursor.IsAtEnd)
        {
            switch (cursor.Peek())
            {
                case "ENTRY":
                    cursor.Next();
                    cursor.Expect("(");
                    entry = cursor.Next();
                    cursor.Expect(")");
                    break;
                case "MEMORY":
                    cursor.Next();
                    cursor.SkipBlock();
                    break;
                case "PHDRS":
                    cursor.Next();
                    headers = ReadHeaders();
                    break;
                case "ASSERT":
                    cursor.Next();
                    cursor.SkipParentheses();
                    break;
                case "SECTIONS":
                    cursor.Next();
                    ReadSections(statements);
                    break;
                case ";":
                    cursor.Next();
                    break;
                default:
                    statements.Add(ReadAssignment());
                    break;
            }
        }

        return new LinkScript(entry, headers, statements);
    }

    private List<ScriptHeader> ReadHeaders()
    {
        var headers = new List<ScriptHeader>();
        cursor.Expect("{");
        while (!cursor.Take("}"))
        {
            string name = cursor.Next();
            string type = cursor.Next();
            bool hasFileHeaders = cursor.Take("FILEHDR");
            hasFileHeaders &= cursor.Take("PHDRS");
            cursor.Expect("FLAGS");
            cursor.Expect("(");
            string flags = cursor.Next();
            cursor.Expect(")");
            cursor.Expect(";");
            headers.Add(new ScriptHeader(name, TypeOf(type), hasFileHeaders, uint.Parse(flags, CultureInfo.InvariantCulture)));
        }

        return headers;
    }

    private static ElfSegmentType TypeOf(string name) => name switch
    {
        "PT_LOAD" => ElfSegmentType.Load,
        "PT_NOTE" => ElfSegmentType.Note,
        "PT_TLS" => ElfSegmentType.Tls,
        "PT_GNU_STACK" => ElfSegmentType.GnuStack,
        "PT_GNU_RELRO" => ElfSegmentType.GnuRelro,
        _ => throw ScriptCursor.Unknown("a program header " + name),
    };

    private void ReadSections(List<ScriptStatement> statements)
    {
        cursor.Expect("{");
        while (cursor.Peek() != "}")
        {
            if (cursor.Take(";")) continue;
            if (cursor.Take("ASSERT")) cursor.SkipParentheses();
            else statements.Add(IsAssignment() ? ReadAssignment() : ReadSection());
        }

        cursor.Expect("}");
    }

    private bool IsAssignment() => cursor.Peek() is "PROVIDE" or "PROVIDE_HIDDEN" or "HIDDEN" || cursor.Peek(1) == "=";

    private ScriptSection ReadSection()
    {
        string name = cursor.Next();
        ScriptExpression? address = null;
        bool isInMemory = name != ScriptSection.Discard;
        bool isLoaded = true;
        if (cursor.Peek() != ":" && cursor.Peek() != "(") address = expressions.ReadSum();
        if (cursor.Take("("))
        {
            string type = cursor.Next();
            if (type is not ("INFO" or "NOLOAD")) throw ScriptCursor.Unknown($"({type})");
            isInMemory &= type != "INFO";
            isLoaded = type != "NOLOAD";
            cursor.Expect(")");
        }

        cursor.Expect(":");

        // Where it is loaded from; it is run where it is placed.
        if (cursor.Take("AT")) cursor.SkipParentheses();

        // Only the alignment of the section: with an address, the place stays.
        ScriptExpression? alignment = cursor.Take("ALIGN") ? expressions.ReadTerm() : null;
        cursor.Expect("{");
        var content = new List<ScriptStatement>();
        while (cursor.Peek() != "}") ReadContent(content);
        cursor.Expect("}");
        if (cursor.Take(">")) cursor.Next();
        var headers = new List<string>();
        while (cursor.Take(":")) headers.Add(cursor.Next());
        return new ScriptSection(name, address, alignment, isInMemory, isLoaded, ReadFill(), headers, content);
    }

    private uint? ReadFill()
    {
        if (!cursor.Take("=")) return null;
        string fill = cursor.Next();
        const string Hexadecimal = "0x";
        bool isWord = fill.Length == 10 && fill.StartsWith(Hexadecimal, StringComparison.Ordinal);
        return isWord && uint.TryParse(fill.Substring(Hexadecimal.Length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint word) ? word : throw ScriptCursor.Unknown("the fill " + fill);
    }

    private void ReadContent(List<ScriptStatement> content)
    {
        string word = cursor.Peek();
        if (word == ";")
        {
            cursor.Next();
        }
        else if (word is "BYTE" or "SHORT" or "LONG" or "QUAD")
        {
            cursor.Next();
            cursor.Expect("(");
            content.Add(new ScriptData(word switch { "BYTE" => 1, "SHORT" => 2, "LONG" => 4, _ => 8 }, expressions.ReadSum()));
            cursor.Expect(")");
        }
        else if (word == "ASSERT")
        {
            cursor.Next();
            cursor.SkipParentheses();
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
        bool isKept = cursor.Take("KEEP");
        if (isKept) cursor.Expect("(");

        string file = cursor.Next();
        cursor.Expect("(");
        var patterns = new List<ScriptPattern>();
        while (cursor.Peek() != ")")
        {
            ScriptSort sort = cursor.Peek() switch { "SORT_BY_NAME" or "SORT" => ScriptSort.Name, "SORT_BY_INIT_PRIORITY" => ScriptSort.Priority, _ => ScriptSort.None };
            if (sort == ScriptSort.None)
            {
                patterns.Add(new ScriptPattern(cursor.Next(), sort));
                continue;
            }

            cursor.Next();
            cursor.Expect("(");
            while (cursor.Peek() != ")") patterns.Add(new ScriptPattern(cursor.Next(), sort));
            cursor.Expect(")");
        }

        cursor.Expect(")");
        if (isKept) cursor.Expect(")");
        return new ScriptInput(file, patterns);
    }

    private ScriptAssignment ReadAssignment()
    {
        bool isProvided = cursor.Peek() is "PROVIDE" or "PROVIDE_HIDDEN";
        bool isInside = isProvided || cursor.Peek() == "HIDDEN";
        if (isInside)
        {
            cursor.Next();
            cursor.Expect("(");
        }

        string name = cursor.Next();
        cursor.Expect("=");
        ScriptExpression value = expressions.Read();
        if (isInside) cursor.Expect(")");
        cursor.Take(";");
        return new ScriptAssignment(name, value, isProvided);
    }
}
