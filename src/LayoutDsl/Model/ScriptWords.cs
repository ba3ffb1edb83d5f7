using System;
using System.Collections.Generic;
using System.Linq;

namespace LayoutDsl.Model;

/// <summary>What the arguments of a command or function of a script are.</summary>
public enum ScriptArguments
{
    /// <summary>There are none.</summary>
    None,

    /// <summary>Expressions.</summary>
    Values,

    /// <summary>Names of symbols.</summary>
    Symbols,

    /// <summary>Quoted texts: files, formats, names of output sections.</summary>
    Texts,

    /// <summary>Names of regions.</summary>
    Regions,

    /// <summary>Input files, with <c>as_needed(...)</c> around some.</summary>
    Files,

    /// <summary>A condition and a quoted message.</summary>
    Assertion,

    /// <summary>A quoted name and an expression.</summary>
    Segment,
}

/// <summary>Where a statement of a script may stand.</summary>
[Flags]
public enum ScriptPlaces
{
    /// <summary>In the script itself.</summary>
    Script = 1,

    /// <summary>In <c>sections</c>.</summary>
    Sections = 2,

    /// <summary>In an output section.</summary>
    Output = 4,

    /// <summary>Anywhere.</summary>
    All = Script | Sections | Output,
}

/// <summary>A word of scripts and the word of GNU ld that it becomes.</summary>
/// <param name="Word">In layouts.</param>
/// <param name="Keyword">In GNU ld.</param>
/// <param name="Arguments">What its arguments are.</param>
/// <param name="Least">Fewest arguments.</param>
/// <param name="Most">Most arguments.</param>
/// <param name="Places">Where a command may stand.</param>
public sealed record ScriptWord(string Word, string Keyword, ScriptArguments Arguments, int Least, int Most, ScriptPlaces Places = ScriptPlaces.All);

/// <summary>The words of scripts, each beside GNU ld's: the one table from which scripts are read, checked, written and imported.</summary>
public static class ScriptWords
{
    private const int Any = int.MaxValue;

    /// <summary>The location counter.</summary>
    public const string Here = "here";

    /// <summary>Commands (ld manual, Simple Linker Script Commands and Output Section Data).</summary>
    public static IReadOnlyList<ScriptWord> Commands { get; } = new[]
    {
        new ScriptWord("entry", "ENTRY", ScriptArguments.Symbols, 1, 1, ScriptPlaces.Script | ScriptPlaces.Sections),
        new ScriptWord("format", "OUTPUT_FORMAT", ScriptArguments.Texts, 1, 3, ScriptPlaces.Script),
        new ScriptWord("architecture", "OUTPUT_ARCH", ScriptArguments.Texts, 1, 1, ScriptPlaces.Script),
        new ScriptWord("output", "OUTPUT", ScriptArguments.Texts, 1, 1, ScriptPlaces.Script),
        new ScriptWord("input_format", "TARGET", ScriptArguments.Texts, 1, 1, ScriptPlaces.Script),
        new ScriptWord("search", "SEARCH_DIR", ScriptArguments.Texts, 1, 1, ScriptPlaces.Script),
        new ScriptWord("startup", "STARTUP", ScriptArguments.Texts, 1, 1, ScriptPlaces.Script),
        new ScriptWord("input", "INPUT", ScriptArguments.Files, 1, Any, ScriptPlaces.Script),
        new ScriptWord("group", "GROUP", ScriptArguments.Files, 1, Any, ScriptPlaces.Script),
        new ScriptWord("extern", "EXTERN", ScriptArguments.Symbols, 1, Any, ScriptPlaces.Script),
        new ScriptWord("no_cross_references", "NOCROSSREFS", ScriptArguments.Texts, 1, Any, ScriptPlaces.Script),
        new ScriptWord("no_references_to", "NOCROSSREFS_TO", ScriptArguments.Texts, 2, Any, ScriptPlaces.Script),
        new ScriptWord("force_common", "FORCE_COMMON_ALLOCATION", ScriptArguments.None, 0, 0, ScriptPlaces.Script),
        new ScriptWord("inhibit_common", "INHIBIT_COMMON_ALLOCATION", ScriptArguments.None, 0, 0, ScriptPlaces.Script),
        new ScriptWord("force_groups", "FORCE_GROUP_ALLOCATION", ScriptArguments.None, 0, 0, ScriptPlaces.Script),
        new ScriptWord("feature", "LD_FEATURE", ScriptArguments.Texts, 1, 1, ScriptPlaces.Script),
        new ScriptWord("alias", "REGION_ALIAS", ScriptArguments.Regions, 2, 2, ScriptPlaces.Script),
        new ScriptWord("include", "INCLUDE", ScriptArguments.Texts, 1, 1),
        new ScriptWord("assert", "ASSERT", ScriptArguments.Assertion, 2, 2),
        new ScriptWord("byte", "BYTE", ScriptArguments.Values, 1, 1, ScriptPlaces.Output),
        new ScriptWord("short", "SHORT", ScriptArguments.Values, 1, 1, ScriptPlaces.Output),
        new ScriptWord("long", "LONG", ScriptArguments.Values, 1, 1, ScriptPlaces.Output),
        new ScriptWord("quad", "QUAD", ScriptArguments.Values, 1, 1, ScriptPlaces.Output),
        new ScriptWord("squad", "SQUAD", ScriptArguments.Values, 1, 1, ScriptPlaces.Output),
        new ScriptWord("asciz", "ASCIZ", ScriptArguments.Texts, 1, 1, ScriptPlaces.Output),
        new ScriptWord("fill", "FILL", ScriptArguments.Values, 1, 1, ScriptPlaces.Output),
        new ScriptWord("version_text", "LINKER_VERSION", ScriptArguments.None, 0, 0, ScriptPlaces.Output),
        new ScriptWord("object_symbols", "CREATE_OBJECT_SYMBOLS", ScriptArguments.None, 0, 0, ScriptPlaces.Output),
        new ScriptWord("constructors", "CONSTRUCTORS", ScriptArguments.None, 0, 0, ScriptPlaces.Output),
        new ScriptWord("sorted_constructors", "SORT_BY_NAME(CONSTRUCTORS)", ScriptArguments.None, 0, 0, ScriptPlaces.Output),
    };

