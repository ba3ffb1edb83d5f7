using System.Collections.Generic;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Predicting;

/// <summary>A linker script of the form that layouts are emitted in, as far as it decides what is where.</summary>
/// <param name="Entry">The entry symbol; empty for none.</param>
/// <param name="ProgramHeaders">The program headers that it declares.</param>
/// <param name="Statements">Assignments and sections, in order.</param>
internal sealed record LinkScript(string Entry, IReadOnlyList<ScriptHeader> ProgramHeaders, IReadOnlyList<ScriptStatement> Statements);

/// <summary>A program header (ld manual: PHDRS).</summary>
/// <param name="Name">What sections name it by.</param>
/// <param name="Type">What it is.</param>
/// <param name="HasFileHeaders">Whether the ELF header and the program headers are in it.</param>
/// <param name="Flags">Its permissions.</param>
internal sealed record ScriptHeader(string Name, ElfSegmentType Type, bool HasFileHeaders, uint Flags);

/// <summary>A statement of a script.</summary>
internal abstract record ScriptStatement;

/// <summary><c>name = value;</c>. The name <c>.</c> is the location counter; a provided symbol counts where nothing else defines it.</summary>
internal sealed record ScriptAssignment(string Name, ScriptExpression Value, bool IsProvided) : ScriptStatement;

/// <summary>An output section; <see cref="Discard"/> is left out.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Address">Its address; null for one that is not in memory.</param>
/// <param name="Alignment">An alignment that it has in any case.</param>
/// <param name="IsInMemory">Whether it is in memory.</param>
/// <param name="IsLoaded">Whether the file has bytes for it.</param>
/// <param name="Fill">Four bytes, the first in the highest place, that gaps are filled with; null for what the linker takes.</param>
/// <param name="Headers">Names of the program headers that it is in.</param>
/// <param name="Content">What is in it.</param>
internal sealed record ScriptSection(
    string Name,
    ScriptExpression? Address,
    ScriptExpression? Alignment,
    bool IsInMemory,
    bool IsLoaded,
    uint? Fill,
    IReadOnlyList<string> Headers,
    IReadOnlyList<ScriptStatement> Content) : ScriptStatement
{
    /// <summary>The section whose inputs are left out (ld manual: Output Section Discarding).</summary>
    public const string Discard = "/DISCARD/";
}

/// <summary><c>FILE(PATTERN...)</c>: sections of files, in the order of the files.</summary>
internal sealed record ScriptInput(string File, IReadOnlyList<ScriptPattern> Patterns) : ScriptStatement;

/// <summary>A pattern of section names, and how the sections that match are sorted.</summary>
internal sealed record ScriptPattern(string Text, ScriptSort Sort);

/// <summary>How sections are sorted (ld manual: Input Section Wildcards).</summary>
internal enum ScriptSort
{
    /// <summary>In the order of the inputs.</summary>
    None,

    /// <summary>SORT_BY_NAME.</summary>
    Name,

    /// <summary>SORT_BY_INIT_PRIORITY: the number at the end of the name.</summary>
    Priority,
}

/// <summary>BYTE, SHORT, LONG, QUAD: a value of so many bytes.</summary>
internal sealed record ScriptData(int Size, ScriptExpression Value) : ScriptStatement;
