using System.Collections.Generic;

namespace LayoutDsl.Analysis.Resolution;

/// <summary>What the command line and the linker script say about symbols.</summary>
public sealed record ResolutionOptions
{
    /// <summary>The entry symbol (ld manual: -e, ENTRY); it is undefined from the start, so it pulls its member. Null for none.</summary>
    public string? Entry { get; init; } = "_start";

    /// <summary>Symbols that are undefined from the start (ld manual: -u, EXTERN), and those that a script's expressions name before the inputs.</summary>
    public IReadOnlyList<string> Undefined { get; init; } = [];

    /// <summary>Symbols whose undefined references go to <c>__wrap_NAME</c>, as those to <c>__real_NAME</c> go to NAME (ld manual: --wrap).</summary>
    public IReadOnlyList<string> Wrapped { get; init; } = [];

    /// <summary>
    /// Symbols that the linker script (or --defsym) defines, with their values where these are known. Such a definition silently wins
    /// over one of an object.
    /// </summary>
    public IReadOnlyDictionary<string, ulong?> ScriptSymbols { get; init; } = new Dictionary<string, ulong?>();

    /// <summary>Symbols that the script defines only if they are referenced and nothing else defines them (ld manual: PROVIDE).</summary>
    public IReadOnlyList<string> ProvidedSymbols { get; init; } = [];

    /// <summary>
    /// Whether the script stands before the inputs, as with <c>-T</c> first: then its symbols are defined when archives are searched and
    /// pull no members. The linker's own script stands after them.
    /// </summary>
    public bool ScriptPrecedesInputs { get; init; } = true;

    /// <summary>Symbols that the linker itself defines when they are referenced and undefined.</summary>
    public IReadOnlyList<string> LinkerSymbols { get; init; } = ["_GLOBAL_OFFSET_TABLE_", "__ehdr_start", "_TLS_MODULE_BASE_"];

    /// <summary>
    /// The names of the sections of the image, for <c>__start_NAME</c> and <c>__stop_NAME</c> (ld manual: Input Section Example) and
    /// <c>.startof.NAME</c>, <c>.sizeof.NAME</c>. Null if they are the names of the input sections, as without a script for them.
    /// </summary>
    public IReadOnlyCollection<string>? OutputSections { get; init; }

    /// <summary>What <c>ld -static</c> does without a script of the user, on x86-64 Linux (<c>ld --verbose</c>).</summary>
    public static ResolutionOptions GnuDefault { get; } = new()
    {
        ScriptPrecedesInputs = false,
        ScriptSymbols = new Dictionary<string, ulong?> { ["_edata"] = null, ["__bss_start"] = null, ["_end"] = null },
        ProvidedSymbols =
        [
            "__executable_start", "__etext", "_etext", "etext", "edata", "end",
            "__rela_iplt_start", "__rela_iplt_end",
            "__preinit_array_start", "__preinit_array_end", "__init_array_start", "__init_array_end", "__fini_array_start", "__fini_array_end",
        ],
    };
}
