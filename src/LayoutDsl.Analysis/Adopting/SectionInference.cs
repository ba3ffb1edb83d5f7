using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LayoutDsl.Adopting;
using LayoutDsl.Model;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Planning;
using LayoutDsl.Text;

namespace LayoutDsl.Analysis.Adopting;

/// <summary>
/// Finds in the scripts of a build which input sections libraries can have slots for: those that a script takes from any file, in any order, and lets the linker leave out. All others (tables,
/// thread-local data, boot code) stay where the scripts put them.
/// </summary>
internal sealed class SectionInference
{
    /// <summary>What compilers put code and data into (System V ABI, Special Sections; GNU ld's own scripts). Sections of other names mean something to the program.</summary>
    private static readonly string[] Families =
    {
        ".text", ".rodata", ".data", ".bss", ".ltext", ".lrodata", ".ldata", ".lbss", ".sdata", ".sbss", ".sdata2", ".sbss2", ".srodata", ".gnu.linkonce.t", ".gnu.linkonce.r", ".gnu.linkonce.d", ".gnu.linkonce.b",
    };

    private readonly IReadOnlyList<AdoptedImage> images;
    private readonly Dictionary<string, List<ElfSection>> found = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<ElfSection>> outputs = new(StringComparer.Ordinal);

    private SectionInference(IReadOnlyList<AdoptedImage> images)
    {
        this.images = images;
        foreach (byte[] bytes in images.SelectMany(i => i.Objects).Select(o => o.Object).GroupBy(o => o.Id, StringComparer.Ordinal).Select(g => g.First().Bytes)) Add(bytes, found);
        foreach (AdoptedImage image in images) Add(File.ReadAllBytes(image.Output.Copy), outputs);
    }

    /// <summary>The sections of a build, in the order of the scripts.</summary>
    public static IReadOnlyList<AdoptedSection> Infer(IReadOnlyList<AdoptedImage> images)
    {
        var inference = new SectionInference(images);
        AdoptedSection[] general = inference.FindGeneral().ToArray();
        return general.Concat(inference.FindStaying(general)).ToArray();
    }

    private static void Add(byte[] bytes, Dictionary<string, List<ElfSection>> sections)
    {
        if (!ElfFile.TryRead(bytes, "", out ElfFile? file, out _)) return;
        foreach (ElfSection section in file.Sections.Where(s => s.IsAllocated && s.Size > 0))
        {
            if (!sections.TryGetValue(section.Name, out List<ElfSection>? list)) sections.Add(section.Name, list = new List<ElfSection>());
            list.Add(section);
        }

        if (file.TryReadSymbols(out IReadOnlyList<ElfSymbol>? symbols, out _) && symbols.Any(s => s.IsCommon) && !sections.ContainsKey(SectionPlan.Common)) sections.Add(SectionPlan.Common, new List<ElfSection>());
    }

    private IEnumerable<AdoptedSection> FindGeneral()
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.Ordinal);
        CapturedInput[] all = images.SelectMany(i => i.Scripts).SelectMany(s => s.Outputs).SelectMany(o => o.Inputs).ToArray();
        var kept = new HashSet<string>(all.Where(i => i.File == "*" && !i.IsGeneral).Select(i => i.Section), StringComparer.Ordinal);
        foreach (IGrouping<string, CapturedOutput> output in images.SelectMany(i => i.Scripts.Where(s => !s.IsInserted)).SelectMany(s => s.Outputs).GroupBy(o => o.Name, StringComparer.Ordinal))
        {
            if (output.Key == "/DISCARD/" || !outputs.TryGetValue(output.Key, out List<ElfSection>? linked) || linked.Any(s => (s.Flags & ElfSectionFlags.Tls) != 0)) continue;
            string[] patterns = output.SelectMany(o => o.Inputs).Where(i => i.IsGeneral).Select(i => i.Section).Where(p => IsFamily(p) && !kept.Contains(p) && taken.Add(p)).Distinct(StringComparer.Ordinal).ToArray();
            string[] used = patterns.Where(p => IsOfCompilers(p) || !patterns.Any(q => q != p && IsWildcard(q) && Glob.IsMatch(q, p))).Where(IsFound).ToArray();
            if (used.Length == 0) continue;
            string name = ImageNames.ToName(output.Key.TrimStart('.'));
            yield return new AdoptedSection(names.Add(name) ? name : name + "_section", output.Key, Flags(linked), linked.All(s => s.Type == ElfSectionType.NoBits), used, false);
        }
    }

    /// <summary>What a pattern of a section above would take, and the scripts have elsewhere.</summary>
    private IEnumerable<AdoptedSection> FindStaying(AdoptedSection[] general)
    {
        var known = new HashSet<string>(general.SelectMany(g => g.Patterns), StringComparer.Ordinal);
        var names = new HashSet<string>(general.Select(g => g.Name), StringComparer.Ordinal);
        foreach (CapturedOutput output in images.SelectMany(i => i.Scripts).SelectMany(s => s.Outputs))
        {
            foreach (CapturedInput input in output.Inputs.Where(i => i.File == "*" && !known.Contains(i.Section) && IsFound(i.Section)))
            {
                AdoptedSection? owner = general.FirstOrDefault(g => g.Patterns.Any(p => IsWildcard(p) && Glob.IsMatch(p, input.Section)));
                if (owner is null || !known.Add(input.Section)) continue;
                string name = ImageNames.ToName(input.Section.TrimStart('.').TrimEnd('*', '.'));
                while (!names.Add(name)) name += "_";
                yield return new AdoptedSection(name, output.Name, Flags(Matching(input.Section)), false, new[] { input.Section }, true);
            }
        }
    }

    private bool IsFound(string pattern) => pattern == SectionPlan.Common ? found.ContainsKey(pattern) : Matching(pattern).Any();

    private IEnumerable<ElfSection> Matching(string pattern) => found.Where(f => Glob.IsMatch(pattern, f.Key)).SelectMany(f => f.Value);

    private static Permissions Flags(IEnumerable<ElfSection> sections) => sections.Aggregate(Permissions.Read, (all, s) => all
        | ((s.Flags & ElfSectionFlags.Write) != 0 ? Permissions.Write : 0)
        | ((s.Flags & ElfSectionFlags.Execute) != 0 ? Permissions.Execute : 0));

    private static bool IsFamily(string pattern) => pattern == SectionPlan.Common
        || (Families.Any(f => pattern == f || pattern.StartsWith(f + ".", StringComparison.Ordinal)) && pattern.All(c => char.IsLetterOrDigit(c) || c is '.' or '_' or '*' or '?' or '-' or '$'));

    /// <summary>What compilers tell apart in a family: a script that puts it in front cares for speed, not for its place. Other names, as of boot code, are the program's.</summary>
    private static bool IsOfCompilers(string pattern) =>
        new[] { ".text.unlikely", ".text.hot", ".text.startup", ".text.exit", ".text.cold", ".text.split", ".rodata.str", ".rodata.cst", ".data.rel", ".data.hot", ".data.cold" }.Any(f => pattern.StartsWith(f, StringComparison.Ordinal)) || pattern.EndsWith("_unlikely", StringComparison.Ordinal);

    private static bool IsWildcard(string pattern) => pattern.IndexOfAny(new[] { '*', '?' }) >= 0;
}
