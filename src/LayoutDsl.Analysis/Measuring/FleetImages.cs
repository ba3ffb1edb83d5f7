using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using LayoutDsl.Analysis.Resolution;
using LayoutDsl.Facts;
using LayoutDsl.Model;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Text;

namespace LayoutDsl.Analysis.Measuring;

/// <summary>The images of a layout as the linker sees them: objects and whole archives, then all other archives as one group.</summary>
internal sealed class FleetImages
{
    private readonly BoundLayout layout;
    private readonly LinkFiles files;
    private readonly Dictionary<(string Pattern, InputKind Kind), InputFacts> inputs;
    private readonly Dictionary<string, MemberArchives.Input> members;
    private readonly Dictionary<string, BoundLibrary> libraries;
    private readonly Dictionary<string, string> signatures = new(StringComparer.Ordinal);
    private readonly ResolutionOptions options;

    public FleetImages(BoundLayout layout, LinkFiles files, IEnumerable<(InputFacts Facts, SourceLocation Location)> inputs, MemberArchives archives)
    {
        this.layout = layout;
        this.files = files;
        this.inputs = inputs.ToDictionary(i => (i.Facts.Pattern, i.Facts.Kind), i => i.Facts);
        members = archives.Inputs.ToDictionary(i => i.Pattern, StringComparer.Ordinal);
        libraries = layout.Libraries.ToDictionary(l => l.Name, StringComparer.Ordinal);
        var defined = new Dictionary<string, ulong?>(StringComparer.Ordinal);
        foreach (BoundSymbol symbol in layout.Symbols) defined[symbol.Name] = null;
        foreach (BoundBounds bounds in layout.Sections.Select(s => s.Bounds).OfType<BoundBounds>()) defined[bounds.Start] = defined[bounds.End] = null;
        options = ResolutionOptions.GnuDefault with
        {
            Entry = layout.Target.Entry.Length > 0 ? layout.Target.Entry : null,
            ScriptSymbols = defined,
            ScriptPrecedesInputs = true,
        };
    }

    /// <summary>Finds the images. Of those with equal inputs, as far as symbols are concerned, there is one: a family is seldom more than that.</summary>
    public IReadOnlyList<FleetImage> Find()
    {
        var found = new Dictionary<string, FleetImage>(StringComparer.Ordinal);
        var order = new List<FleetImage>();
        foreach (BoundImage image in layout.Images)
        {
            BoundInput[] shared = image.Libraries.SelectMany(l => libraries[l].Inputs).ToArray();
            foreach (ImageMember member in image.Members)
            {
                string key = string.Join("\n", image.Libraries) + "\n\n" + string.Concat(image.Inputs.Concat(shared.Where(i => i.IsPerImage)).Select(input => Sign(input, member)));
                if (found.ContainsKey(key)) continue;
                var made = new FleetImage(member.Name, MakeInputs(image.Inputs.Concat(shared), member), options);
                found.Add(key, made);
                order.Add(made);
            }
        }

        return order;
    }

    private LinkInput[] MakeInputs(IEnumerable<BoundInput> wanted, ImageMember member)
    {
        var always = new List<LinkInput>();
        var archives = new List<LinkInput>();
        foreach (BoundInput input in wanted)
        {
            string pattern = input.Expand(member);
            if (input.Kind == InputKind.Members) archives.AddRange(members[pattern].Archives.Select(a => new ArchiveInput(a)));
            else always.AddRange(Files(pattern, input.Kind).SelectMany(Open).Select(o => o is ArchiveInput archive ? archive with { Whole = true } : o));
        }

        if (archives.Count > 0) always.Add(new GroupInput(archives));
        return always.ToArray();
    }

    private IEnumerable<string> Files(string pattern, InputKind kind) => inputs.TryGetValue((pattern, kind), out InputFacts? found) ? found.Files : [];

    /// <summary>What is wrong with such a file was reported when it was measured.</summary>
    private IReadOnlyList<LinkInput> Open(string file) => files.TryOpen(file, out IReadOnlyList<LinkInput>? opened, out _) ? opened : [];

    private string Sign(BoundInput input, ImageMember member)
    {
        string pattern = input.Expand(member);
        if (input.Kind != InputKind.Objects) return $"{input.Kind} {pattern}\n";
        return string.Concat(Files(pattern, input.Kind).Select(Sign));
    }

    private string Sign(string file)
    {
        if (signatures.TryGetValue(file, out string? known)) return known;
        string signature = Open(file) is [ObjectInput single] && single.Object.TryRead(out ObjectContent? content, out _) ? ContentId.Of(Sign(content)) + "\n" : $"file {file}\n";
        signatures.Add(file, signature);
        return signature;
    }

    /// <summary>Everything of an object that takes part in the resolution of symbols.</summary>
    private static string Sign(ObjectContent content)
    {
        var text = new StringBuilder();
        Add(text, (int)content.File.Machine, (int)content.File.Class, (int)content.File.ByteOrder);
        for (int i = 1; i < content.Symbols.Length; i++)
        {
            if (content.NameIds[i] < 0) continue;
            ElfSymbol symbol = content.Symbols[i];
            Add(text, content.NameIds[i], (int)symbol.Binding, (int)symbol.Type, (int)symbol.Visibility, (int)symbol.Place);
            if (symbol.IsCommon || symbol.IsAbsolute) text.AppendFormat(CultureInfo.InvariantCulture, "{0} {1} ", symbol.Size, symbol.Value);
            if (content.LinkOnce.Length > 0) Add(text, symbol.SectionIndex);
        }

        foreach (LinkOnceUnit unit in content.LinkOnce) Add(text, unit.Key, unit.Section);
        foreach (ElfSection section in content.File.Sections)
        {
            // For __start_NAME and __stop_NAME.
            if (section.IsAllocated && section.Name.Length > 0 && section.Name[0] != '.') text.Append(section.Name).Append('\n');
        }

        return text.ToString();
    }

    private static void Add(StringBuilder text, params int[] numbers)
    {
        foreach (int number in numbers) text.Append(number.ToString(CultureInfo.InvariantCulture)).Append(' ');
    }
}
