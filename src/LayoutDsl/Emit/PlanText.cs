using System.Linq;
using System.Text;
using LayoutDsl.Model;
using LayoutDsl.Planning;
using LayoutDsl.Text;

namespace LayoutDsl.Emit;

/// <summary>A plan as text, so that generated code can carry it as data: equal plans give equal bytes, and reading gives an equal plan.</summary>
public static class PlanText
{
    private const string Header = "layoutdsl-plan";
    private const ulong Version = 1;

    /// <summary>Writes a plan.</summary>
    public static string Write(LayoutPlan plan)
    {
        var text = new StringBuilder();
        text.AppendRecord(Header, Version, plan.Name, plan.Architecture, plan.Page, plan.Entry);
        if (plan.Headers is { } headers) text.AppendRecord("headers", headers);
        if (plan.IsPacked) text.AppendRecord("packed");
        if (plan.DropsUnreached) text.AppendRecord("unreached");
        foreach (RegionPlan r in plan.Regions) text.AppendRecord("region", r.Name, r.Permissions.ToLetters(), r.Origin, r.Length);
        foreach (SectionPlan s in plan.Sections)
        {
            text.AppendRecord("section", s.Name, s.Permissions.ToLetters(), Bit(s.IsZero), Bit(s.IsTable), Bit(s.Keep), s.BoundsStart, s.BoundsEnd, Bit(s.IsPadded), Bit(s.BoundsPadded), (int)s.Role, Bit(s.IsBuiltIn));
            if (s.IsNoLoad) text.AppendRecord("noload");
            if (s.IsRelro) text.AppendRecord("relro");
            if (s.Fill is { } fill) text.AppendRecord("fill", (ulong)fill);
            foreach (PatternPlan p in s.Patterns) text.AppendRecord("pattern", p.Text, Bit(p.Sort));
        }

        foreach (IndirectionPlan i in plan.Indirections) text.AppendRecord("indirect", i.Symbol, (int)i.Reason, i.Images, i.Gain, Bit(i.IsThumb));
        foreach (string d in plan.Discards) text.AppendRecord("discard", d);
        foreach (SymbolPlan s in plan.Symbols) text.AppendRecord("symbol", s.Name, s.Value, Bit(s.IsProvided), Bit(s.IsHidden));
        if (plan.Overlay is { } overlay) text.AppendRecord("overlay", overlay.Base, overlay.Relation, overlay.Anchor, Bit(overlay.OwnHeaders), Bit(overlay.OwnRegions));
        if (plan.Aslr is { } aslr) text.AppendRecord("aslr", (int)aslr.Mode, aslr.Granularity, aslr.Region, aslr.Start, aslr.End);
        foreach (AreaPlan a in plan.Areas) text.AppendRecord("area", new object[] { a.Name, a.Region, a.Address, a.Size, a.LoadRegion, a.LoadAddress }.Concat(a.Sections).ToArray());
        foreach (LibraryPlan l in plan.Libraries)
        {
            text.AppendRecord("library", l.Name, l.Documentation, l.ImageCount, Bit(l.IsPerImage));
            foreach (IndirectFunctionPlan f in l.IndirectFunctions) text.AppendRecord("function", f.Names.Cast<object>().ToArray());
            WriteContent(text, l.Files, l.Slots);
        }

        foreach (ImagePlan i in plan.Images)
        {
            text.AppendRecord("image", i.Name, i.Family, i.Number, i.Documentation, i.Instances);
            text.AppendRecord("uses", i.Libraries.Cast<object>().ToArray());
            foreach (MovePlan m in i.Moves) text.AppendRecord("move", m.Owner, m.Region, m.Distance);
            foreach (SymbolPlan s in i.Symbols) text.AppendRecord("value", s.Name, s.Value, Bit(s.IsProvided), Bit(s.IsHidden));
            WriteContent(text, i.Files, i.Slots);
        }

        return text.ToString();
    }

    /// <summary>Reads what <see cref="Write"/> wrote; null with <paramref name="error"/> when it is damaged.</summary>
    public static LayoutPlan? Read(string text, out string? error)
    {
        var reader = new RecordReader(text);
        var builder = new PlanBuilder();
        if (!reader.Read() || reader.Keyword != Header) reader.Fail($"'{Header}' is expected");
        else if (reader.Number(0) != Version) reader.Fail("the plan is of another version");
        else builder.Begin(reader);
        while (reader.Read()) builder.Add(reader);
        error = reader.Error;
        return error is null ? builder.ToPlan() : null;
    }

    /// <summary>Reads the plan that generated code carries.</summary>
    /// <exception cref="System.IO.InvalidDataException">The text is damaged, or of another version of this library.</exception>
    public static LayoutPlan Read(string text) =>
        Read(text, out string? error) ?? throw new System.IO.InvalidDataException("The plan in the generated code cannot be read: " + error);

    private static void WriteContent(StringBuilder text, EquatableArray<InputFilePlan> files, EquatableArray<SlotPlan> slots)
    {
        foreach (InputFilePlan f in files) text.AppendRecord(f.IsMember ? "member" : "file", new object[] { f.Path, Bit(f.IsArchive) }.Concat(f.Images).ToArray());
        foreach (SlotPlan s in slots)
        {
            if (s.LoadAddress is { } load) text.AppendRecord("load", load);
            text.AppendRecord("slot", s.Owner, s.Section, s.OutputSection, s.Region, s.Address, s.Size, s.Reserved, s.Alignment, Bit(s.IsNote));
            if (s.Part.Length > 0) text.AppendRecord("part", new object[] { s.Part }.Concat(s.Images).ToArray());
            foreach (SlotInputPlan i in s.Inputs)
            {
                if (i.Offset is { } offset) text.AppendRecord("at", offset);
                text.AppendRecord("input", new object[] { i.Path, i.Member, Bit(i.Common) }.Concat(i.Sections).ToArray());
            }
        }
    }

    private static int Bit(bool value) => value ? 1 : 0;
}