    /// <summary>Functions (ld manual, Builtin Functions).</summary>
    public static IReadOnlyList<ScriptWord> Functions { get; } = new[]
    {
        new ScriptWord("absolute", "ABSOLUTE", ScriptArguments.Values, 1, 1),
        new ScriptWord("addressof", "ADDR", ScriptArguments.Texts, 1, 1),
        new ScriptWord("align", "ALIGN", ScriptArguments.Values, 1, 2),
        new ScriptWord("alignof", "ALIGNOF", ScriptArguments.Texts, 1, 1),
        new ScriptWord("data_segment_align", "DATA_SEGMENT_ALIGN", ScriptArguments.Values, 2, 2),
        new ScriptWord("data_segment_end", "DATA_SEGMENT_END", ScriptArguments.Values, 1, 1),
        new ScriptWord("data_segment_relro_end", "DATA_SEGMENT_RELRO_END", ScriptArguments.Values, 2, 2),
        new ScriptWord("defined", "DEFINED", ScriptArguments.Symbols, 1, 1),
        new ScriptWord("length", "LENGTH", ScriptArguments.Regions, 1, 1),
        new ScriptWord("loadof", "LOADADDR", ScriptArguments.Texts, 1, 1),
        new ScriptWord("log2ceil", "LOG2CEIL", ScriptArguments.Values, 1, 1),
        new ScriptWord("max", "MAX", ScriptArguments.Values, 2, 2),
        new ScriptWord("min", "MIN", ScriptArguments.Values, 2, 2),
        new ScriptWord("next", "NEXT", ScriptArguments.Values, 1, 1),
        new ScriptWord("origin", "ORIGIN", ScriptArguments.Regions, 1, 1),
        new ScriptWord("segment_start", "SEGMENT_START", ScriptArguments.Segment, 2, 2),
        new ScriptWord("sizeof", "SIZEOF", ScriptArguments.Texts, 1, 1),
        new ScriptWord("assert", "ASSERT", ScriptArguments.Assertion, 2, 2),
    };

    /// <summary>Words that stand for a value, with what GNU ld writes for it.</summary>
    public static IReadOnlyDictionary<string, string> Values { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [Here] = ".",
        ["headers_size"] = "SIZEOF_HEADERS",
        ["max_page_size"] = "CONSTANT(MAXPAGESIZE)",
        ["common_page_size"] = "CONSTANT(COMMONPAGESIZE)",
    };

    /// <summary>What may stand around a pattern of sections or files (ld manual, Input Section Wildcard Patterns).</summary>
    public static IReadOnlyDictionary<string, string> Sorts { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["sort_by_name"] = "SORT_BY_NAME",
        ["sort_by_alignment"] = "SORT_BY_ALIGNMENT",
        ["sort_by_init_priority"] = "SORT_BY_INIT_PRIORITY",
        ["sort_none"] = "SORT_NONE",
        ["reverse"] = "REVERSE",
    };

    /// <summary>Types of an output section that take no value (ld manual, Output Section Type).</summary>
    public static IReadOnlyDictionary<string, string> Types { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["noload"] = "NOLOAD",
        ["copy"] = "COPY",
        ["info"] = "INFO",
        ["dsect"] = "DSECT",
        ["overlaid"] = "OVERLAY",
        ["readonly"] = "READONLY",
    };

    /// <summary>Words of an output section's head that take no value.</summary>
    public static IReadOnlyDictionary<string, string> Flags { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["align_with_input"] = "ALIGN_WITH_INPUT",
        ["only_if_ro"] = "ONLY_IF_RO",
        ["only_if_rw"] = "ONLY_IF_RW",
        ["no_cross_references"] = "NOCROSSREFS",
    };

    /// <summary>Words of an output section's head that take one value.</summary>
    public static IReadOnlyList<string> Clauses { get; } = new[] { "at", "in", "load", "align", "subalign", "fill", "type" };

    /// <summary>Every word of GNU ld that a name must not be taken for.</summary>
    public static ISet<string> Keywords { get; } = new HashSet<string>(
        Commands.Concat(Functions).Select(w => w.Keyword)
            .Concat(Sorts.Values).Concat(Types.Values).Concat(Flags.Values)
            .Concat("MEMORY PHDRS SECTIONS VERSION PROVIDE PROVIDE_HIDDEN HIDDEN KEEP EXCLUDE_FILE INPUT_SECTION_FLAGS AT SUBALIGN AS_NEEDED CONSTANT INSERT AFTER BEFORE BLOCK BIND SORT TYPE SPECIAL MAP HLL SYSLIB FLOAT NOFLOAT FILEHDR FLAGS SIZEOF_HEADERS sizeof_headers NOCROSSREFS o org l len".Split(' ')),
        StringComparer.Ordinal);
}
