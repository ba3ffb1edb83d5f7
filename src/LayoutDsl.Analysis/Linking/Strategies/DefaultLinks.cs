using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LayoutDsl.Analysis.Files;
using LayoutDsl.Emit;
using LayoutDsl.Facts;
using LayoutDsl.Model;
using LayoutDsl.Planning;
using LayoutDsl.Text;

namespace LayoutDsl.Analysis.Linking.Strategies;

/// <summary>
/// Links as a compiler driver does: what a program starts with, its objects, its libraries as one group of archives, and what it ends with; of a library
/// only what the image needs, also when the layout names its objects. A layout with headers in memory is a program for an operating system, which the linker has a script for; others get a plain one.
/// </summary>
public static class DefaultLinks
{
    private static readonly string[] First = { "crt0", "crt1", "crti", "Scrt1", "rcrt1", "gcrt1", "crtbegin" };
    private static readonly string[] Last = { "crtend", "crtn" };

    /// <summary>The links of all images.</summary>
    public static IReadOnlyList<ImageLink> Of(BoundLayout layout, LayoutPlan plan, FactsFile facts)
    {
        string directory = LayoutFiles.GetDirectory(layout);
        var inputs = facts.Inputs.GroupBy(i => (i.Pattern, i.Kind)).ToDictionary(g => g.Key, g => g.First().Files);
        var libraries = layout.Libraries.ToDictionary(l => l.Name, StringComparer.Ordinal);
        var images = layout.Images.ToDictionary(i => i.Name, StringComparer.Ordinal);
        bool isPlain = layout.Target.Headers is null;
        return plan.Images.Select(image =>
        {
            BoundImage bound = images[image.Family.Length > 0 ? image.Family : image.Name];
            var member = new ImageMember(image.Name, image.Family.Length > 0 ? image.Number : null);
            string[] objects = FindObjects(bound.Inputs).ToArray();
            var archives = new List<string>();
            var made = new List<ObjectArchive>();
            foreach (BoundLibrary library in bound.Libraries.Select(l => libraries[l]))
            {
                // What a program starts and ends with is on the command line; of all else the linker takes what the image needs.
                string[] own = FindObjects(library.Inputs).ToArray();
                objects = objects.Concat(own.Where(o => Rank(o) != First.Length)).ToArray();
                own = own.Where(o => Rank(o) == First.Length).ToArray();
                if (own.Length > 0) made.Add(new ObjectArchive(GetArchivePath(layout, library, image), own));
                archives.AddRange(library.Inputs.Where(i => i.Kind != InputKind.Objects).SelectMany(i => FilePatterns.Expand(directory, i.Expand(member))));
            }

            archives.AddRange(bound.Inputs.Where(i => i.Kind != InputKind.Objects).SelectMany(i => FilePatterns.Expand(directory, i.Expand(member))));
            string[] group = archives.Concat(made.Select(m => m.Path)).Distinct().ToArray();
            ILookup<bool, string> ends = objects.Distinct().OrderBy(Rank).ToLookup(o => Rank(o) > First.Length);
            string[] files = ends[false].Concat(group).Concat(ends[true]).ToArray();
            ImageScript? script = isPlain ? new ImageScript(image.Name + ".ld", false, null, _ => PlainScriptEmitter.Emit(layout, plan)) : null;
            return new ImageLink(image.Name, bound.Name, script, () => LinkCommandEmitter.Quote(GetArguments(layout, files, group)), files) { Archives = made };

            IEnumerable<string> FindObjects(IEnumerable<BoundInput> from) => from.Where(i => i.Kind == InputKind.Objects).SelectMany(i => inputs[(i.Expand(member), i.Kind)]);
        }).ToArray();
    }

    /// <summary>Path of the archive that is made of a library's objects.</summary>
    private static string GetArchivePath(BoundLayout layout, BoundLibrary library, ImagePlan image) =>
        $"obj/{LayoutPath.GetStem(layout.Path)}/archives/{library.Name}{(library.IsPerImage ? "." + image.Name : "")}.a";

    private static IEnumerable<string> GetArguments(BoundLayout layout, string[] files, string[] archives)
    {
        string page = FormattableString.Invariant($"0x{layout.Target.Page:x}");
        yield return "-m" + layout.Target.Architecture.Emulation;
        yield return "-static";
        yield return "-nostdlib";
        yield return "--build-id=none";
        yield return "-zmax-page-size=" + page;
        yield return "-znoexecstack";
        yield return "-e" + layout.Target.Entry;
        foreach (string file in files)
        {
            if (archives.Length > 0 && file == archives[0]) yield return "--start-group";
            yield return file;
            if (archives.Length > 0 && file == archives[archives.Length - 1]) yield return "--end-group";
        }
    }

    /// <summary>The place of an object on the command line of a compiler driver (gcc -dumpspecs, link_command).</summary>
    private static int Rank(string path)
    {
        string name = Path.GetFileName(path);
        int first = Array.FindIndex(First, n => name.StartsWith(n, StringComparison.Ordinal));
        if (first >= 0) return first;
        int last = Array.FindIndex(Last, n => name.StartsWith(n, StringComparison.Ordinal));
        return last < 0 ? First.Length : First.Length + 1 + last;
    }
}
