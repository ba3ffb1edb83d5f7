using System;
using System.Collections.Generic;
using LayoutDsl.Facts;
using LayoutDsl.Model;

namespace LayoutDsl.Planning;

/// <summary>What one part of a library, or one image's application, brings: for each section, what goes in.</summary>
internal sealed class UnitContent
{
    private readonly Dictionary<string, SectionContent> sections = new(StringComparer.Ordinal);

    /// <summary>Its functions that are chosen when the program starts.</summary>
    public List<IndirectFunctionPlan> IndirectFunctions { get; } = new();

    /// <summary>Whether it has records for unwinding.</summary>
    public bool HasUnwind { get; set; }

    /// <summary>Whether anything of it goes into a table of the image.</summary>
    public bool HasTables { get; private set; }

    public SectionContent this[string section] => sections.TryGetValue(section, out SectionContent? content) ? content : SectionContent.Nothing;

    public SectionContent GetOrAdd(BoundSection section)
    {
        HasTables |= section.IsTable;
        if (!sections.TryGetValue(section.Name, out SectionContent? content)) sections.Add(section.Name, content = new SectionContent());
        return content;
    }
}

/// <summary>One input section of an object, or its common symbols, with the section of the layout that it belongs to.</summary>
/// <param name="Object">The object.</param>
/// <param name="Target">Where it goes.</param>
/// <param name="Section">Its name; empty for common symbols.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Alignment">Alignment in bytes.</param>
/// <param name="IsNote">It is an ELF note.</param>
/// <param name="Identity">Equal for input sections that are the same in every link.</param>
internal sealed record InputPiece(ObjectFacts Object, BoundSection Target, string Section, ulong Size, ulong Alignment, bool IsNote, string Identity);
