using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using LayoutDsl.Model;
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
            text.AppendRecord("input", input.Kind.ToProperty(), input.Pattern);
            for (int i = 0; i < input.Files.Count; i++)
            {
                if (i < input.Needs.Count) text.AppendRecord("file", input.Files[i], input.Needs[i]);
                else text.AppendRecord("file", input.Files[i]);
            }
        }

        foreach (string symbol in facts.Missing) text.AppendRecord("missing", symbol);
        foreach (ObjectFacts item in facts.Objects)
        {
            text.AppendRecord("object", item.Path, item.Member ?? "", item.Machine, item.ContentId);
            if (item.Origin.Length > 0) text.AppendRecord("origin", item.Origin);
            foreach (SectionFacts s in item.Sections)
            {
                if (s.Identity.Length == 0) text.AppendRecord("section", s.Name, s.Type, s.Flags, s.Size, s.Alignment);
                else text.AppendRecord("section", s.Name, s.Type, s.Flags, s.Size, s.Alignment, s.Identity);
            }

            foreach (CommonFacts c in item.Commons) text.AppendRecord("common", c.Name, c.Size, c.Alignment);
            foreach (IndirectFunctionFacts f in item.IndirectFunctions) text.AppendRecord("ifunc", f.Name, f.Resolver);
            SymbolFactsText.Write(text, item.Symbols);
        }

        return text.ToString();
    }

    /// <summary>Reads facts; null with <paramref name="error"/> when the text is damaged or of another version.</summary>
    public static FactsFile? Read(string text, out string? error)
    {
        var reader = new RecordReader(text);
        var inputs = new List<OpenInput>();
        var objects = new List<OpenObject>();
        var missing = new List<string>();
        if (!reader.Read() || reader.Keyword != Header) reader.Fail($"'{Header}' is expected");
        else if (reader.Number(0) != Version) reader.Fail("the facts are of another version");
        while (reader.Read()) ReadRecord(reader, inputs, objects, missing);
        var facts = new FactsFile(
            inputs.Select(i => new InputFacts(i.Pattern, i.Kind, i.Files.ToEquatableArray()) { Needs = i.Needs.ToEquatableArray() }).ToEquatableArray(),
            objects.Select(o => o.ToFacts(reader)).ToEquatableArray()) { Missing = missing.ToEquatableArray() };
        error = reader.Error;
        return error is null ? facts : null;
    }

    private static void ReadRecord(
        RecordReader reader,
        List<OpenInput> inputs,
        List<OpenObject> objects,
        List<string> missing)
    {
        switch (reader.Keyword)
        {
            case "input":
                inputs.Add(new OpenInput(reader.Text(1), ReadKind(reader)));
                break;
            case "file" when inputs.Count > 0:
                inputs[inputs.Count - 1].Files.Add(reader.Text(0));
                if (reader.FieldCount > 1) inputs[inputs.Count - 1].Needs.Add(reader.Int32(1));
                break;
            case "missing":
                missing.Add(reader.Text(0));
                break;
            case "object":
                string member = reader.Text(1);
                objects.Add(new OpenObject(new ObjectFacts(reader.Text(0), member.Length == 0 ? null : member, reader.Int32(2), reader.Text(3), default, default)));
                break;
            case "section" when objects.Count > 0:
                objects[objects.Count - 1].Sections.Add(
                    new SectionFacts(reader.Text(0), (uint)Math.Min(reader.Number(1), uint.MaxValue), reader.Number(2), reader.Number(3), PowerOfTwo(reader, 4), reader.FieldCount > 5 ? reader.Text(5) : ""));
                break;
            case "common" when objects.Count > 0:
                objects[objects.Count - 1].Commons.Add(new CommonFacts(reader.Text(0), reader.Number(1), PowerOfTwo(reader, 2)));
                break;
            case "origin" when objects.Count > 0:
                objects[objects.Count - 1].Origin = reader.Text(0);
                break;
            case "ifunc" when objects.Count > 0:
                objects[objects.Count - 1].IndirectFunctions.Add(new IndirectFunctionFacts(reader.Text(0), reader.Int32(1)));
                break;
            default:
                if (objects.Count > 0 && objects[objects.Count - 1].Symbols.TryAdd(reader)) break;
                reader.Fail($"'{reader.Keyword}' is not expected here");
                break;
        }
    }

    private static InputKind ReadKind(RecordReader reader)
    {
        foreach (InputKind kind in new[] { InputKind.Objects, InputKind.Archive, InputKind.Members })
        {
            if (kind.ToProperty() == reader.Text(0)) return kind;
        }

        reader.Fail("the kind of an input is not known");
        return InputKind.Objects;
    }

    private static ulong PowerOfTwo(RecordReader reader, int index)
    {
        ulong value = reader.Number(index);
        if (value == 0 || (value & (value - 1)) != 0) reader.Fail("an alignment is not a power of two");
        return value;
    }

    /// <summary>An input whose files are still being read.</summary>
    private sealed record OpenInput(string Pattern, InputKind Kind)
    {
        public List<string> Files { get; } = new();

        public List<int> Needs { get; } = new();
    }

    /// <summary>An object whose records are still being read.</summary>
    private sealed record OpenObject(ObjectFacts Head)
    {
        public string Origin { get; set; } = "";

        public List<SectionFacts> Sections { get; } = new();

        public List<CommonFacts> Commons { get; } = new();

        public List<IndirectFunctionFacts> IndirectFunctions { get; } = new();

        public SymbolFactsText Symbols { get; } = new();

        public ObjectFacts ToFacts(RecordReader reader) => Head with
        {
            Symbols = Symbols.ToFacts(Sections.Count, reader),
            Origin = Origin,
            Sections = Sections.ToEquatableArray(),
            Commons = Commons.ToEquatableArray(),
            IndirectFunctions = IndirectFunctions.ToEquatableArray(),
        };
    }
}
