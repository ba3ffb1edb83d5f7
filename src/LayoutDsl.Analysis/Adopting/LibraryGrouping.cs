using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LayoutDsl.Adopting;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Text;

namespace LayoutDsl.Analysis.Adopting;

/// <summary>Which objects of a build could be libraries, and what each is called in the folder of its library: the same in all images, whatever folders they were built in.</summary>
internal sealed class LibraryGrouping
{
    private readonly IReadOnlyList<AdoptedImage> images;
    private readonly Dictionary<string, int> depths = new(StringComparer.Ordinal);
    private readonly HashSet<string> imageNames;
    private readonly Dictionary<string, bool> contents = new(StringComparer.Ordinal);

    private LibraryGrouping(IReadOnlyList<AdoptedImage> images)
    {
        this.images = images;
        imageNames = new HashSet<string>(images.Select(i => i.Name), StringComparer.Ordinal);
    }

    /// <summary>The libraries by name, with the names of the images that have them.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Libraries { get; private set; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Groups the objects of a build.</summary>
    public static LibraryGrouping Of(IReadOnlyList<AdoptedImage> images)
    {
        var grouping = new LibraryGrouping(images);
        // What no two programs have in common is the program's own, whatever it is called. Of a single program, what the build itself had put together may be shared one day.
        grouping.Libraries = images
            .SelectMany(i => i.Objects.Where(o => !grouping.Stays(i, o)).Select(o => (Name: grouping.NameOf(o), o.IsGrouped, o.Object.Id, Image: i.Name)))
            .GroupBy(o => o.Name, StringComparer.Ordinal)
            .Where(g => images.Count == 1 ? g.Any(o => o.IsGrouped) : g.GroupBy(o => o.Id, StringComparer.Ordinal).Any(o => o.Select(x => x.Image).Distinct(StringComparer.Ordinal).Count() > 1))
            .ToDictionary(g => g.Key, g => (IReadOnlyList<string>)g.Select(o => o.Image).Distinct(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);
        return grouping;
    }

    /// <summary>The library that an object would be of; null when it stays with the program.</summary>
    public string? FindLibrary(AdoptedImage image, ImageObject item) => Stays(image, item) ? null : NameOf(item);

    /// <summary>The files of an image: for each object, in the order of the link, its path below the folder of the image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="uses">The libraries that it has in the layout; all other objects are its own.</param>
    public IReadOnlyList<(string Path, AdoptedObject Object)> GetFiles(AdoptedImage image, ISet<string> uses)
    {
        var files = new List<(string, AdoptedObject)>();
        var taken = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (ImageObject item in image.Objects)
        {
            string? library = FindLibrary(image, item);
            string path = library is not null && uses.Contains(library)
                ? library + "/" + LastParts(item.Object.Path, DepthOf(library), "_")
                : ScriptWeaver.OwnFolder + "/" + OwnPath(image, item.Object.Path);
            taken.TryGetValue(path, out int before);
            taken[path] = before + 1;
            if (before > 0) path = FormattableString.Invariant($"{path}.{before + 1}.o");
            files.Add((path, item.Object));
        }

        return files;
    }

    /// <summary>Start-up code of the compiler, whose order is fixed, and what the script calls by its file.</summary>
    private bool Stays(AdoptedImage image, ImageObject item)
    {
        string path = item.Object.Path;
        return IsStartFile(Path.GetFileName(path)) || !HasContent(item.Object) || image.Scripts.SelectMany(s => s.Outputs).SelectMany(o => o.Inputs).Any(i => i.File != "*" && IsNamed(i.File, path));
    }

    private bool HasContent(AdoptedObject item)
    {
        if (!contents.TryGetValue(item.Id, out bool has))
        {
            has = ElfFile.TryRead(item.Bytes, item.Path, out ElfFile? file, out _) && (file.Sections.Any(s => s.IsAllocated && s.Size > 0 && s.Type != ElfSectionType.Note) || (file.TryReadSymbols(out IReadOnlyList<ElfSymbol>? symbols, out _) && symbols.Any(s => s.IsCommon)));
            contents.Add(item.Id, has);
        }

        return has;
    }

    private static bool IsNamed(string pattern, string path) => Glob.IsMatch("*" + pattern.TrimStart('*').Replace(':', '/'), path);

    private static bool IsStartFile(string name) =>
        name.EndsWith(".o", StringComparison.Ordinal) && new[] { "crt0", "crt1", "crti", "crtn", "crtbegin", "crtend", "gcrt1", "rcrt1", "Scrt1" }.Any(p => name.StartsWith(p, StringComparison.Ordinal));

    private string NameOf(ImageObject item) => imageNames.Contains(item.Group) || item.Group == ScriptWeaver.OwnFolder ? item.Group + "_lib" : item.Group;

    /// <summary>How many folders it takes until no two objects of a library have one name, in any image.</summary>
    private int DepthOf(string library)
    {
        if (depths.TryGetValue(library, out int known)) return known;
        string[][] paths = images.Select(i => i.Objects.Where(o => FindLibrary(i, o) == library).Select(o => o.Object.Path).Distinct(StringComparer.Ordinal).ToArray()).ToArray();
        int depth = 1;
        while (depth < 8 && paths.Any(p => p.Select(x => LastParts(x, depth, "_")).Distinct(StringComparer.Ordinal).Count() < p.Length)) depth++;
        return depths[library] = depth;
    }

    private static string LastParts(string path, int count, string separator)
    {
        string[] parts = path.Split(new[] { '/' }, StringSplitOptions.RemoveEmptyEntries);
        string name = string.Join(separator, parts.Skip(Math.Max(0, parts.Length - count)).Select(Plain));
        return name.EndsWith(".o", StringComparison.Ordinal) ? name : name + ".o";
    }

    private static string OwnPath(AdoptedImage image, string path)
    {
        string folder = image.Link.Directory.TrimEnd('/') + "/";
        string shown = path.StartsWith(folder, StringComparison.Ordinal) ? path.Substring(folder.Length) : path;
        return LastParts(shown, int.MaxValue, "/");
    }

    /// <summary>Characters that patterns and scripts read as something else are no part of a name here.</summary>
    private static string Plain(string part) => new(part.Select(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '.' or '_' or '-' or '+' ? c : '_').ToArray());
}
