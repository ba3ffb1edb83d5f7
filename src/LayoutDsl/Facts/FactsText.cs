using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using LayoutDsl.Text;

namespace LayoutDsl.Facts;

/// <summary>Facts as text: the file that measuring writes and the generator reads. Equal facts give equal bytes.</summary>
public static class FactsText
{
    private const string Header = "layoutdsl-facts";
    private const ulong Version = 1;

    /// <summary>Writes facts.</summary>
    public static string Write(FactsFile facts)
    {
        var text = new StringBuilder();
        text.AppendRecord(Header, Version);
        foreach (InputFacts input in facts.Inputs)
        {
            text.AppendRecord("input", input.IsArchive ? "archive" : "objects", input.Pattern);
            foreach (string file in input.Files) text.AppendRecord("file", file);
        }

        foreach (ObjectFacts item in facts.Objects)
        {
            text.AppendRecord("object", item.Path, item.Member ?? "", item.Machine, item.ContentId);
            foreach (SectionFacts s in item.Sections) text.AppendRecord("section", s.Name, s.Type, s.Flags, s.Size, s.Alignment);
            foreach (CommonFacts c in item.Commons) text.AppendRecord("common", c.Name, c.Size, c.Alignment);
        }

        return text.ToString();
    }

    /// <summary>Reads facts; null with <paramref name="error"/> when the text is damaged or of another version.</summary>
    public static FactsFile? Read(string text, out string? error)
    {
        var reader = new RecordReader(text);
        var inputs = new List<(string Pattern, bool IsArchive, List<string> Files)>();
        var objects = new List<(ObjectFacts Head, List<SectionFacts> Sections, List<CommonFacts> Commons)>();
        if (!reader.Read() || reader.Keyword != Header) reader.Fail($"'{Header}' is expected");
        else if (reader.Number(0) != Version) reader.Fail("the facts are of another version");
        while (reader.Read()) ReadRecord(reader, inputs, objects);
        error = reader.Error;
        if (error is not null) return null;
        return new FactsFile(
            inputs.Select(i => new InputFacts(i.Pattern, i.IsArchive, i.Files.ToEquatableArray())).ToEquatableArray(),
            objects.Select(o => o.Head with { Sections = o.Sections.ToEquatableArray(), Commons = o.Commons.ToEquatableArray() }).ToEquatableArray());
    }

    private static void ReadRecord(
        RecordReader reader,
        List<(string Pattern, bool IsArchive, List<string> Files)> inputs,
        List<(ObjectFacts Head, List<SectionFacts> Sections, List<CommonFacts> Commons)> objects)
    {
        switch (reader.Keyword)
        {
            case "input":
                inputs.Add((reader.Text(1), reader.Text(0) == "archive", new List<string>()));
                break;
            case "file" when inputs.Count > 0:
                inputs[inputs.Count - 1].Files.Add(reader.Text(0));
                break;
            case "object":
                string member = reader.Text(1);
                objects.Add((new ObjectFacts(reader.Text(0), member.Length == 0 ? null : member, reader.Int32(2), reader.Text(3), default, default), new(), new()));
                break;
            case "section" when objects.Count > 0:
                objects[objects.Count - 1].Sections.Add(
                    new SectionFacts(reader.Text(0), (uint)Math.Min(reader.Number(1), uint.MaxValue), reader.Number(2), reader.Number(3), PowerOfTwo(reader, 4)));
                break;
            case "common" when objects.Count > 0:
                objects[objects.Count - 1].Commons.Add(new CommonFacts(reader.Text(0), reader.Number(1), PowerOfTwo(reader, 2)));
                break;
            default:
                reader.Fail($"'{reader.Keyword}' is not expected here");
                break;
        }
    }

    private static ulong PowerOfTwo(RecordReader reader, int index)
    {
        ulong value = reader.Number(index);
        if (value == 0 || (value & (value - 1)) != 0) reader.Fail("an alignment is not a power of two");
        return value;
    }
}
