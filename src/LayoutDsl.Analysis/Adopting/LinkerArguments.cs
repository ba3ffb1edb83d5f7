using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace LayoutDsl.Analysis.Adopting;

/// <summary>The command line of a captured link, taken apart.</summary>
/// <param name="IsRelocatable">It makes an object (<c>-r</c>).</param>
/// <param name="IsStatic">It makes a program with fixed addresses, and no shared library or position-independent program.</param>
/// <param name="Output">What it makes; it may write others, such as a map. Null when the run left nothing there.</param>
/// <param name="Inputs">Objects, archives and libraries, in their order.</param>
/// <param name="Scripts">Linker scripts that it names with <c>-T</c>, in their order.</param>
/// <param name="Options">What else it says and has to be said again: all but files, output and what is printed.</param>
/// <param name="Order">Inputs with the options that decide what is taken of them.</param>
internal sealed record LinkerArguments(
    bool IsRelocatable,
    bool IsStatic,
    CapturedFile? Output,
    IReadOnlyList<string> Inputs,
    IReadOnlyList<string> Scripts,
    IReadOnlyList<string> Options,
    IReadOnlyList<string> Order)
{
    /// <summary>Options of GNU ld whose value is the next argument, in the form with one hyphen (ld manual, Command-line Options).</summary>
    private static readonly HashSet<string> Valued = new(StringComparer.Ordinal)
    {
        "-o", "-output", "-T", "-script", "-dT", "-default-script", "-L", "-library-path", "-l", "-library", "-m", "-e", "-entry", "-u", "-undefined", "-z", "-R", "-just-symbols", "-Map", "-h", "-soname",
        "-I", "-dynamic-linker", "-plugin", "-plugin-opt", "-defsym", "-y", "-trace-symbol", "-b", "-format", "-A", "-architecture", "-c", "-mri-script", "-F", "-filter", "-f", "-auxiliary", "-G", "-gpsize",
        "-rpath", "-rpath-link", "-wrap", "-init", "-fini", "-Ttext", "-Tdata", "-Tbss", "-Ttext-segment", "-Trodata-segment", "-Tldata-segment", "-assert", "-version-script", "-dynamic-list", "-retain-symbols-file",
        "-section-start", "-sort-section", "-hash-style", "-oformat", "-a", "-Y", "-exclude-libs", "-dependency-file", "-require-defined", "-task-link", "-unresolved-symbols", "-image-base",
    };

    private static readonly HashSet<string> Selecting = new(StringComparer.Ordinal)
    {
        "-(", "-)", "-start-group", "-end-group", "-whole-archive", "-no-whole-archive", "-as-needed", "-no-as-needed", "-Bstatic", "-Bdynamic", "-dn", "-dy", "-non_shared", "-call_shared",
        "-push-state", "-pop-state", "-copy-dt-needed-entries", "-no-copy-dt-needed-entries", "-add-needed", "-no-add-needed",
    };

    private static readonly string[] Dropped =
    {
        "-o", "-output", "-L", "-library-path", "-Map", "-dependency-file", "-plugin", "-plugin-opt", "-t", "-trace", "-verbose", "-M", "-print-map", "-cref", "-stats", "-print-memory-usage", "-print-gc-sections",
        "-R", "-rpath", "-rpath-link",
    };

    /// <summary>Takes the arguments of a run apart.</summary>
    public static LinkerArguments Of(CapturedRun run)
    {
        var inputs = new List<string>();
        var scripts = new List<string>();
        var options = new List<string>();
        var order = new List<string>();
        string output = "a.out";
        IReadOnlyList<string> all = run.Arguments;
        for (int i = 0; i < all.Count; i++)
        {
            string argument = all[i];
            if (argument.Length < 2 || (argument[0] != '-' && argument != "@"))
            {
                if (argument.Length > 0) AddInput(argument);
                continue;
            }

            (string name, string? value) = Split(argument);
            bool isSeparate = value is null && Valued.Contains(name) && i + 1 < all.Count;
            if (isSeparate) value = all[++i];
            if (name is "-o" or "-output") output = value ?? output;
            if (name is "-l" or "-library") AddInput("-l" + value);
            else if (name is "-T" or "-script" or "-dT" or "-default-script") scripts.Add(value ?? "");
            else if (Selecting.Contains(name)) order.Add(argument);
            else if (!Dropped.Contains(name) && !name.StartsWith("-plugin", StringComparison.Ordinal))
            {
                options.Add(isSeparate || value is null || run.FindInput(value) is null ? argument : argument.Substring(0, argument.Length - value.Length) + run.FindInput(value)!.Copy);
                if (isSeparate) options.Add(run.FindInput(value!)?.Copy ?? value!);
            }
        }

        bool Has(params string[] names) => all.Any(a => names.Contains(a));
        bool isRelocatable = Has("-r", "-i", "-Ur", "--relocatable", "-relocatable");
        bool isShared = Has("-shared", "--shared", "-Bshareable", "-pie", "--pie", "-pic-executable", "--pic-executable");
        return new LinkerArguments(isRelocatable, !isShared && !isRelocatable, run.Outputs.FirstOrDefault(o => o.FullPath == run.Locate(output)), inputs, scripts, options, order);

        void AddInput(string input)
        {
            inputs.Add(input);
            order.Add(input);
        }
    }

    /// <summary>The captured file that an input of the command line is, or null: <c>-lc</c> is that of the files read that has such a name.</summary>
    public static CapturedFile? Find(CapturedRun run, string input)
    {
        if (!input.StartsWith("-l", StringComparison.Ordinal)) return run.FindInput(input);
        string name = input.Substring(2);
        string[] names = name.StartsWith(":", StringComparison.Ordinal) ? new[] { name.Substring(1) } : new[] { $"lib{name}.a", $"lib{name}.so" };
        return run.Inputs.FirstOrDefault(i => names.Contains(Path.GetFileName(i.FullPath)));
    }

    /// <summary>The name of an option with one hyphen, and its value when both are one argument.</summary>
    private static (string Name, string? Value) Split(string argument)
    {
        string text = argument.StartsWith("--", StringComparison.Ordinal) ? argument.Substring(1) : argument;
        int equals = text.IndexOf('=');
        if (equals > 2) return (text.Substring(0, equals), text.Substring(equals + 1));
        bool isShort = !argument.StartsWith("--", StringComparison.Ordinal) && text.Length > 2 && !Valued.Contains(text) && !Selecting.Contains(text);
        string first = text.Substring(0, Math.Min(2, text.Length));
        return isShort && first is "-l" or "-L" or "-T" or "-o" or "-e" or "-u" or "-z" or "-m" or "-R" or "-y" or "-A" or "-b" && isShort && !IsWord(text) ? (first, text.Substring(2)) : (text, null);
    }

    /// <summary>Long options that may have one hyphen and start with the letter of a short one.</summary>
    private static bool IsWord(string text) =>
        text is "-relocatable" or "-emit-relocs" or "-build-id" or "-exclude-libs" or "-error-limit" or "-export-dynamic" or "-eh-frame-hdr" or "-enable-new-dtags" or "-undefined" or "-verbose" or "-embedded-relocs" or "-EB" or "-EL"
        || text.StartsWith("-no", StringComparison.Ordinal) || text.StartsWith("-unresolved", StringComparison.Ordinal) || text.StartsWith("-error", StringComparison.Ordinal);
}
