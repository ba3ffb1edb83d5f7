using System.Collections.Generic;
using System.Linq;
using System.Text;
using LayoutDsl.Model;
using LayoutDsl.Planning;

namespace LayoutDsl.Emit;

/// <summary>
/// The linker's arguments for an image, apart from its script and output: run in the layout's folder as <c>ld @IMAGE.rsp -T IMAGE.ld -o IMAGE.elf</c>.
/// The files come in plan order, common libraries first and the application last, so that what the linker makes itself comes out in one order everywhere.
/// </summary>
public static class LinkCommandEmitter
{
    /// <summary>The arguments one by one.</summary>
    public static IEnumerable<string> GetArguments(LayoutPlan plan, ImagePlan image)
    {
        string page = System.FormattableString.Invariant($"0x{SegmentPlan.GetFileAlignment(plan):x}");
        if (Architecture.Find(plan.Architecture) is { } architecture)
        {
            yield return "-m" + architecture.Emulation;
            if (architecture.IsRelaxed) yield return "--no-relax";
        }

        yield return "-static";
        yield return "-nostdlib";
        yield return "--build-id=none";
        if (plan.Overlay is null) yield return "--orphan-handling=error";
        yield return "-zmax-page-size=" + page;
        yield return "-zcommon-page-size=" + page;
        yield return "-znorelro";

        // References that go through a stub: the script gives the stub the name __wrap_SYMBOL (ld manual, --wrap).
        // A script that the libraries are put into has no stubs.
        IEnumerable<string> functions = plan.GetLibraries(image).SelectMany(l => l.IndirectFunctions).SelectMany(f => f.Names);
        foreach (string symbol in plan.Indirections.Select(i => i.Symbol).Concat(functions).Distinct(System.StringComparer.Ordinal).Where(_ => plan.Overlay is null)) yield return "--wrap=" + symbol;
        if (HasUnwind(plan) && plan.Overlay is null) yield return "--wrap=__register_frame_info";
        foreach (InputFilePlan file in plan.GetFiles(image))
        {
            // All members of a shared archive, in every image: a subset that differs by image would move what follows.
            if (file.IsArchive) yield return "--whole-archive";
            yield return file.Path;
            if (file.IsArchive) yield return "--no-whole-archive";
        }
    }

    /// <summary>Whether the fleet has a table of unwind records in place of one contiguous section.</summary>
    internal static bool HasUnwind(LayoutPlan plan) => plan.Sections.Any(s => s.Role == SectionRole.Unwind);

    /// <summary>The arguments as a response file (<c>ld @FILE</c>), one a line.</summary>
    public static string EmitResponseFile(LayoutPlan plan, ImagePlan image) => Quote(GetArguments(plan, image));

    /// <summary>Arguments as a response file, one a line.</summary>
    public static string Quote(IEnumerable<string> arguments) => string.Concat(arguments.Select(a => Quote(a) + "\n"));

    /// <summary>Quotes for libiberty's reader of response files: white space and quotes separate, a backslash protects the next character.</summary>
    private static string Quote(string argument)
    {
        var text = new StringBuilder();
        foreach (char c in argument)
        {
            if (c is ' ' or '\t' or '"' or '\'' or '\\') text.Append('\\');
            text.Append(c);
        }

        return text.ToString();
    }
}
