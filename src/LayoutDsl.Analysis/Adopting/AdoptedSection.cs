using System.Collections.Generic;
using LayoutDsl.Model;

namespace LayoutDsl.Analysis.Adopting;

/// <summary>A section of an adopted layout.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Output">The output section of the scripts that takes it.</param>
/// <param name="Permissions">Permissions of its memory.</param>
/// <param name="IsZero">It has no bytes in the file.</param>
/// <param name="Patterns">Patterns of input sections.</param>
/// <param name="Stays">Each program has its own, where its script puts it.</param>
internal sealed record AdoptedSection(string Name, string Output, Permissions Permissions, bool IsZero, IReadOnlyList<string> Patterns, bool Stays);
